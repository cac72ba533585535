import { z } from 'zod';
import type { Duration } from '../duration.ts';
import type { Detector } from './detector.ts';

/** A parameter's value. `text`: as journey.yml writes it; `time`: not there of what is no time that can be told in advance. */
export type Amount = { text: string | number; time: Duration | null };

const known = z.union([
  z.strictObject({ amount: z.number(), unit: z.enum(['bd', 'bh', 'd', 'h', 'm', 's']) }),
  z.strictObject({ percentile: z.number() }),
  z.number(),
]);

/** How much longer or more, in turn; how much less. */
const steps = { more: [1.25, 1.5, 2], less: [0.8, 0.65, 0.5] } as const;
const percentiles = [75, 90, 95] as const;

/** What a rule's parameter is now, where it is one that can be turned. `within`: what the stage expects, which some rules go by. */
export function readAmount({ quieter, params }: Detector, settings: unknown, within: Duration | null): Amount | null {
  if (quieter === undefined || typeof settings !== 'object' || settings === null) return null;
  const value = Reflect.get(settings, quieter.parameter) ?? (quieter.unset === undefined ? undefined : (within ?? quieter.unset));
  const read = known.safeParse(value).data;
  if (read === undefined) return null;
  if (typeof read !== 'number') return 'unit' in read ? ofTime(read) : { text: `p${read.percentile}`, time: null };
  const inDays = ofTime({ amount: read, unit: 'd' });
  return params.safeParse({ [quieter.parameter]: inDays.text }).success ? inDays : { text: read, time: null };
}

/** Values with which it would speak less often, the nearest first: none that its schema refuses. */
export function quieterAmounts({ quieter, params }: Detector, { text, time }: Amount): Amount[] {
  if (quieter === undefined) return [];
  const { parameter, way } = quieter;
  const candidates: Amount[] =
    time !== null
      ? turned(time.amount, way).map((amount) => ofTime({ ...time, amount }))
      : typeof text === 'number'
        ? turned(text, way).map((amount) => ({ text: amount, time: null }))
        : percentiles.filter((percentile) => percentile > Number(text.slice(1))).map((percentile) => ({ text: `p${percentile}`, time: null }));
  return candidates.filter((candidate) => params.safeParse({ [parameter]: candidate.text }).success);
}

const ofTime = (time: Duration): Amount => ({ text: `${time.amount}${time.unit}`, time });

/** Whole, different from what it is and from each other. */
function turned(amount: number, way: 'more' | 'less'): number[] {
  const values = steps[way].map((step) => (way === 'more' ? Math.ceil(amount * step) : Math.floor(amount * step)));
  return [...new Set(values)].filter((value) => value !== amount && value > 0);
}
