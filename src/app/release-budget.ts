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
    // A list is brought up to date after the cards that stood on it.
    const lists = Map.groupBy(due, ({ channel, hold }) => JSON.stringify([channel, calendar.dayOf(hold?.since ?? now)]));
    await store.commit([
      ...due.flatMap((card): Change[] => [
        { kind: 'card.hold', cardId: card.id, hold: null },
        newDelivery({ id: newId(), channel: card.channel, message: { kind: 'card', cardId: card.id }, now, dueAt: from }),
      ]),
      ...[...lists.keys()].map((key) => {
        const [channel, day] = JSON.parse(key) as [string, string];
        return newDelivery({ id: newId(), channel, message: { kind: 'overflow', day, cards: [], total: 0 }, now, dueAt: from });
      }),
    ]);
  };
}
