import fc from 'fast-check';
import { wilson } from '../../../src/core/insight/wilson.ts';
import type { ReviewSummary } from '../../../src/core/review.ts';
import type { Suggestion } from '../../../src/core/suggestion.ts';
import { at, text } from './hostile-text.ts';

const count = fc.nat({ max: 100_000 });
const rate = fc.tuple(count, fc.integer({ min: 1, max: 100_000 })).map(([part, whole]) => wilson(Math.min(part, whole), whole));
const place = fc.record({ key: text, label: text });
const number = fc.oneof(text, fc.integer());
export const hostileSuggestion: fc.Arbitrary<Suggestion> = fc.record({
  rule: text,
  title: text,
  rate,
  change: fc.option(
    fc.record({
      map: place,
      stage: fc.option(place, { nil: null }),
      segment: fc.option(text, { nil: null }),
      parameter: text,
      from: number,
      to: number,
      ignored: count,
      spared: fc.option(count, { nil: null }),
      actedOn: count,
      actedOnSpared: fc.option(count, { nil: null }),
    }),
    { nil: null },
  ),
});

const mapStages = fc.array(fc.record({ map: text, stage: text }), { maxLength: 60, size: 'large' });
const names = fc.array(text, { maxLength: 60, size: 'large' });

/** From nothing at all to many more than have room, each of which may be called anything. */
export const hostileReview: fc.Arbitrary<ReviewSummary> = fc.record({
  at,
  done: fc.option(fc.record({ at, by: text }), { nil: null }),
  dueAt: at,
  unusedStages: mapStages,
  rates: fc.array(
    fc.record({
      rule: text,
      title: text,
      alerts: count,
      rate: fc.oneof(
        rate.map((known) => ({ kind: 'known' as const, ...known })),
        count.map((n) => ({ kind: 'few' as const, n, needed: 20 })),
      ),
    }),
    { maxLength: 40, size: 'large' },
  ),
  suggestion: fc.option(hostileSuggestion, { nil: null }),
  friction: fc.array(
    fc.record({
      map: text,
      slowest: fc.option(fc.record({ stage: text, days: count, n: count }), { nil: null }),
      leakiest: fc.option(fc.record({ stage: text, dropped: count, n: count }), { nil: null }),
    }),
    { maxLength: 30, size: 'large' },
  ),
  unconfirmed: fc.record({ stages: mapStages, roles: names, rolesByTitle: names, segments: names, rules: names }),
});
