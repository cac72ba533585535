import { isGoodNews } from '../detectors/index.ts';
import type { JourneyConfig } from '../journey/journey-map.ts';
import type { EpochMs } from '../time.ts';
import type { Alert } from './alert.ts';
import type { Card } from './card.ts';

/** What decides when an alert is said. */
type SayFacts = {
  cards: Card[];
  muted: boolean;
  snoozeOver: ReadonlySet<string>;
  config: Pick<JourneyConfig, 'alerts' | 'calendar'>;
  now: EpochMs;
};

/** Worth saying, not said yet (or its snooze is over), and nothing holds it back. */
export const isUnsaid = (alert: Alert, { muted, snoozeOver }: SayFacts): boolean =>
  alert.state !== 'resolved' &&
  (alert.saidAt === null || snoozeOver.has(alert.id)) &&
  alert.inhibitedBy === null &&
  alert.snooze === null &&
  !muted &&
  alert.routes.length > 0;

/** Held back before anybody has seen it: while its card waits for the end of quiet hours, for the next day, for history. It is told when it is released. */
export function isTakenBack(alert: Alert, { cards, muted }: SayFacts): boolean {
  if (alert.saidAt === null || alert.state === 'resolved' || (alert.inhibitedBy === null && alert.snooze === null && !muted)) return false;
  const here = cards.filter(({ channel }) => alert.routes.some((route) => route.channel === channel));
  return here.every(({ posted, hold }) => posted === null && hold?.by !== 'import-summary');
}

export function isDueAgain(alert: Alert, facts: SayFacts): boolean {
  const at = repeatAt(alert, facts);
  return at !== null && at <= facts.now;
}

/** When an alert that nobody took is said again (good news never is): counted from when its card could be read, which quiet hours or a budget may have put off. */
export function repeatAt(alert: Alert, { cards, config, muted }: SayFacts): EpochMs | null {
  const { repeat } = config.alerts;
  if (
    repeat === null ||
    isGoodNews(alert.rule) ||
    alert.state !== 'open' ||
    alert.saidAt === null ||
    alert.inhibitedBy !== null ||
    alert.snooze !== null ||
    muted
  )
    return null;
  const here = cards.filter(({ channel }) => alert.routes.some((route) => route.channel === channel));
  return config.calendar.add(Math.max(alert.saidAt, ...here.map(({ posted }) => posted?.at ?? 0)), repeat);
}
