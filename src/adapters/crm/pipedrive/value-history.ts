import type { EpochMs } from '../../../core/time.ts';
import type { FieldChange } from './pipedrive-answers.ts';

export type Moment = { at: EpochMs; value: string | null };

/**
 * The values that a field has had, oldest first, from the object's birth on. A changelog begins with the first change: the value before that one is the
 * value at birth, and where nothing was changed it is the present one. Of one second, which is all that a changelog keeps apart, the last counts;
 * the same value again is no change.
 */
export function valueHistory(changes: readonly FieldChange[], field: string, present: string | null, bornAt: EpochMs): Moment[] {
  const of = changes.filter(({ field_key }) => field_key === field);
  const moments: Moment[] = [{ at: bornAt, value: of[0] === undefined ? present : of[0].old_value }];
  for (const { time, new_value: value } of of) {
    const last = moments.at(-1);
    if (last !== undefined && last.at >= time) last.value = value;
    else moments.push({ at: time, value });
  }
  return moments.filter(({ value }, index) => index === 0 || value !== moments[index - 1]?.value);
}
