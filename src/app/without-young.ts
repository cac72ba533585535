import type { Signal } from '../core/journey/signal.ts';
import { describedBy, subjectOf } from '../core/journey/signal-place.ts';
import type { EpochMs } from '../core/time.ts';
import type { RecordRef, Store } from './ports.ts';

/**
 * A comparison without what was changed after `until`. A record that nobody has named yet comes whole or not at all: of a deal that was changed a moment ago
 * its stages of last year would come alone, and a card without a name with them. Whoever is changed is found again by the next comparison.
 */
export async function withoutYoung(signals: readonly Signal[], until: EpochMs, store: Pick<Store, 'loadNeighbourhood'>): Promise<Signal[]> {
  const ripe = signals.filter(({ occurredAt }) => occurredAt <= until);
  const changing = signals.flatMap((signal) => (signal.occurredAt > until && signal.type !== 'stage.entered' ? (saidOf(signal) ?? []) : []));
  if (changing.length === 0) return ripe;
  const { accounts, deals, people, aliases } = await store.loadNeighbourhood(changing);
  const known = { account: accounts, deal: deals, person: people };
  const isNamed = ({ kind, id }: RecordRef): boolean => known[kind].get(aliases.get(`${kind}:${id}`) ?? id)?.record.name !== undefined;
  const nameless = new Set(changing.filter((ref) => !isNamed(ref)).map(keyOf));
  return ripe.filter((signal) => {
    const ref = saidOf(signal);
    return ref === null || !nameless.has(keyOf(ref));
  });
}

/** The record that a signal tells of as its CRM has it; null of what comes apart from it: talks, merges, ends. */
const saidOf = (signal: Signal): RecordRef | null =>
  signal.type === 'stage.entered' ? { kind: 'deal', id: signal.stage.dealId } : describedBy(signal);

const keyOf = ({ kind, id }: RecordRef): string => subjectOf(kind, id);
