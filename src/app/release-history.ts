import type { Card } from '../core/alerts/card.ts';
import { worstOf } from '../core/alerts/card-line.ts';
import { saysFrom } from '../core/alerts/quiet-hours.ts';
import { type Change, newDelivery } from '../core/change.ts';
import type { Message } from '../core/delivery.ts';
import { titleOf } from '../core/detectors/index.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { isImporting } from './import-state.ts';
import type { Clock, Store } from './ports.ts';

type ReleaseHistoryDependencies = { store: Store; config(): JourneyConfig; clock: Clock; newId(): string };

/** How many of the worst a summary names. */
const namedInSummary = 10;

/**
 * Says what history brought to light, once all of it is in: a few cards are posted; more than `importSummaryOver` become one summary a
 * channel, and a card of theirs is posted when something new happens to its journey.
 */
export function createReleaseHistory({ store, config, clock, newId }: ReleaseHistoryDependencies): () => Promise<void> {
  return async () => {
    const held = await store.heldCards('history');
    if (held.length === 0 || (await store.settling()) > 0 || (await isImporting(store, clock.now()))) return;
    const channels = new Set(held.map((card) => card.channel));
    await store.commit(
      [...channels].flatMap((channel) =>
        release(
          channel,
          held.filter((card) => card.channel === channel),
        ),
      ),
    );
  };

  function release(channel: string, cards: Card[]): Change[] {
    const now = clock.now();
    const { alerts, calendar } = config();
    const from = saysFrom(now, alerts.quiet, calendar);
    const deliver = (message: Message): Change => newDelivery({ id: newId(), channel, message, now, dueAt: from });
    const active = cards.filter((card) => card.content.state === 'active');
    const changes = cards
      .filter((card) => card.content.state === 'clear')
      .map((card): Change => ({ kind: 'card.hold', cardId: card.id, hold: null }));
    if (active.length <= alerts.importSummaryOver) {
      return [
        ...changes,
        ...active.flatMap((card): Change[] => [{ kind: 'card.hold', cardId: card.id, hold: null }, deliver({ kind: 'card', cardId: card.id })]),
      ];
    }
    const hold: Card['hold'] = { by: 'import-summary', since: now, until: null };
    return [...changes, ...active.map((card): Change => ({ kind: 'card.hold', cardId: card.id, hold })), deliver(summaryOf(active))];
  }
}

function summaryOf(cards: Card[]): Message {
  const byRule = new Map<string, { rule: string; headline: string; count: number }>();
  // Journeys are counted: several roles may be missing in one.
  for (const rule of cards.flatMap(({ content }) => [...rulesOf(content)])) {
    const known = byRule.get(rule);
    if (known === undefined) byRule.set(rule, { rule, headline: titleOf(rule), count: 1 });
    else known.count += 1;
  }
  return {
    kind: 'import-summary',
    journeys: cards.length,
    byRule: [...byRule.values()].sort((a, b) => b.count - a.count),
    worst: worstOf(
      cards.map((card) => card.content),
      namedInSummary,
    ),
  };
}

const rulesOf = ({ alerts }: Card['content']): Set<string> => new Set(alerts.filter(({ state }) => state !== 'resolved').map(({ rule }) => rule));
