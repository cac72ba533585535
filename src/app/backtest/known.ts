import type { EpochMs } from '../../core/time.ts';
import type { KeptSignal, Neighbourhood } from '../ports.ts';

/** When a signal became known, as far as a replay is concerned. */
export type TimeOfKnowing = (kept: KeptSignal) => EpochMs;

/** Nothing is known of anything, as at the very beginning. */
export const nothingYet = (): Neighbourhood => ({
  accounts: new Map(),
  deals: new Map(),
  people: new Map(),
  aliases: new Map(),
  journeys: new Map(),
  alerts: new Map(),
  cards: new Map(),
  mutes: new Map(),
});
