import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Signal } from '../../src/core/journey/signal.ts';
import { dayMs, hourMs } from '../../src/core/time.ts';
import { aTeam } from '../app/a-team.ts';
import { aSignal, at } from '../core/builders.ts';
import { whatItSays } from './what-it-says.ts';

const program = join(import.meta.dirname, 'import-process.ts');
const accounts = 90;

/** An account a line, with what there is to say of it; what belongs together stands apart now and then. */
function history(): string {
  const rows: Signal[][] = [];
  for (let index = 0; index < accounts; index++) {
    const [account, deal, person] = [`a-${index}`, `d-${index}`, `p-${index}`];
    const start = at('2026-01-05 09:00') + index * hourMs;
    const said = (type: Signal['type'], days: number, body: object) => aSignal(type, start + days * dayMs, body as never, { source: 'hubspot' });
    rows.push([
      said('account.upserted', 0, { account: { id: account, name: `Account ${index}` } }),
      said('deal.upserted', 40, {
        deal: { id: deal, accountId: account, name: `Deal ${index}`, stage: index % 7 === 0 ? 'mystery' : 'decision', amount: index },
      }),
      said('stage.entered', 1, { stage: { dealId: deal, stage: 'awareness' } }),
    ]);
    rows.push([said('person.upserted', 3, { person: { id: person, accountId: account, name: `Person ${index}`, roles: ['champion', 'oracle'] } })]);
    rows.push(
      Array.from({ length: 12 }, (_, day) =>
        said('touchpoint.recorded', day, { touchpoint: { dealId: deal, personId: person, type: 'email', direction: 'outbound' } }),
      ),
    );
    rows.push([
      said('stage.entered', 20, { stage: { dealId: deal, stage: 'consideration' } }),
      said('stage.entered', 30, { stage: { dealId: deal, stage: 'decision' } }),
    ]);
  }
  // Neighbours swap places, so that an account's rows lie on both sides of a page's end.
  for (let index = 0; index + 7 < rows.length; index += 5) [rows[index], rows[index + 7]] = [rows[index + 7] ?? [], rows[index] ?? []];
  return `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;
}

/** Runs the import; killed when it has said that many slices, a few moments later. Resolves with its last line, or null. */
async function run(database: string, file: string, killAfter: number | null): Promise<Record<string, unknown> | null> {
  const child = spawn(process.execPath, [program, database, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (killAfter !== null && text.split('slice').length - 1 >= killAfter) setTimeout(() => child.kill('SIGKILL'), Math.random() * 4);
  });
  const [code] = await once(child, 'close');
  return code === 0 ? (JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>) : null;
}

it('a kill -9 at any point of an import loses and doubles nothing', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journey-import-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'history.jsonl');
  await writeFile(file, history());
  const undisturbed = join(folder, 'undisturbed.db');
  expect(await run(undisturbed, file, null)).toEqual({ how: 'finished', resumed: false, rows: accounts * 4 });

  const killed = join(folder, 'killed.db');
  // One that was quick enough to finish begins anew, which is as good a test.
  for (let kills = 0; kills < 3; ) if ((await run(killed, file, 1 + Math.floor(Math.random() * 5))) === null) kills += 1;
  const last = await run(killed, file, null);
  expect(last).toMatchObject({ how: 'finished', rows: accounts * 4 });

  const [expected, found] = [await whatItSays(undisturbed, aTeam()), await whatItSays(killed, aTeam())];
  expect((expected.said as unknown[]).length).toBe(1);
  expect(found).toEqual(expected);
});
