import type { Signal } from '../core/journey/signal.ts';
import { type EpochMs, minuteMs } from '../core/time.ts';

/** A signal that tells of something this long ago is history: what it brings to light is not said until its feed has been quiet for a moment. */
export const lateAfterMs = 15 * minuteMs;

/** A journey waits for its feed to fall quiet no longer than this. */
export const longestSettleMs = 10 * minuteMs;

/** What somebody enters in Slack is never late: there is no more of it to come. */
export const isLate = ({ occurredAt, source }: Pick<Signal, 'occurredAt' | 'source'>, receivedAt: EpochMs): boolean =>
  source !== 'slack' && receivedAt - occurredAt > lateAfterMs;
