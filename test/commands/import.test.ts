import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { ownFolder, runCommand } from './run-command.ts';

const map = 'maps:\n  new-business: { extends: b2b-saas }\nroutes:\n  - channel: "#deals"\n';
const deals = `Record ID,Deal Name,Deal Stage,Pipeline,Amount,Create Date,Associated Company (Primary)
1,Acme rollout,contractsent,default,48000,2026-01-10,Acme GmbH
2,Beta rollout,pilotrunning,default,none of it,2026-02-10,Beta AG
`;

async function aFolder(): Promise<string> {
  const folder = await ownFolder();
  await writeFile(join(folder, 'journey.yml'), map);
  await writeFile(join(folder, 'deals.csv'), deals);
  return folder;
}

/** What the store knows of deals, opened beside whoever else has it. */
async function dealsIn(folder: string): Promise<string[]> {
  const store = await openStore(join(folder, 'data/journey.db'), { shared: true });
  try {
    return (await store.namesAfter('deal', null, 10)).map(({ name }) => name);
  } finally {
    await store.close();
  }
}

describe('journey import FILE.csv', () => {
  it('takes the file in, says what it was, and what could not be used; done again it changes nothing', async () => {
    const folder = await aFolder();
    const first = await runCommand(folder, ['import', 'deals.csv', '--report', 'refused.txt']);
    expect(first.output).toMatch(/^Imported in .*\.$/m);
    expect(first.output).toMatch(/deals +2 new, 0 changed/);
    expect(first.output).toMatch(/line 3, column "Amount"/);
    expect(first.code).toBe(0);
    expect(await readFile(join(folder, 'refused.txt'), 'utf8')).toMatch(/^line 3, column "Amount"\t/);
    expect(await dealsIn(folder)).toEqual(['Acme rollout', 'Beta rollout']);
    expect(first.output).toContain('else when it starts: up to 20 cards a channel, or one summary where there would be more.');
    const again = await runCommand(folder, ['import', 'deals.csv']);
    expect(again.output).toMatch(/deals +0 new, 0 changed/);
    expect(again.output).not.toContain('come to light');
  });

  it.each([
    ['', 'deals.csv is empty\n'],
    ['Deal name,Stage,Stage since,Last activity\n', 'There was nothing to import.\n'],
  ])('says of a file without rows that nothing came of it: %j', { timeout: 30_000 }, async (text, said) => {
    const folder = await aFolder();
    await writeFile(join(folder, 'deals.csv'), text);
    const { output } = await runCommand(folder, ['import', 'deals.csv']);
    expect(output.endsWith(said)).toBe(true);
  });

  it('works while a bot holds the store', async () => {
    const folder = await aFolder();
    const bot = await openStore(join(folder, 'data/journey.db'));
    const run = await runCommand(folder, ['import', 'deals.csv']);
    expect(run.output).toMatch(/deals +2 new/);
    expect(await bot.namesAfter('deal', null, 10)).toHaveLength(2);
    await bot.close();
  });

  it('with --dry-run writes nothing, and says what the map does not know with the piece that is missing', async () => {
    const folder = await aFolder();
    const { code, output } = await runCommand(folder, ['import', 'deals.csv', '--dry-run']);
    expect(output).toContain('nothing was written');
    expect(output).toContain('stage pilotrunning of pipeline default: 1 deal now, 0 moves into it');
    expect(output).toMatch(/csv: \[ "?pilotrunning"? \] \}/);
    expect(code).toBe(0);
    await expect(dealsIn(folder)).rejects.toThrow('There is no store');
  });
});

describe('moves of deals', () => {
  const moves = 'deal,stage,entered at\n1,qualifiedtobuy,2026-01-12\n2,pilotrunning,2026-02-12\n9,contractsent,2026-02-12\n';

  it('are counted with their lines where nobody knows the deals, before the import and after it', async () => {
    const folder = await aFolder();
    await writeFile(join(folder, 'moves.csv'), moves);
    for (const [args, are] of [
      [['import', 'moves.csv', '--dry-run'], 'would be'],
      [['import', 'moves.csv'], 'are'],
    ] as const) {
      const { code, output } = await runCommand(folder, [...args]);
      expect(output).toContain(`Of deals that nobody knows: 3 stage moves. They ${are} kept, and show as soon as these deals are there:`);
      expect(output).toContain('line 2: the deal called 1');
      expect(output).toContain('Import the file with the deals, then this one again');
      expect(code).toBe(0);
    }
    const store = await openStore(join(folder, 'data/journey.db'), { shared: true });
    expect(await store.meta('import:csv')).not.toContain('line 2');
    await store.close();
  });

  it('are told by ids in a column that is called deal, once deals with these ids are known', async () => {
    const folder = await aFolder();
    await writeFile(join(folder, 'moves.csv'), moves);
    await runCommand(folder, ['import', 'deals.csv']);
    const { output } = await runCommand(folder, ['import', 'moves.csv']);
    expect(output).toContain('"deal" as deal.id');
    expect(output).toMatch(/stage moves +3 new/);
    expect(output).toContain('Of deals that nobody knows: 1 stage move.');
    expect(output).toContain('line 4: the deal with the id 9');
  });
});

describe('journey import', () => {
  it.each([
    [[], 'import hubspot|salesforce|pipedrive|FILE.csv'],
    [['hubspot'], 'HUBSPOT_ACCESS_TOKEN'],
    [['salesforce', '--dry-run'], 'SALESFORCE_CLIENT_ID'],
    [['nothing.csv'], 'nothing.csv: there is no such file'],
    [['deals.csv', 'stages.csv'], 'One at a time, please: import deals.csv, then import stages.csv'],
    [['deals.csv', '--report', 'nowhere/refused.txt'], '--report nowhere/refused.txt cannot be written'],
    [['deals.csv', '--since', 'Friday'], '--since takes a day such as 2026-01-31, not Friday'],
  ])('%j says what is missing', { timeout: 30_000 }, async (args, said) => {
    const { code, output } = await runCommand(await aFolder(), ['import', ...args]);
    expect(output).toContain(said);
    expect(code).toBe(1);
  });

  it('says how to come by a journey map where there is none', async () => {
    const { code, output } = await runCommand(await ownFolder(), ['import', 'deals.csv']);
    expect(output).toContain('`npm run journey -- init deals.csv` proposes one.');
    expect(code).toBe(1);
  });
});
