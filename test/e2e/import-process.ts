// A program of its own, to be killed: `node import-process.ts DATABASE FILE.jsonl` imports a file with one CRM object a line, and says each slice.
import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openStore } from '../../src/adapters/store/open-store.ts';
import type { CrmHistory } from '../../src/app/crm.ts';
import { createImport } from '../../src/app/import-history.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { aTeam } from '../app/a-team.ts';

const [database = '', file = ''] = process.argv.slice(2);
const rowsAPage = 60;
const silent = (): void => undefined;

const store = await openStore(database);
const clock = { now: Date.now };
const run = createImport({
  store,
  history: readHistory(file),
  config: () => aTeam(),
  clock,
  logger: { debug: silent, info: silent, warn: silent, error: silent },
  newId: () => crypto.randomUUID(),
  breathe: async () => {
    process.stdout.write('slice\n');
    await nextTurn();
  },
  waitUntil: async () => undefined,
});
const { how, resumed, tally } = await run({ order: file, since: null, restart: false }, { stopping: new AbortController().signal });
process.stdout.write(`${JSON.stringify({ how, resumed, rows: tally.rows })}\n`);
await store.close();

function readHistory(path: string): CrmHistory {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return {
    source: 'hubspot',
    async *pages({ cursor }) {
      for (let from = Number(cursor ?? 0); from < lines.length; from += rowsAPage) {
        const rows = lines.slice(from, from + rowsAPage);
        const next = from + rowsAPage < lines.length ? String(from + rowsAPage) : null;
        yield { signals: rows.flatMap((line) => JSON.parse(line) as Signal[]), rows: rows.length, total: lines.length, refused: [], cursor: next };
      }
    },
    catalogue: async () => ({ pipelines: [], owners: [], roles: [] }),
    probe: async () => [],
  };
}
