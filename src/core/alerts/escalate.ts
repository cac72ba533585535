import type { JourneyConfig, Notify } from '../journey/journey-map.ts';
import { type EpochMs, minuteMs } from '../time.ts';
import type { Alert, Escalation, Told } from './alert.ts';
import type { Card } from './card.ts';
import { saysFrom } from './quiet-hours.ts';

export type EscalateSetting = {
  cards: Card[];
  muted: boolean;
  config: Pick<JourneyConfig, 'alerts' | 'calendar'>;
  now: EpochMs;
  /** The e-mail addresses of those who are mentioned. */
  emailsOf(notify: readonly Notify[]): string[];
};

/** A step that is to be said now. `index` counts from 0; `passedOver`: how many before it came due while nobody looked. */
export type DueStep = { alertId: string; index: number; passedOver: number; of: number; home: string; told: Told };

/** `nextAt`: when the next step comes due, if nothing happens before. */
export type Escalated = { alert: Alert; due: DueStep | null; nextAt: EpochMs | null };

/**
 * Takes an alert that nobody took one step further, when it is time: waits count in their order, from when its card could be read, from the step before, or
 * from when the alert was released. Of several steps that came due while nobody looked only the newest is said. None comes due in quiet hours,
 * nor while the alert is held back or its card waits. The same alert object where nothing changes; doing it twice changes nothing.
 */
export function escalate(alert: Alert, setting: EscalateSetting): Escalated {
  const chain = alert.escalation;
  if (chain === undefined || isOver(alert, chain)) return { alert, due: null, nextAt: null };
  if (alert.saidAt === null || alert.inhibitedBy !== null || setting.muted)
    return { alert: withChain(alert, chain, { since: null }), due: null, nextAt: null };
  const since = chain.since ?? setting.now;
  const from = waitsFrom(chain, since, setting);
  const { due, nextAt } = from === null ? { due: null, nextAt: null } : stepsFrom(chain, from, setting);
  const mayBeSaid = saysFrom(setting.now, setting.config.alerts.quiet, setting.config.calendar);
  if (from === null || due === null) return { alert: withChain(alert, chain, { since }), due: null, nextAt };
  // It came due before, and nobody looked until now.
  if (mayBeSaid > setting.now) return { alert: withChain(alert, chain, { since }), due: null, nextAt: mayBeSaid };
  return say(alert, chain, { due, from }, setting);
}

/** When the next step of an alert comes due, as far as can be told now. */
export const nextStepAt = (alert: Alert, setting: EscalateSetting): EpochMs | null => escalate(alert, setting).nextAt;

const isOver = ({ state, snooze }: Alert, { stopped, next, steps }: Escalation): boolean =>
  state !== 'open' || snooze !== null || stopped !== null || next >= steps.length;

function say(alert: Alert, chain: Escalation, { due, from }: { due: number; from: EpochMs }, setting: EscalateSetting): Escalated {
  const { now } = setting;
  const step = chain.steps[due];
  if (step === undefined) return { alert, due: null, nextAt: null };
  const before = chain.told.length > 0 ? chain.told : [firstTold(alert, chain, from, setting)];
  const told = { step: due, at: now, channel: step.channel ?? chain.channel, notify: step.notify, emails: setting.emailsOf(step.notify) };
  const next: Escalation = { ...chain, next: due + 1, told: [...before, told], since: now };
  return {
    alert: { ...alert, saidAt: now, escalation: next },
    due: { alertId: alert.id, index: due, passedOver: due - chain.next, of: chain.steps.length, home: chain.channel, told },
    nextAt: stepsFrom(next, now, setting).nextAt,
  };
}

/** By its card, or a reply in its thread. */
function firstTold(alert: Alert, { channel }: Escalation, at: EpochMs, { emailsOf }: EscalateSetting): Told {
  const route = alert.routes.find((candidate) => candidate.channel === channel);
  const notify: Notify[] = [...(route?.notifyOwner === true ? ['owner' as const] : []), ...(route?.others ?? [])];
  return { step: null, at, channel, notify, emails: emailsOf(notify) };
}

/** Nobody can read a card that does not stand there yet. Null: it comes when something new happens, and nobody knows when that is. */
function waitsFrom({ channel }: Escalation, since: EpochMs, { cards, config, now }: EscalateSetting): EpochMs | null {
  const card = cards.find((candidate) => candidate.channel === channel);
  if (card !== undefined && card.posted !== null) return Math.max(since, card.posted.at);
  if (card?.hold?.by === 'import-summary') return null;
  return Math.max(since, card?.hold?.until ?? 0, saysFrom(now, config.alerts.quiet, config.calendar));
}

/** The newest step that is due, and when the one after it is. */
function stepsFrom({ steps, next }: Escalation, from: EpochMs, { config, now }: EscalateSetting): { due: number | null; nextAt: EpochMs | null } {
  let at = from;
  let due: number | null = null;
  for (const [index, { after }] of steps.entries()) {
    if (index < next) continue;
    // A wait of no time would say two steps at once.
    at = saysFrom(Math.max(config.calendar.add(at, after), at + minuteMs), config.alerts.quiet, config.calendar);
    if (at > now) return { due, nextAt: at };
    due = index;
  }
  return { due, nextAt: null };
}

const withChain = (alert: Alert, chain: Escalation, change: Partial<Escalation>): Alert =>
  change.since === chain.since ? alert : { ...alert, escalation: { ...chain, ...change } };
