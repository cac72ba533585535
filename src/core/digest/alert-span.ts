import type { Alert } from '../alerts/alert.ts';
import { responseGap } from '../detectors/response-gap.ts';
import type { EpochMs } from '../time.ts';
import type { Window } from './counts.ts';

/** A question that was answered after its time: the answer is there, and was not only told late. */
export const wasAnsweredLate = ({ rule, resolution }: Pick<Alert, 'rule' | 'resolution'>): boolean =>
  rule === responseGap.name && resolution?.how === 'cleared' && resolution.inTime !== true;

/** When an alert was open, without what it said: thousands of them tell what is usual. */
export type AlertSpan = {
  journeyId: string;
  rule: string;
  severity: Alert['finding']['severity'];
  openedAt: EpochMs;
  endedAt: EpochMs | null;
  answeredLate: boolean;
};

/** Null for what is held back, or was as long as it lasted: it was not said, so it is not counted. */
export function spanOf(alert: Alert): AlertSpan | null {
  const { journeyId, rule, finding, openedAt, resolution, inhibitedBy, state } = alert;
  const isCounted = state === 'resolved' ? wasSaid(alert) : inhibitedBy === null;
  return isCounted
    ? { journeyId, rule, severity: finding.severity, openedAt, endedAt: resolution?.at ?? null, answeredLate: wasAnsweredLate(alert) }
    : null;
}

/** Of one that is over: whether it was ever said, by a card or, where it goes to no channel, in digests. */
export const wasSaid = ({ routes, saidAt, firstSaidAt }: Alert): boolean => routes.length === 0 || saidAt !== null || firstSaidAt !== undefined;

/** How many journeys had an alert of these rules open at the end of a period. */
export const journeysOpenAt =
  (spans: readonly AlertSpan[], rules: ReadonlySet<string>) =>
  ({ to }: Window): number =>
    new Set(
      spans
        .filter(({ rule, openedAt, endedAt }) => rules.has(rule) && openedAt < to && (endedAt === null || endedAt >= to))
        .map(({ journeyId }) => journeyId),
    ).size;
