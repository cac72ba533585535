import { z } from 'zod';
import type { Calendar } from '../calendar.ts';
import { calendarDay } from '../calendar-day.ts';
import { type Duration, durationInWords, durationSchema } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import { type Lesson, wonAfter, wonWithin } from '../journey/past.ts';
import type { EpochMs } from '../time.ts';
import type { Evidence, StageLimit } from './detector.ts';

const crm = 'crm';

const percentileExpected = 'expected a percentile from p50 to p99';

const percentileSchema = z
  .string(percentileExpected)
  .regex(/^p[5-9]\d$/, percentileExpected)
  .transform((text) => ({ percentile: Number(text.slice(1)) }))
  .meta({ id: 'percentile', description: 'A percentile of what won journeys took: p50 to p99' });

/** Three ways to say how long a journey may stay in a stage: so long; as long as the CRM allows; as long as those that were won. */
export const afterSchema = z.union([durationSchema, z.literal(crm), percentileSchema], {
  error: 'expected a duration such as 15bd (working days), 4bh (working hours) or 3d, crm, or a percentile of won journeys from p50 to p99',
});
type After = z.output<typeof afterSchema>;

/** `learned`: what the past says, put in by `learn`. */
export type StallParams = { after: After; otherwise: Duration; sample: number; patience: Duration; learned?: Learned };
/** `limit`: null where `after` is no percentile, or too few were won. */
type Learned = { lesson: Lesson; won: number; limit: Duration | null };

/** A fixed number that a percentile or the CRM's takes the place of is what holds where that cannot be told, unless something else is said. */
export function layerLimit(below: Record<string, unknown>, above: Record<string, unknown>): Record<string, unknown> {
  const isFixed = (after: unknown): boolean => durationSchema.safeParse(after).success;
  const gaveWay = above.after !== undefined && !isFixed(above.after) && isFixed(below.after);
  return { ...below, ...(gaveWay ? { otherwise: below.after } : {}), ...above };
}

/** Puts in what the past says: the limit where it is learned, and how many were won of those that stayed longer, whatever the limit is. */
export function learnLimit(params: StallParams, lesson: Lesson): StallParams {
  const { after, sample } = params;
  const { won, days } = wonWithin(lesson, isPercentile(after) ? after.percentile : 50);
  const limit: Duration | null = isPercentile(after) && won >= sample ? { amount: Math.max(1, days), unit: 'bd' } : null;
  return { ...params, learned: { lesson, won, limit } };
}

/**
 * Of the stage that a journey is in. What the CRM allows counts from the entry of the CRM's stage: a stay in a stage of the map can be older than
 * that, where the map folds several into one, never the other way round.
 */
export function stallLimit(params: StallParams, { deal }: Journey, enteredAt: EpochMs): StageLimit & { from: EpochMs } {
  const past = params.learned === undefined ? {} : { past: { stays: params.learned.lesson.stays, sample: params.sample } };
  const own = ownLimit(params);
  if (own !== null) return { from: enteredAt, after: own, ...past };
  const allowed = deal?.stallLimit ?? null;
  return allowed === null
    ? { from: enteredAt, after: params.otherwise, ...past }
    : { from: Math.max(enteredAt, allowed.since), after: { amount: allowed.days, unit: 'd' }, ...past };
}

/** The same for every journey; null: what the CRM allows each. */
export function ownLimit({ after, otherwise, learned }: StallParams): Duration | null {
  if (after === crm) return null;
  return isPercentile(after) ? (learned?.limit ?? otherwise) : after;
}

export function limitInWords(params: StallParams): string {
  const { after, otherwise, sample, learned } = params;
  const without = durationInWords(otherwise);
  if (after === crm) return `the CRM allows in it (where it does not say: ${without})`;
  if (!isPercentile(after)) return durationInWords(after);
  const percentile = `the ${after.percentile}${endings[ordinals.select(after.percentile)] ?? 'th'} percentile`;
  if (learned === undefined) return `${percentile} of the won ones took there (with fewer than ${sample} of those: ${without})`;
  const { won, limit, lesson } = learned;
  const those = `won ${lesson.travellers} in ${lesson.stageLabel}`;
  if (limit === null) return `${without}: ${percentile} of ${those} counts once there are ${sample}, and there are ${won}`;
  return `${durationInWords(limit)}: ${percentile} of ${won} ${those}, learned ${calendarDay(lesson.learnedOn)}; ${without} without`;
}

/** What became of others that stayed longer than the limit; nothing where they are too few. */
export function oddsBeyond({ learned, sample }: StallParams, enteredAt: EpochMs, limit: EpochMs, calendar: Calendar): Evidence[] {
  const days = calendar.workingDaysBetween(enteredAt, limit);
  const { ended, won } = wonAfter(learned?.lesson.stays ?? [], days);
  if (learned === undefined || days < 1 || ended < Math.max(1, sample)) return [];
  const stayed = durationInWords({ amount: days, unit: 'bd' });
  return [
    { label: `Stayed longer than ${stayed}`, text: `of ${ended} ${learned.lesson.travellers} that did, ${won} ${won === 1 ? 'was' : 'were'} won` },
  ];
}

const isPercentile = (after: After): after is { percentile: number } => after !== crm && 'percentile' in after;

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };
