import { applySignal, type RecordsAtHand } from '../../../src/core/journey/apply-signal.ts';
import type { JourneyRecord } from '../../../src/core/journey/record.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';

/** What the core makes of signals: records by `kind:id`. */
export function recordsOf(signals: Signal[]): Map<string, JourneyRecord> {
  const records = new Map<string, JourneyRecord>();
  const aliases = new Map<string, string>();
  const resolve: RecordsAtHand['resolve'] = (kind, id) => {
    let found = id;
    for (let next = aliases.get(`${kind}:${found}`); next !== undefined; next = aliases.get(`${kind}:${found}`)) found = next;
    return found;
  };
  for (const signal of signals) {
    const applied = applySignal({ resolve, get: (kind, id) => records.get(`${kind}:${resolve(kind, id)}`), all: () => records.values() }, signal);
    for (const { kind, from, into } of applied.aliases) {
      aliases.set(`${kind}:${from}`, into);
      aliases.delete(`${kind}:${into}`);
      records.delete(`${kind}:${from}`);
    }
    for (const record of applied.records) records.set(`${record.kind}:${record.id}`, record);
  }
  return records;
}
