import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kaplanMeier, timeUntil } from '../../../src/core/insight/kaplan-meier.ts';
import { limitRanks } from '../../../src/core/insight/order-statistics.ts';
import { fewestForMetrics, stageFigures, stageMetrics } from '../../../src/core/insight/stage-metrics.ts';
import { createStayLog, type LoggedStay } from '../../../src/core/insight/stay-log.ts';
import type { Journey, Outcome } from '../../../src/core/journey/journey.ts';
import { dayMs } from '../../../src/core/time.ts';
import { aJourney, aMap, at, officeHours } from '../builders.ts';

const map = aMap();
const now = at('2026-10-05 09:00');
const period = { from: at('2026-07-05'), to: now, label: 'now' };
const before = { from: at('2026-04-05'), to: at('2026-07-05'), label: 'before' };

/** A deal that came into decision on a day and left it after so many working days for the next stage, or was lost there; or is there still. */
const aDeal = (day: string, leaves: 'moves' | 'lost' | 'stays', left = '', segments: string[] = []): Journey => {
  const visits: [string, number][] = [['decision', at(`${day} 09:00`)]];
  if (leaves === 'moves') visits.push(['implementation', at(`${left} 09:00`)]);
  const outcome: Outcome = leaves === 'lost' ? { state: 'lost', at: at(`${left} 09:00`) } : { state: 'open' };
  return aJourney({ visits, outcome, segments });
};
const decision = (journeys: Journey[], options: { segment?: string; fewest?: number } = {}) => {
  const log = createStayLog({ at: now, version: '1', calendar: officeHours });
  for (const journey of journeys) log.add(journey, map);
  const asked = { mapKey: map.key, segment: options.segment ?? null, period, before, fewest: options.fewest ?? 1 };
  return stageMetrics(log, { key: 'decision', label: 'Decision' }, asked);
};

describe('the metrics of a stage', () => {
  it('say what became of the journeys that came into it, and how long it took, those that are there still included', () => {
    const found = decision([
      aDeal('2026-09-07', 'moves', '2026-09-09'),
      aDeal('2026-09-07', 'moves', '2026-09-11'),
      aDeal('2026-09-07', 'lost', '2026-09-21'),
      aDeal('2026-09-28', 'stays'),
    ]);
    expect(found.now).toMatchObject({ entered: 4, movedOn: 2, dropped: 1, open: 1, loops: 0 });
    expect(found.now.conversion).toMatchObject({ kind: 'known', n: 3, count: 2 });
    // Within 3 and 5 working days two have left; the one that is there since 5 days counts as long; then only the one of 11 is left.
    expect(found.now.median).toMatchObject({ kind: 'known', n: 4, ended: 3, value: 5 });
    expect(found.now.p75).toMatchObject({ value: 11 });
  });

  it('are those of the period in which a stay began', () => {
    const found = decision([aDeal('2026-05-04', 'moves', '2026-08-04'), aDeal('2026-08-03', 'stays'), aDeal('2026-01-05', 'stays')]);
    expect([found.now.entered, found.before.entered]).toEqual([1, 1]);
    expect(found.before.movedOn).toBe(1);
  });

  it('are those of one segment, where asked', () => {
    const deals = [aDeal('2026-09-07', 'moves', '2026-09-09', ['enterprise', 'dach']), aDeal('2026-09-07', 'moves', '2026-09-10', ['dach'])];
    expect(decision(deals, { segment: 'enterprise' }).now.entered).toBe(1);
    expect(decision(deals, { segment: 'dach' }).now.entered).toBe(2);
    expect(decision(deals, { segment: 'small' }).now).toMatchObject({ entered: 0, conversion: { kind: 'few', n: 0 } });
  });

  it('hold no figure of too few', () => {
    const nine = Array.from({ length: 9 }, () => aDeal('2026-09-07', 'moves', '2026-09-09'));
    const few = { kind: 'few', n: 9, needed: fewestForMetrics };
    expect(decision(nine, { fewest: fewestForMetrics }).now).toMatchObject({ entered: 9, conversion: few, median: few, p75: few, p90: few });
    const ten = [...nine, aDeal('2026-09-07', 'moves', '2026-09-09')];
    expect(decision(ten, { fewest: fewestForMetrics }).now.median).toMatchObject({ kind: 'known', n: 10, value: 3 });
  });

  it('say that half have not left yet where they have not', () => {
    const found = decision([aDeal('2026-09-07', 'moves', '2026-09-09'), aDeal('2026-09-28', 'stays'), aDeal('2026-09-28', 'stays')]);
    expect(found.now.median).toMatchObject({ kind: 'known', n: 3, ended: 1, value: null });
  });
});

describe('for all stays', () => {
  const stay: fc.Arbitrary<LoggedStay> = fc.record({
    enteredAt: fc.integer({ min: 0, max: 100 }).map((day) => now - day * dayMs),
    days: fc.integer({ min: 0, max: 60 }),
    ended: fc.boolean(),
    first: fc.boolean(),
    longest: fc.boolean(),
    fate: fc.constantFrom('open', 'moved-on', 'dropped'),
    won: fc.boolean(),
    closed: fc.boolean(),
    segments: fc.constant([]),
  });
  const stays = fc.array(stay, { maxLength: 50 });

  it('their fates add up, and later percentiles are not earlier', () => {
    fc.assert(
      fc.property(stays, (all) => {
        const { entered, movedOn, dropped, open, loops, median, p75, p90 } = stageFigures(all, 1);
        expect(movedOn + dropped + open).toBe(entered);
        expect(entered + loops).toBe(all.length);
        const values = [median, p75, p90].map((figure) => (figure.kind === 'known' ? (figure.value ?? Number.POSITIVE_INFINITY) : 0));
        expect(values).toEqual([...values].sort((a, b) => a - b));
      }),
    );
  });

  it('limits are exact where all are over, and those of the survival curve where some go on: the percentile is the same', () => {
    fc.assert(
      fc.property(fc.array(stay, { minLength: 1, maxLength: 50 }), (drawn) => {
        const over = drawn.map((each) => ({ ...each, ended: true }));
        const { median } = stageFigures(over, 1);
        const times = over.map(({ days }) => days).sort((a, b) => a - b);
        const { low, high } = limitRanks(times.length, 0.5);
        const curve = timeUntil(kaplanMeier(times.map((time) => ({ time, ended: true }))), 0.5);
        expect(median).toMatchObject({ n: times.length, value: curve.value, low: times[low - 1] ?? null, high: times[high - 1] ?? null });
      }),
    );
  });

  it('their order does not matter', () => {
    const shuffled = stays.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(stageFigures(other, 5)).toEqual(stageFigures(all, 5));
      }),
    );
  });
});
