import type { Change } from '../../core/change.ts';
import { alertWithout, type Erased, messageWithout, textWithout } from './without-record.ts';

/**
 * What comes with an erasure, without whom it erases: an evaluation in the same commit has read deals and next steps that are named after somebody, and would
 * write the name once more, into alerts, messages and the audit. Cards stay: what they show is hashed by whoever draws it.
 */
export const changesWithout = (changes: Change[], erased: readonly Erased[]): Change[] =>
  erased.length === 0 ? changes : changes.map((change) => erased.reduce(changeWithout, change));

function changeWithout(change: Change, erased: Erased): Change {
  switch (change.kind) {
    case 'alert.put': {
      const alert = alertWithout(change.alert, erased);
      // One whose identity would change is told from its equals later: see erase-places.ts.
      return alert.identity === change.alert.identity ? { ...change, alert } : change;
    }
    case 'audit.add': {
      const { why } = change.entry;
      return { ...change, entry: { ...change.entry, why: why === null ? null : textWithout(why, erased) } };
    }
    case 'delivery.add':
      return { ...change, delivery: { ...change.delivery, message: messageWithout(change.delivery.message, erased) } };
    default:
      return change;
  }
}
