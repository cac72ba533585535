import type { Detector } from '../detectors/detector.ts';
import { detectors } from '../detectors/index.ts';
import type { Duration } from '../duration.ts';
import type { JourneyConfig, ResolvedRule, RuleSettings } from '../journey/journey-map.ts';

/** A rule with its number multiplied. `numbers`: what becomes of it, wherever the map sets it: `8bd`, or `5–13bd`. */
export type Variant = { rule: string; factor: number; numbers: string; detector: Detector; scaled(settings: RuleSettings): RuleSettings };

/** The number of a rule as the map has it, and what stands in for it. */
export type Threshold = { rule: string; numbers: string; variants: Variant[] };

const factors = [0.5, 0.75, 1.5, 2] as const;
/** Of the durations among a rule's parameters the one that is its limit; the others say how long something counts. */
const limits = ['after', 'within', 'grace'] as const;
const unitOrder = ['s', 'm', 'h', 'bh', 'd', 'bd'];

/** The rules that have a fixed duration as their limit somewhere in the maps. A learned limit is nobody's number. */
export function thresholdsOf({ maps }: JourneyConfig): Threshold[] {
  return detectors.flatMap((detector) => {
    const rule = detector.name;
    // The map's own hold where a journey is in none of its stages: a number that every stage has another one for is nobody's.
    const found = maps.flatMap((map) => map.stages.map(({ rules }) => rules[rule])).flatMap(settingsIn);
    const own = found.flatMap((settings) => limitOf(settings)?.value ?? []);
    if (own.length === 0 || detector.goodNews === true) return [];
    const numbers = rangeOf(own);
    const all = factors.map((factor) => variantOf(detector, factor, own)).filter((variant) => variant.numbers !== numbers);
    const variants = all.filter((variant, index) => all.findIndex((other) => other.numbers === variant.numbers) === index);
    return [{ rule, numbers, variants }];
  });
}

function variantOf(detector: Detector, factor: number, own: readonly Duration[]): Variant {
  const known = new WeakMap<RuleSettings, RuleSettings>();
  return {
    rule: detector.name,
    factor,
    detector,
    numbers: rangeOf(own.map((duration) => times(duration, factor))),
    scaled(settings) {
      const scaled = known.get(settings) ?? withLimit(settings, factor);
      known.set(settings, scaled);
      return scaled;
    },
  };
}

function withLimit(settings: RuleSettings, factor: number): RuleSettings {
  const limit = limitOf(settings);
  return limit === null ? settings : { ...settings, params: { ...(settings.params as object), [limit.name]: times(limit.value, factor) } };
}

function limitOf({ params }: RuleSettings): { name: string; value: Duration } | null {
  for (const name of limits) {
    const value = (params as Record<string, unknown>)[name];
    if (isDuration(value)) return { name, value };
  }
  return null;
}

const isDuration = (value: unknown): value is Duration => typeof value === 'object' && value !== null && 'amount' in value && 'unit' in value;

const times = ({ amount, unit }: Duration, factor: number): Duration => ({ amount: Math.max(1, Math.round(amount * factor)), unit });

const settingsIn = (rule: ResolvedRule | undefined): RuleSettings[] =>
  rule === undefined ? [] : [rule.base, ...Object.values(rule.segments)].filter((settings) => settings !== null);

function rangeOf(durations: readonly Duration[]): string {
  const sorted = durations.toSorted((a, b) => unitOrder.indexOf(a.unit) - unitOrder.indexOf(b.unit) || a.amount - b.amount);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return '';
  if (first.unit !== last.unit) return `${first.amount}${first.unit}–${last.amount}${last.unit}`;
  return first.amount === last.amount ? `${first.amount}${first.unit}` : `${first.amount}–${last.amount}${last.unit}`;
}
