import type { EpochMs } from '../time.ts';
import type { Alert } from './alert.ts';

/** What people have made of an alert so far, for a form that is filled in meanwhile: it differs once somebody has done something. */
export const standingOf = ({ state, acknowledged, assigned, snooze }: Alert): string =>
  [state, acknowledged?.at, assigned?.at, snooze?.at].map((part) => part ?? '').join(':');

/** Who did something to it last, and what that was, as sentences say it. */
export function lastHand({ acknowledged, assigned, snooze, resolution }: Alert): { by: string; what: string } | null {
  const hands: { by: string; at: EpochMs; what: string }[] = [
    ...(acknowledged === null ? [] : [{ ...acknowledged, what: 'acknowledged it' }]),
    ...(assigned === undefined ? [] : [{ ...assigned, what: 'assigned it' }]),
    ...(snooze === null ? [] : [{ ...snooze, what: 'snoozed it' }]),
    ...(resolution?.how === 'by-hand' ? [{ ...resolution, what: 'resolved it' }] : []),
  ];
  return hands.reduce<(typeof hands)[number] | null>((last, hand) => (last === null || hand.at >= last.at ? hand : last), null);
}
