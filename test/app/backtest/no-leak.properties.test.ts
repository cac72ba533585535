import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { endingsOf } from '../../../src/app/backtest/endings-of.ts';
import type { TimeOfKnowing } from '../../../src/app/backtest/time-of-knowing.ts';
import { erasOf } from '../../../src/core/backtest/eras.ts';
import type { RaisedAlert } from '../../../src/core/backtest/story.ts';
import { stalled } from '../../../src/core/detectors/stalled.ts';
import { teach } from '../../../src/core/detectors/teach.ts';
import type { JourneyConfig } from '../../../src/core/journey/journey-map.ts';
import { placeOf } from '../../../src/core/journey/past.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import type { EpochMs } from '../../../src/core/time.ts';
import { end, kept, saidBefore, someCut, someHistory, someMap, start, storiesByGroup, storiesOf } from './some-history.ts';

const happened: TimeOfKnowing = ({ signal }) => signal.occurredAt;

/** The alerts of a history that ends at `to`. */
type Replay = (signals: Signal[], to: EpochMs) => (RaisedAlert & { journey: string })[];

const honest: Replay = (signals, to) => saidBefore(storiesByGroup(signals, { span: { from: start, to } }), to);

/**
 * How a leak is found, whatever leaks: a replay of only what was known by an instant must have said the very same until then as a replay of everything.
 * Whoever looks at what comes later, or at how it ended, says something else when there is nothing later.
 */
const saysTheSame = (replay: Replay) =>
  fc.property(someHistory, someCut, (signals, cut) => {
    const whole = replay(signals, end).filter(({ at }) => at < cut);
    const known = replay(
      signals.filter(({ occurredAt }) => occurredAt < cut),
      cut,
    );
    expect(known).toEqual(whole.map((alert) => ({ ...alert, endedAt: alert.endedAt !== null && alert.endedAt < cut ? alert.endedAt : null })));
  });

const isCaught = (replay: Replay): boolean => fc.check(saysTheSame(replay), { numRuns: 300, seed: 4 }).failed;

/** Stages are left within what three quarters of the won ones took, from two of them on. */
function learningMap(): JourneyConfig {
  const config = someMap();
  const after = { after: { percentile: 75 }, otherwise: { amount: 20, unit: 'bd' }, sample: 1, patience: { amount: 5, unit: 'bd' } };
  const rules = { ...config.maps[0]?.rules, stalled: { base: { severity: 'warning' as const, params: after }, segments: {} } };
  return { ...config, maps: config.maps.map((map) => ({ ...map, stages: map.stages.map((stage) => ({ ...stage, rules })) })) };
}

describe('a replay', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('goes by nothing but what was known at each moment', () => {
    fc.assert(saysTheSame(honest), { numRuns: 150 });
  });

  it('learns from nothing but what had ended before each moment', () => {
    const config = learningMap();
    const learning: Replay = (signals, to) => {
      const eras = erasOf(config, endingsOf(kept(signals), config, happened));
      return saidBefore(storiesByGroup(signals, { config, eras, span: { from: start, to } }), to);
    };
    fc.assert(saysTheSame(learning), { numRuns: 150 });
  });

  it('says the same group by group as in one go', () => {
    fc.assert(
      fc.property(someHistory, (signals) => {
        expect(saidBefore(storiesByGroup(signals), end)).toEqual(saidBefore(storiesOf(signals), end));
      }),
      { numRuns: 100 },
    );
  });

  it('is caught where the end is known from the beginning', () => {
    const early: TimeOfKnowing = ({ signal }) => (signal.type === 'deal.upserted' && signal.deal.status === 'lost' ? start : signal.occurredAt);
    expect(isCaught((signals, to) => saidBefore(storiesByGroup(signals, { knownAt: early, span: { from: start, to } }), to))).toBe(true);
  });

  it('is caught where a rule looks at what comes later', () => {
    const { detect } = stalled;
    let known: Signal[] = [];
    vi.spyOn(stalled, 'detect').mockImplementation((journey, params, context) => {
      const lost = known.some((signal) => signal.type === 'deal.upserted' && signal.deal.id === journey.deal?.id && signal.deal.status === 'lost');
      return lost ? detect(journey, { ...(params as object), after: { amount: 1, unit: 'bd' } }, context) : detect(journey, params, context);
    });
    const peeking: Replay = (signals, to) => {
      known = signals;
      return honest(signals, to);
    };
    expect(isCaught(peeking)).toBe(true);
  });

  it('is caught where a limit was learned from everything', () => {
    const config = learningMap();
    const all: Replay = (signals, to) => {
      const stages: Record<string, { learnedOn: string; groups: { segments: string[]; stays: [number, number, number][] }[] }> = {};
      for (const { mapKey, stage, days } of endingsOf(kept(signals), config, happened).filter(({ won }) => won))
        stages[placeOf(mapKey, stage)] = { learnedOn: '2026-12-01', groups: [{ segments: [], stays: [[days, 1, 0]] }] };
      const taught = teach(config, { version: '1', lookedOn: '2026-12-01', config: config.version, stages });
      const eras = [{ from: Number.NEGATIVE_INFINITY, config: taught, changed: [] }];
      return saidBefore(storiesByGroup(signals, { config: taught, eras, span: { from: start, to } }), to);
    };
    expect(isCaught(all)).toBe(true);
  });
});
