import { type Change, newDelivery } from '../change.ts';
import type { Message } from '../delivery.ts';
import type { JourneyConfig } from '../journey/journey-map.ts';
import { type EpochMs, earliest } from '../time.ts';
import type { Alert } from './alert.ts';
import { type Card, type CardAlert, type CardContent, cardIdOf } from './card.ts';
import { fingerprintOf } from './card-content.ts';
import { saysFrom } from './quiet-hours.ts';

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
  config: JourneyConfig;
  now: EpochMs;
  newId(): string;
};

/** Alerts with what was said of them noted, what to write and send for it, and when something is to be said again. */
export type Said = { alerts: Alert[]; changes: Change[]; recheckAt: EpochMs | null };

/**
 * Decides what each channel is told. A journey's first alert posts its card; what follows within the gathering time edits it; after that a
 * new alert is a reply in the card's thread; an alert nobody took is repeated there; everything else only edits the card.
 */
export function say(input: SayInput): Said {
  const { cards, now } = input;
  const alerts = input.alerts.map((alert) => (isTakenBack(alert, input) ? { ...alert, saidAt: null } : alert));
  const unsaid = alerts.filter((alert) => isUnsaid(alert, input));
  const due = alerts.filter((alert) => isDueAgain(alert, input));
  const told = new Set([...unsaid, ...due]);
  const noted = alerts.map((alert) => (told.has(alert) ? { ...alert, saidAt: now } : alert));
  const channels = new Set([...cards.map((card) => card.channel), ...unsaid.flatMap((alert) => alert.routes.map((route) => route.channel))]);
  const changes = [...channels].flatMap((channel) => sayIn(channel, noted, unsaid, due, input));
  return { alerts: noted, changes, recheckAt: noted.map((alert) => repeatAt(alert, input)).reduce(earliest, null) };
}

function sayIn(channel: string, alerts: Alert[], unsaid: Alert[], due: Alert[], input: SayInput): Change[] {
  const { about, cards, config, now, snoozeOver } = input;
  const isHere = (alert: Alert): boolean => alert.routes.some((route) => route.channel === channel);
  const fresh = unsaid.filter(isHere);
  const again = due.filter(isHere);
  const isNews = fresh.length > 0 || again.length > 0;
  const card = cards.find((candidate) => candidate.channel === channel) ?? null;
  if (card === null && fresh.length === 0) return [];
  const content = input.contentOf(channel, alerts);
  const fingerprint = fingerprintOf(content);
  if (card?.fingerprint === fingerprint && !isNews) return [];
  const from = saysFrom(now, config.alerts.quiet, config.calendar);
  const id = cardIdOf(about.id, channel);
  const posted = card?.posted ?? null;
  const hold = holdOf(card, { isNews, isFresh: fresh.length > 0, from }, input);
  const next: Card = { id, journeyId: about.id, channel, content, fingerprint, posted, hold, saidAt: isNews ? now : (card?.saidAt ?? null) };
  const changes: Change[] = [{ kind: 'card.put', card: next }];
  if (card !== null && card.hold !== hold) changes.push({ kind: 'card.hold', cardId: id, hold });
  if (posted === null) {
    // Only news posts: what waits in the outbox takes the newest content along, and what somebody deleted by hand does not come back for less.
    if (isNews && (hold === null || hold.by === 'quiet-hours')) changes.push(delivery(channel, { kind: 'card', cardId: id }, from, input));
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
  return changes;
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

type Reply = { reason: 'new' | 'repeat' | 'snooze-over'; broadcast: boolean; from: EpochMs };

function reply(channel: string, cardId: string, alerts: Alert[], { reason, broadcast, from }: Reply, input: SayInput): Change {
  const { about, cardAlert } = input;
  const message: Message = {
    kind: 'reply',
    cardId,
    reason,
    broadcast,
    notifyOwner: alerts.some((alert) => alert.routes.some((route) => route.channel === channel && route.notifyOwner)),
    ownerEmail: about.ownerEmail,
    journeyName: about.name,
    alerts: alerts.map((alert) => cardAlert(alert)),
  };
  return delivery(channel, message, from, input);
}

const delivery = (channel: string, message: Message, dueAt: EpochMs, { now, newId }: SayInput): Change =>
  newDelivery({ id: newId(), channel, message, now, dueAt });

/** Worth saying, not said yet (or its snooze is over), and nothing holds it back. */
const isUnsaid = (alert: Alert, { muted, snoozeOver }: SayInput): boolean =>
  alert.state !== 'resolved' &&
  (alert.saidAt === null || snoozeOver.has(alert.id)) &&
  alert.inhibitedBy === null &&
  alert.snooze === null &&
  !muted &&
  alert.routes.length > 0;

/** Held back before anybody has seen it: while its card waits for the end of quiet hours, for the next day, for history. It is told when it is released. */
function isTakenBack(alert: Alert, { cards, muted }: SayInput): boolean {
  if (alert.saidAt === null || alert.state === 'resolved' || (alert.inhibitedBy === null && alert.snooze === null && !muted)) return false;
  const here = cards.filter(({ channel }) => alert.routes.some((route) => route.channel === channel));
  return here.every(({ posted, hold }) => posted === null && hold?.by !== 'import-summary');
}

function isDueAgain(alert: Alert, input: SayInput): boolean {
  const at = repeatAt(alert, input);
  return at !== null && at <= input.now;
}

/** When an alert that nobody took is said again: counted from when its card could be read, which quiet hours or a budget may have put off. */
function repeatAt(alert: Alert, { cards, config, muted }: SayInput): EpochMs | null {
  const { repeat } = config.alerts;
  if (repeat === null || alert.state !== 'open' || alert.saidAt === null || alert.inhibitedBy !== null || alert.snooze !== null || muted) return null;
  const here = cards.filter(({ channel }) => alert.routes.some((route) => route.channel === channel));
  return config.calendar.add(Math.max(alert.saidAt, ...here.map(({ posted }) => posted?.at ?? 0)), repeat);
}
