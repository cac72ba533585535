import { describe, expect, it } from 'vitest';
import type { JourneyStory, VariantStory } from '../../../src/core/backtest/story.ts';
import { createTally } from '../../../src/core/backtest/tally.ts';
import { thresholdsOf } from '../../../src/core/backtest/variants.ts';
import { dayMs } from '../../../src/core/time.ts';
import { aConfig, at } from '../builders.ts';

const span = { from: at('2026-09-07'), to: at('2026-11-16') };
const facts = { knownFrom: 'occurred', signals: 7, erased: { account: 0, deal: 0, person: 0 }, limitsLearned: 0 } as const;
const thresholds = thresholdsOf(aConfig());
const silent = thresholds.flatMap(({ variants }) => variants.map((): VariantStory => ({ alerts: 0, firstAt: null })));

/** A deal that was open in the period; alerts of `stalled` so many days after its beginning. */
const aStory = (state: 'won' | 'lost' | 'open', alertedAfter: number[] = [], traits: Partial<JourneyStory> = {}): JourneyStory => ({
  ...{ id: 'deal:d', kind: 'deal', mapKey: 'new-business', rules: new Set(['stalled']), heldBack: new Map(), variants: silent },
  outcome: state === 'open' ? { state } : { state, at: span.from + 50 * dayMs },
  alerts: alertedAfter.map((days) => ({ rule: 'stalled', subject: 'journey', at: span.from + days * dayMs, endedAt: null, channels: ['#deals'] })),
  ...traits,
});
const reportOf = (...stories: JourneyStory[]) => {
  const tally = createTally(thresholds, span);
  for (const story of stories) tally.add(story);
  return tally.report(facts);
};
const times = (count: number, story: JourneyStory): JourneyStory[] => Array.from({ length: count }, () => story);
const stalledIn = (...stories: JourneyStory[]) => reportOf(...stories).rules.find(({ rule }) => rule === 'stalled');

describe('what a backtest adds up', () => {
  it('sets the alerted that were lost against all that ended', () => {
    const stories = [...times(15, aStory('lost', [20])), ...times(5, aStory('won', [30])), ...times(5, aStory('lost')), ...times(75, aStory('won'))];
    expect(stalledIn(...stories)).toMatchObject({
      alerts: 20,
      perWeek: 2,
      journeys: 20,
      base: { ended: 100, lost: 20, rate: { rate: 0.2 } },
      precision: { n: 20, rate: 0.75 },
      recall: { n: 20, rate: 0.75 },
      lift: { value: 3.75 },
      leadDays: { n: 15, value: 30 },
    });
  });

  it('counts a journey once, from its first alert, however many it has', () => {
    const found = stalledIn(...times(12, aStory('lost', [40, 10, 20])));
    expect(found).toMatchObject({ alerts: 36, journeys: 12, lost: 12, leadDays: { value: 40 } });
  });

  it('says too few under ten, and never a share of them', () => {
    expect(stalledIn(...times(9, aStory('lost', [20])))).toMatchObject({
      ...{
        ended: 9,
        precision: { kind: 'few', n: 9, needed: 10 },
        recall: { kind: 'few', n: 9 },
        lift: { kind: 'few' },
        leadDays: { kind: 'few', n: 9 },
      },
    });
  });

  it('leaves out of every share what has not ended, was deleted, or went away', () => {
    const others = [
      aStory('open', [20]),
      aStory('open', [20], { outcome: { state: 'deleted', at: span.to } }),
      aStory('open', [20], { outcome: null }),
    ];
    expect(stalledIn(...others)).toMatchObject({ alerts: 3, journeys: 3, ended: 0, base: { ended: 0 } });
  });

  it('looks at nothing that was not open in the period, and at alerts that stood in it', () => {
    const before = { rule: 'stalled', subject: 'journey', at: span.from - 9 * dayMs, endedAt: span.from - dayMs, channels: [] };
    const report = reportOf(
      aStory('lost', [], { rules: new Set() }),
      aStory('lost', [], { alerts: [before] }),
      aStory('lost', [], { alerts: [{ ...before, endedAt: null }] }),
    );
    expect(report.journeys).toEqual({ replayed: 3, inPeriod: 2, ended: 2, won: 0, lost: 2 });
    expect(report.rules[0]).toMatchObject({ rule: 'stalled', alerts: 0, journeys: 1, lost: 1 });
  });

  it('says where alerts go, a week and channel, and which stay in digests', () => {
    const digestOnly = { rule: 'stalled', subject: 'journey', at: span.from + 8 * dayMs, endedAt: null, channels: [] };
    const report = reportOf(aStory('open', [1, 2]), aStory('open', [], { alerts: [digestOnly] }));
    expect(report.channels).toEqual([
      { channel: '#deals', alerts: 2, perWeek: 0.2 },
      { channel: null, alerts: 1, perWeek: 0.1 },
    ]);
    expect(report.weeks.slice(0, 3).map(({ alerts }) => alerts)).toEqual([{ stalled: 2 }, { stalled: 1 }, {}]);
    expect(report.weeks).toHaveLength(10);
  });

  it('does the same with other numbers', () => {
    const place = thresholds.flatMap(({ rule, variants }) => variants.map(() => rule)).indexOf('stalled');
    const variants = silent.with(place, { alerts: 2, firstAt: span.from + 5 * dayMs });
    expect(stalledIn(...times(10, aStory('lost', [], { variants })))).toMatchObject({
      ...{
        alerts: 0,
        numbers: '15bd',
        variants: [{ factor: 0.5, numbers: '8bd', alerts: 20, precision: { rate: 1 }, leadDays: { value: 45 } }, {}, {}, {}],
      },
    });
  });
});
