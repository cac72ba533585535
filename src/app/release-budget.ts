import { saysFrom } from '../core/alerts/quiet-hours.ts';
import { type Change, newDelivery } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { Clock, Store } from './ports.ts';

type ReleaseBudgetDependencies = { store: Store; config(): JourneyConfig; clock: Clock; newId(): string };

/** Posts the cards that waited for a new day, in the order in which they came; the day's budget counts for them, too. */
export function createReleaseBudget({ store, config, clock, newId }: ReleaseBudgetDependencies): () => Promise<void> {
  return async () => {
    const now = clock.now();
    const { alerts, calendar } = config();
    const due = (await store.heldCards('budget')).filter((card) => (card.hold?.until ?? 0) <= now);
    if (due.length === 0) return;
    const from = saysFrom(now, alerts.quiet, calendar);
    await store.commit(
      due.flatMap((card): Change[] => [
        { kind: 'card.hold', cardId: card.id, hold: null },
        newDelivery({ id: newId(), channel: card.channel, message: { kind: 'card', cardId: card.id }, now, dueAt: from }),
      ]),
    );
  };
}
