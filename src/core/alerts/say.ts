import { type Change, newDelivery } from '../change.ts';
import type { Message } from '../delivery.ts';
import type { JourneyConfig, Notify } from '../journey/journey-map.ts';
import { type EpochMs, earliest, minuteMs } from '../time.ts';
import type { Alert } from './alert.ts';
import { type Card, type CardAlert, type CardContent, cardIdOf } from './card.ts';
import { fingerprintOf } from './card-content.ts';
import { type DueStep, escalate } from './escalate.ts';
import { saysFrom } from './quiet-hours.ts';
import type { Reconciled } from './reconcile.ts';
import { otherwise, stepInWords, stepReplies } from './say-steps.ts';
import { isDueAgain, isTakenBack, isUnsaid, repeatAt } from './when-said.ts';
import { emailsOf, type Mention } from './whom.ts';

export type SayInput = {
  /** Whom it is about: a journey, or a feed. */
  about: { id: string; name: string; ownerEmail: string | null };
  alerts: Alert[];
  cards: Card[];
  muted: boolean;
  /** Found in history that has just come in: the card waits until all of it is in. */
  history: boolean;
  /** Ids of alerts whose snooze has just ended. */
  snoozeOver: ReadonlySet<string>;
  contentOf(channel: string, alerts: Alert[]): CardContent;
  cardAlert(alert: Alert): CardAlert;
  /** Who those are whom a message mentions beside the owner. */
  mentionsOf(notify: readonly Notify[]): Mention[];
  config: JourneyConfig;
  now: EpochMs;
  newId(): string;
};

/** Alerts with what was said of them noted, what to write and send for it, and when something is to be said again. `steps`: for the audit. */
export type Said = { alerts: Alert[]; changes: Change[]; steps: Reconciled['steps']; recheckAt: EpochMs | null };

/** What one evaluation has to say: alerts not said yet, those said again, and steps of chains. */
type News = { fresh: Alert[]; again: Alert[]; steps: DueStep[] };

/**
 * Decides what each channel is told. A journey's first alert posts its card; what follows within the gathering time edits it; after that a
 * new alert is a reply in the card's thread; an alert nobody took is repeated there, and told to whom its chain names; everything else only
 * edits the card.
 */
export function say(input: SayInput): Said {
  const { cards, now } = input;
  const alerts = input.alerts.map((alert) => (isTakenBack(alert, input) ? { ...alert, saidAt: null } : alert));
  const unsaid = new Set(alerts.filter((alert) => isUnsaid(alert, input)));
  const setting = { ...input, emailsOf: (notify: readonly Notify[]) => emailsOf(notify, input.about.ownerEmail, input.mentionsOf(notify)) };
  const climbed = alerts.map((alert) => escalate(unsaid.has(alert) ? saidNow(alert, now) : alert, setting));
  const steps = climbed.flatMap(({ due }) => due ?? []);
  // What goes a step further, or whose snooze is over, was said again by that.
  const due = new Set(alerts.filter((alert, index) => climbed[index]?.due === null && !unsaid.has(alert) && isDueAgain(alert, input)));
  const noted = climbed.map(({ alert }, index) => {
    const before = alerts[index];
    return before !== undefined && due.has(before) ? { ...alert, saidAt: now } : alert;
  });
  const news: News = { fresh: [...unsaid], again: [...due], steps };
  const channels = new Set([
    ...cards.map((card) => card.channel),
    ...news.fresh.flatMap((alert) => alert.routes.map((route) => route.channel)),
    ...steps.map(({ told }) => told.channel),
  ]);
  return {
    alerts: noted,
    changes: [...channels].flatMap((channel) => sayIn(channel, noted, news, input)),
    steps: steps.map((step) => ({ alertId: step.alertId, what: 'escalated', why: stepInWords(step) })),
    recheckAt: [...noted.map((alert) => repeatAt(alert, input)), ...climbed.map(({ nextAt }) => nextAt)].reduce(earliest, null),
  };
}

/** What was taken back before anybody saw it has not been said before. */
const saidNow = (alert: Alert, now: EpochMs): Alert => ({
  ...alert,
  saidAt: now,
  firstSaidAt: alert.saidAt === null ? now : (alert.firstSaidAt ?? alert.saidAt),
});

