import type { EpochMs } from '../../core/time.ts';
import type { KeptSignal } from '../ports.ts';

/** When a signal became known, as far as a replay is concerned. */
export type TimeOfKnowing = (kept: KeptSignal) => EpochMs;
