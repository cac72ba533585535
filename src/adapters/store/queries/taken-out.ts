import type { Change } from '../../../core/change.ts';
import type { Steps } from '../query.ts';
import { alertWithout, contentWithout, type Erased, recordWithout } from '../without-record.ts';
import type { Intentions } from './intentions.ts';

/**
 * What the changes that come with an erasure take the name out of by themselves, in the words of `erase-places.ts`: an evaluation makes an alert about
 * somebody one about nobody. It named the record until now, so it counts, as it did beforehand. To be asked before they are applied.
 */
export function* takenOutBy(changes: readonly Change[], { alerts, cards, records }: Intentions, erased: Erased): Steps<Record<string, number>> {
  const counts: Record<string, number> = {};
  const count = <Kept>(what: string, before: Kept | undefined, after: Kept, without: (kept: Kept, erased: Erased) => Kept): void => {
    if (before !== undefined && without(before, erased) !== before && without(after, erased) === after) counts[what] = (counts[what] ?? 0) + 1;
  };
  for (const change of changes) {
    if (change.kind === 'alert.put') count('alerts', (yield* alerts.one(change.alert.id)) ?? undefined, change.alert, alertWithout);
    if (change.kind === 'card.put') count('cards', (yield* cards.one(change.card.id))?.content, change.card.content, contentWithout);
    if (change.kind === 'record.put' && erased.kind === 'person' && !erased.ids.has(change.record.id))
      count('texts of records', (yield* records.one(change.record.kind, change.record.id)) ?? undefined, change.record, recordWithout);
  }
  return counts;
}