function sayIn(channel: string, alerts: Alert[], news: News, input: SayInput): Change[] {
  const { about, cards, config, now, snoozeOver } = input;
  const isHere = (alert: Alert): boolean => alert.routes.some((route) => route.channel === channel);
  const fresh = news.fresh.filter(isHere);
  const again = news.again.filter(isHere);
  const steps = news.steps.filter(({ told }) => told.channel === channel);
  const isFresh = fresh.length > 0 || steps.length > 0;
  const isNews = isFresh || again.length > 0;
  const card = cards.find((candidate) => candidate.channel === channel) ?? null;
  if (card === null && !isFresh) return [];
  const content = input.contentOf(channel, alerts);
  const fingerprint = fingerprintOf(content, config.access);
  if (card?.fingerprint === fingerprint && !isNews) return [];
  const from = saysFrom(now, config.alerts.quiet, config.calendar);
  const id = cardIdOf(about.id, channel);
  const posted = card?.posted ?? null;
  const hold = holdOf(card, { isNews, isFresh, from }, input);
  const next: Card = { id, journeyId: about.id, channel, content, fingerprint, posted, hold, saidAt: isNews ? now : (card?.saidAt ?? null) };
  const changes: Change[] = [{ kind: 'card.put', card: next }];
  if (card !== null && card.hold !== hold) changes.push({ kind: 'card.hold', cardId: id, hold });
  if (posted === null) {
    // Only news posts: what waits in the outbox takes the newest content along, and what somebody deleted by hand does not come back for less.
    if (isNews && (hold === null || hold.by === 'quiet-hours'))
      changes.push(delivery(channel, { kind: 'card', cardId: id, ...otherwise(steps, alerts, input) }, from, input));
    if (card?.hold?.by === 'budget' && card.content.state !== content.state) changes.push(listAgain(channel, card.hold.since, input));
    return changes;
  }
  if (posted.fingerprint !== fingerprint) changes.push(delivery(channel, { kind: 'card', cardId: id }, now, input));
  const wasClear = card?.content.state === 'clear';
  // Several findings in the first minutes are one post.
  const gathered = !wasClear && now < config.calendar.add(posted.at, config.alerts.gather);
  const isReminder = fresh.every((alert) => snoozeOver.has(alert.id) && alert.saidAt !== null);
  if (fresh.length > 0 && (isReminder || !gathered))
    changes.push(reply(channel, id, fresh, { reason: isReminder ? 'snooze-over' : 'new', broadcast: wasClear && !isReminder, from }, input));
  if (again.length > 0) changes.push(reply(channel, id, again, { reason: 'repeat', broadcast: false, from }, input));
  return [...changes, ...stepReplies(steps, alerts, input).map((message) => delivery(channel, message, from, input))];
}

/** What keeps a card from being posted now. */
function holdOf(
  card: Card | null,
  { isNews, isFresh, from }: { isNews: boolean; isFresh: boolean; from: EpochMs },
  { history, now }: SayInput,
): Card['hold'] {
  if (card !== null && card.posted !== null) return null;
  const hold = card?.hold ?? null;
  switch (hold?.by) {
    case 'budget':
    case 'history':
      return hold;
    case 'import-summary':
      if (!isFresh) return hold;
      break;
    case 'quiet-hours':
    case undefined:
      if (!isNews) return hold;
  }
  if (history) return { by: 'history', since: now, until: null };
  return from > now ? { by: 'quiet-hours', since: now, until: from } : null;
}

type Manner = { reason: 'new' | 'repeat' | 'snooze-over'; broadcast: boolean; from: EpochMs };

function reply(channel: string, cardId: string, alerts: Alert[], { reason, broadcast, from }: Manner, input: SayInput): Change {
  const { about, cardAlert, mentionsOf } = input;
  const routes = alerts.flatMap((alert) => alert.routes.filter((route) => route.channel === channel));
  const mentions = mentionsOf(routes.flatMap(({ others = [] }) => others));
  const message: Message = {
    kind: 'reply',
    cardId,
    reason,
    broadcast,
    notifyOwner: routes.some(({ notifyOwner }) => notifyOwner),
    ownerEmail: about.ownerEmail,
    ...(mentions.length === 0 ? {} : { mentions }),
    journeyName: about.name,
    alerts: alerts.map((alert) => cardAlert(alert)),
  };
  return delivery(channel, message, from, input);
}

/** The message of what is over the budget of that day names it, or does not any more: brought up to date once a minute, however many cards change. */
function listAgain(channel: string, heldSince: EpochMs, { config: { calendar }, now }: SayInput): Change {
  const day = calendar.dayOf(heldSince);
  const dueAt = (Math.floor(now / minuteMs) + 1) * minuteMs;
  return newDelivery({ id: `overflow:${channel}:${day}:${dueAt}`, channel, message: { kind: 'overflow', day, cards: [], total: 0 }, now, dueAt });
}

const delivery = (channel: string, message: Message, dueAt: EpochMs, { now, newId }: SayInput): Change =>
  newDelivery({ id: newId(), channel, message, now, dueAt });
