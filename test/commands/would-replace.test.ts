import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownFolder, runCommand } from './run-command.ts';

const files = {
  'journey.yml': 'maps:\n  new-business: { extends: b2b-saas }\nroutes:\n  - channel: "#deals"\n',
  'deals.csv': 'Deal ID,Deal Name,Stage,Company\n1,Acme rollout,contractsent,Acme GmbH\n',
  'deals.map.yml': 'rows: deals\n',
  '.env': 'LOG_LEVEL=info\n',
  'other.yml': 'maps:\n  sales: { extends: b2b-saas }\nroutes:\n  - channel: "#deals"\n',
} as const;

async function aFolder(): Promise<string> {
  const folder = await ownFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await symlink('deals.csv', join(folder, 'link.csv'));
  return folder;
}

describe('what a command writes', () => {
  it.each([
    ['import', 'deals.csv', '--report', 'deals.csv'],
    ['import', 'deals.csv', '--dry-run', '--report', './link.csv'],
    ['import', 'link.csv', '--report', 'deals.csv'],
    ['import', 'deals.csv', '--report', 'deals.map.yml'],
    ['import', 'deals.csv', '--report', './data/journey.db'],
    ['backup', 'journey.yml'],
    ['backup', '.env'],
    ['backtest', '--csv', 'journey.yml'],
    ['backtest', '--map', 'other.yml', '--json', 'other.yml'],
  ])('never takes the place of what it reads: %s %s %s %s', { timeout: 30_000 }, async (...args) => {
    const folder = await aFolder();
    const imported = args.includes('./data/journey.db') ? await runCommand(folder, ['import', 'deals.csv']) : null;
    expect(imported?.code ?? 0).toBe(0);
    const { code, output } = await runCommand(folder, args);
    expect(code).toBe(1);
    const option = args[0] === 'backup' ? '' : `${args.at(-2)} `;
    expect(output).toBe(`${option}${args.at(-1)} is read, and would be gone: name another file.\n`);
    for (const [name, text] of Object.entries(files)) expect(await readFile(join(folder, name), 'utf8')).toBe(text);
  });

  it('is not begun where there is a folder of its name', async () => {
    const folder = await aFolder();
    await mkdir(join(folder, 'reports'));
    expect(await runCommand(folder, ['backtest', '--html', 'reports'])).toEqual({
      code: 1,
      output: '--html reports cannot be written: it is a folder\n',
    });
  });
});
