import fc from 'fast-check';
import { stageFigures } from '../../../src/core/insight/stage-metrics.ts';
import type { LoggedStay } from '../../../src/core/insight/stay-log.ts';
import type { MetricsSummary } from '../../../src/core/summary.ts';
import { at, nullableText, text } from './hostile-text.ts';

const stay: fc.Arbitrary<LoggedStay> = fc.record({
  enteredAt: at,
  days: fc.integer({ min: 0, max: 65_535 }),
  ended: fc.boolean(),
  first: fc.boolean(),
  longest: fc.boolean(),
  fate: fc.constantFrom('open', 'moved-on', 'dropped'),
  won: fc.boolean(),
  closed: fc.boolean(),
  segments: fc.constant([]),
});
const figures = fc.tuple(fc.array(stay, { maxLength: 30 }), fc.integer({ min: 0, max: 20 })).map(([stays, fewest]) => stageFigures(stays, fewest));
const names = fc.array(text, { maxLength: 40, size: 'large' });
const period = fc.record({ from: at, to: at, label: text });

/** From no stage at all to many more than have room, each of which may be called anything. */
export const hostileMetrics: fc.Arbitrary<MetricsSummary> = fc.record({
  mapKey: text,
  mapLabel: text,
  segment: nullableText,
  period,
  before: period,
  timezone: fc.constantFrom('Europe/Berlin', 'UTC'),
  at,
  fewest: fc.integer({ min: 0, max: 20 }),
  stages: fc.array(fc.record({ stage: text, label: text, now: figures, before: figures }), { maxLength: 120, size: 'large' }),
  otherMaps: names,
  segments: names,
});
