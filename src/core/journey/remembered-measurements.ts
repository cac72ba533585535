import { type Measurement, remembered } from './record.ts';
import { weekOf } from './union.ts';

/**
 * Of measurements, newest first, those that are remembered: the newest, and of each of the newest weeks in which anything was measured the last one. Taking
 * them of a union is associative, commutative and idempotent: what is the newest, or the last of its week, is so in each part that has it.
 */
export function rememberedMeasurements(newestFirst: Measurement[]): Measurement[] {
  if (newestFirst.length <= remembered.measurements) return newestFirst;
  let weeks = 0;
  return newestFirst.filter(({ at }, index) => {
    const before = newestFirst[index - 1];
    const isLastOfWeek = before === undefined || weekOf(before.at) !== weekOf(at);
    if (isLastOfWeek) weeks += 1;
    return index < remembered.measurements || (isLastOfWeek && weeks <= remembered.measuredWeeks);
  });
}
