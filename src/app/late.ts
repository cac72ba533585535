import { type EpochMs, minuteMs } from '../core/time.ts';

/** A signal that tells of something this long ago is history: what it brings to light is not said until its feed has been quiet for a moment. */
export const lateAfterMs = 15 * minuteMs;

/** A journey waits for its feed to fall quiet no longer than this. */
export const longestSettleMs = 10 * minuteMs;

export const isLate = (occurredAt: EpochMs, receivedAt: EpochMs): boolean => receivedAt - occurredAt > lateAfterMs;
