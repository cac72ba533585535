import Sqlite from 'better-sqlite3';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { createEvaluateDue } from '../../src/app/evaluate-due.ts';
import { createReleaseHistory } from '../../src/app/release-history.ts';
import type { JourneyConfig } from '../../src/core/journey/journey-map.ts';
import { at } from '../core/builders.ts';

/** What a bot says that starts, long after an import, on this store; and all that it knows. */
export async function whatItSays(database: string, config: JourneyConfig): Promise<Record<string, unknown>> {
  const store = await openStore(database);
  const now = at('2027-01-05 09:00');
  let ids = 0;
  const shared = { store, config: () => config, clock: { now: () => now }, newId: () => `id-${++ids}`, breathe: async () => undefined };
  await createEvaluateDue(shared, 0)();
  await createReleaseHistory(shared)();
  const unknown = (await store.unknownValues(10)).map(({ what, value, count }) => [what, value, count]);
  await store.close();
  const db = new Sqlite(database, { readonly: true });
  const all = (sql: string) => db.prepare(sql).raw().all();
  const known = {
    unknown,
    records: ['accounts', 'deals', 'people'].map((table) => all(`select id, state from ${table} order by id`)),
    signals: all('select id, body from signals order by id'),
    journeys: all('select id, stage, stage_entered_at, recheck_at, settling_since, outcome from journeys order by id'),
    alerts: all('select identity, state, episode, since from alerts order by identity'),
    cards: all('select id, content, hold_by from cards order by id'),
    said: all('select channel, kind, message from deliveries order by channel, kind'),
  };
  db.close();
  return known;
}
