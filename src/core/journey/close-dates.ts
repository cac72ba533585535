import type { IsoDay } from '../time.ts';
import type { DealRecord, Register } from './record.ts';

/** A deal's close dates, newest first; the first is the one it has. Beyond those that it was moved to, it is what its CRM says it is now, where that is newer. */
export const closeDatesOf = ({ closeDates, closeDateNow }: DealRecord): Register<IsoDay>[] =>
  closeDateNow === undefined || closeDateNow.at < (closeDates[0]?.at ?? 0) ? closeDates : [closeDateNow, ...closeDates];
