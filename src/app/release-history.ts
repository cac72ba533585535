import type { Card, CardContent } from '../core/alerts/card.ts';
import { cardLine, worstFirst } from '../core/alerts/card-line.ts';
import { saysFrom } from '../core/alerts/quiet-hours.ts';
import { type Change, newDelivery } from '../core/change.ts';
import type { Message } from '../core/delivery.ts';
import { titleOf } from '../core/detectors/index.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { EpochMs } from '../core/time.ts';
import { isImporting } from './import-state.ts';
import type { Clock, Store } from './ports.ts';

type ReleaseHistoryDependencies = {
  store: Store;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
  /** Lets the event loop serve others between two slices. */
  breathe(): Promise<void>;
};

/** How many of the worst a summary names. */
const namedInSummary = 10;
/** A few milliseconds' worth. */
const cardsAtOnce = 200;

/**
 * Says what history brought to light, once all of it is in: a few cards are posted; more than `importSummaryOver` become one summary a
 * channel, and a card of theirs is posted when something new happens to its journey. An import may have brought a hundred thousand: they are
 * looked through slice by slice, and of each channel only what is to be said is kept.
 */
export function createReleaseHistory({ store, config, clock, newId, breathe }: ReleaseHistoryDependencies): () => Promise<void> {
  return async () => {
    if ((await store.settling()) > 0 || (await isImporting(store, clock.now()))) return;
    for (const [channel, held] of await lookThrough()) {
      for (let from = 0; from < held.clear.length; from += cardsAtOnce) {
        await store.commit(held.clear.slice(from, from + cardsAtOnce).map(freed));
        await breathe();
      }
      if (held.journeys > 0) await store.commit(said(channel, held));
    }
  };

  async function lookThrough(): Promise<Map<string, Held>> {
    const channels = new Map<string, Held>();
    for (let after: Card | null = null; ; await breathe()) {
      const slice: Card[] = await store.heldCardsAfter('history', after, cardsAtOnce);
      for (const card of slice) {
        const held = channels.get(card.channel) ?? emptyHeld();
        channels.set(card.channel, held);
        addTo(held, card, config().alerts.importSummaryOver);
      }
      after = slice.at(-1) ?? null;
      if (slice.length < cardsAtOnce) return channels;
    }
  }

  function said(channel: string, held: Held): Change[] {
    const now = clock.now();
    const { alerts, calendar } = config();
    const from = saysFrom(now, alerts.quiet, calendar);
    const deliver = (message: Message): Change => newDelivery({ id: newId(), channel, message, now, dueAt: from });
    if (held.journeys <= alerts.importSummaryOver) return held.first.flatMap((cardId) => [freed(cardId), deliver({ kind: 'card', cardId })]);
    return [
      { kind: 'cards.hold', channel, heldBy: 'history', until: held.until, hold: { by: 'import-summary', since: now, until: null } },
      deliver(summaryOf(held)),
    ];
  }
}

/** What a channel's held cards come to. `first`: as many as are posted one by one, if there are no more. `until`: when the last of them was held. */
type Held = { journeys: number; first: string[]; clear: string[]; byRule: Map<string, number>; worst: CardContent[]; until: EpochMs };

const emptyHeld = (): Held => ({ journeys: 0, first: [], clear: [], byRule: new Map(), worst: [], until: 0 });

function addTo(held: Held, { id, content, hold }: Card, few: number): void {
  if (content.state === 'clear') {
    held.clear.push(id);
    return;
  }
  held.until = Math.max(held.until, hold?.since ?? 0);
  held.journeys += 1;
  if (held.first.length <= few) held.first.push(id);
  // Journeys are counted: several roles may be missing in one.
  for (const rule of rulesOf(content)) held.byRule.set(rule, (held.byRule.get(rule) ?? 0) + 1);
  held.worst.push(content);
  if (held.worst.length >= 2 * namedInSummary) held.worst = worstFirst(held.worst).slice(0, namedInSummary);
}

const freed = (cardId: string): Change => ({ kind: 'card.hold', cardId, hold: null });

const summaryOf = ({ journeys, byRule, worst }: Held): Message => ({
  kind: 'import-summary',
  journeys,
  byRule: [...byRule].map(([rule, count]) => ({ rule, headline: titleOf(rule), count })).sort((a, b) => b.count - a.count),
  worst: worstFirst(worst)
    .flatMap((content) => cardLine(content) ?? [])
    .slice(0, namedInSummary),
});

const rulesOf = ({ alerts }: CardContent): Set<string> => new Set(alerts.filter(({ state }) => state !== 'resolved').map(({ rule }) => rule));
