import type { Change } from '../change.ts';
import type { Delivery, Message } from '../delivery.ts';
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
  const { alerts, cards, now } = input;
  const unsaid = alerts.filter((alert) => isUnsaid(alert, input));
  const due = alerts.filter((alert) => isDueAgain(alert, input));
  const told = new Set([...unsaid, ...due]);
  const noted = alerts.map((alert) => (told.has(alert) ? { ...alert, saidAt: now } : alert));
  const channels = new Set([...cards.map((card) => card.channel), ...unsaid.flatMap((alert) => alert.routes.map((route) => route.channel))]);
  const changes = [...channels].flatMap((channel) => sayIn(channel, noted, unsaid, due, input));
  return { alerts: noted, changes, recheckAt: noted.map((alert) => repeatAt(alert, input)).reduce(earliest, null) };
}

function sayIn(channel: string, alerts: Alert[], unsaid: Alert[], due: Alert[], input: SayInput): Change[] {
  const { cards, config, now, snoozeOver } = input;
  const content = input.contentOf(channel, alerts);
  const fingerprint = fingerprintOf(content);
  const card = cards.find((candidate) => candidate.channel === channel);
  const isHere = (alert: Alert): boolean => alert.routes.some((route) => route.channel === channel);
  const fresh = unsaid.filter(isHere);
  const again = due.filter(isHere);
  const from = saysFrom(now, config.alerts.quiet, config.calendar);
  if (card === undefined) return fresh.length === 0 ? [] : firstCard(channel, content, fingerprint, from, input);
  const isNews = fresh.length > 0 || again.length > 0;
  if (card.fingerprint === fingerprint && !isNews) return [];
  const next: Card = {
    ...card,
    content,
    fingerprint,
    saidAt: isNews ? now : card.saidAt,
    hold: fresh.length > 0 && card.hold?.by === 'import-summary' ? null : card.hold,
  };
  const changes: Change[] = [{ kind: 'card.put', card: next }];
  if (next.hold === null || next.posted !== null)
    changes.push(delivery(channel, { kind: 'card', cardId: card.id }, card.posted === null ? from : now, input));
  if (card.posted === null) return changes;
  // Several findings in the first minutes are one post.
  const gathered = now < config.calendar.add(card.posted.at, config.alerts.gather) && card.content.state === 'active';
  if (fresh.length > 0 && !gathered)
    changes.push(reply(channel, card, fresh, fresh.every((alert) => snoozeOver.has(alert.id)) ? 'snooze-over' : 'new', from, input));
  if (again.length > 0) changes.push(reply(channel, card, again, 'repeat', from, input));
  return changes;
}

function firstCard(channel: string, content: CardContent, fingerprint: string, from: EpochMs, input: SayInput): Change[] {
  const { about, history, now } = input;
  const hold: Card['hold'] = history ? { by: 'history', since: now, until: null } : null;
  const card: Card = { id: cardIdOf(about.id, channel), journeyId: about.id, channel, content, fingerprint, posted: null, hold, saidAt: now };
  const put: Change = { kind: 'card.put', card };
  return history ? [put] : [put, delivery(channel, { kind: 'card', cardId: card.id }, from, input)];
}

function reply(channel: string, card: Card, alerts: Alert[], reason: 'new' | 'repeat' | 'snooze-over', from: EpochMs, input: SayInput): Change {
  const { about, cardAlert } = input;
  const message: Message = {
    kind: 'reply',
    cardId: card.id,
    reason,
    broadcast: reason === 'new' && card.content.state === 'clear',
    notifyOwner: alerts.some((alert) => alert.routes.some((route) => route.channel === channel && route.notifyOwner)),
    ownerEmail: about.ownerEmail,
    journeyName: about.name,
    alerts: alerts.map((alert) => cardAlert(alert)),
  };
  return delivery(channel, message, from, input);
}

function delivery(channel: string, message: Message, dueAt: EpochMs, { now, newId }: SayInput): Change {
  const row: Delivery = { id: newId(), channel, message, dueAt, createdAt: now, attempts: 0 };
  return { kind: 'delivery.add', delivery: row };
}

/** Worth saying, not said yet (or its snooze is over), and nothing holds it back. */
const isUnsaid = (alert: Alert, { muted }: SayInput): boolean =>
  alert.state !== 'resolved' && alert.saidAt === null && alert.inhibitedBy === null && alert.snooze === null && !muted && alert.routes.length > 0;

function isDueAgain(alert: Alert, input: SayInput): boolean {
  const at = repeatAt(alert, input);
  return at !== null && at <= input.now;
}

/** When an alert that nobody took is said again. */
const repeatAt = (alert: Alert, { config, muted }: SayInput): EpochMs | null =>
  config.alerts.repeat === null || alert.state !== 'open' || alert.saidAt === null || alert.inhibitedBy !== null || alert.snooze !== null || muted
    ? null
    : config.calendar.add(alert.saidAt, config.alerts.repeat);
