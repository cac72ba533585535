import { applySignal, type RecordsAtHand } from '../core/journey/apply-signal.ts';
import type { JourneyRecord } from '../core/journey/record.ts';
import type { RecordKind, Signal } from '../core/journey/signal.ts';
import { valuesOf } from '../core/journey/values-of.ts';
import type { EpochMs } from '../core/time.ts';
import type { Neighbourhood } from './ports.ts';

/** What some signals bring that was not known. */
export type News = {
  /** Those that change a record, be it only when something was said. The others were known to the letter. */
  signals: Signal[];
  /** Records whose values are others now. */
  records: RecordNews[];
};

/** `before`: null where nothing but its id was known. `saidAt`: the newest time of what is new. */
export type RecordNews = { record: JourneyRecord; before: JourneyRecord | null; saidAt: EpochMs };

/** Compares what signals say with what is known, before anything is done about it. Stages before `since` are not compared. */
export function newsOf(signals: readonly Signal[], around: Neighbourhood, since: EpochMs): News {
  const aliases = new Map(around.aliases);
  const records: Record<RecordKind, Map<string, JourneyRecord>> = {
    account: plain(around.accounts),
    deal: plain(around.deals),
    person: plain(around.people),
  };
  const resolve = (kind: RecordKind, id: string): string => aliases.get(`${kind}:${id}`) ?? id;
  const atHand: RecordsAtHand = {
    resolve,
    get: (kind, id) => records[kind].get(resolve(kind, id)),
    *all() {
      for (const kind of ['account', 'deal', 'person'] as const) yield* records[kind].values();
    },
  };
  const touched = new Map<string, RecordNews>();
  const said: Signal[] = [];
  for (const signal of signals) if (apply(signal)) said.push(signal);
  return { signals: said, records: [...touched.values()].filter((news) => differs(news, since)) };

  function apply(signal: Signal): boolean {
    const applied = applySignal(atHand, signal);
    const changed = applied.records.filter((record) => !isSame(records[record.kind].get(record.id), record));
    const renamed = applied.aliases.filter(({ kind, from, into }) => resolve(kind, from) !== into);
    for (const record of changed) {
      const key = `${record.kind}:${record.id}`;
      const first = touched.get(key);
      const before = first === undefined ? known(records[record.kind].get(record.id)) : first.before;
      records[record.kind].set(record.id, record);
      touched.set(key, { record, before, saidAt: Math.max(first?.saidAt ?? 0, signal.occurredAt) });
    }
    for (const { kind, from, into } of renamed) {
      records[kind].delete(from);
      touched.delete(`${kind}:${from}`);
      for (const [key, id] of aliases) if (id === from && key.startsWith(`${kind}:`)) aliases.set(key, into);
      aliases.set(`${kind}:${from}`, into);
      aliases.delete(`${kind}:${into}`);
    }
    return changed.length > 0 || renamed.length > 0;
  }
}

/** A record that others have merely named is not known yet. */
const known = (record: JourneyRecord | undefined): JourneyRecord | null => (record?.source === undefined ? null : record);

const differs = ({ record, before }: RecordNews, since: EpochMs): boolean =>
  before === null ? record.source !== undefined : valuesOf(record, since) !== valuesOf(before, since);

/** Joining leaves what it does not change as it is, so that comparing is cheap. */
function isSame(a: JourneyRecord | undefined, b: JourneyRecord): boolean {
  if (a === b) return true;
  if (a === undefined) return false;
  const [ours, theirs] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].every(
    (name) => ours[name] === theirs[name] || JSON.stringify(ours[name]) === JSON.stringify(theirs[name]),
  );
}

const plain = <Kept extends JourneyRecord>(stored: Map<string, { record: Kept }>): Map<string, JourneyRecord> =>
  new Map([...stored].map(([id, { record }]) => [id, record]));
