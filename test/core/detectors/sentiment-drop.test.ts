import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentimentDrop } from '../../../src/core/detectors/sentiment-drop.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import { aJourney, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding } from './ask.ts';
import { expectToHoldUntilRecheck, someDays } from './holds-until-recheck.ts';

const omar = aPerson('Omar Haddad');
const measured = (values: Record<string, number>) =>
  Object.entries(values)
    .map(([day, value]) => ({ at: at(day), value }))
    .sort((a, b) => b.at - a.at);
const account = (metrics: Record<string, Record<string, number>> = {}, moods: [day: string, sentiment: number][] = []): Journey =>
  aJourney({
    kind: 'account',
    deal: null,
    committee: [omar],
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, values]) => [name, measured(values)])),
    touchpoints: moods.map(([day, sentiment]) => aTouchpoint('inbound', day, { person: 'Omar Haddad', sentiment, type: 'call' })),
  });

describe('sentiment-drop', () => {
  it('is said when a metric is under its bound, since it has been so', () => {
    const unhappy = account({ nps: { '2026-06-01': 9, '2026-09-01': 6, '2026-09-20': 4 } });
    expect(onlyFinding(sentimentDrop, unhappy, { now: '2026-09-21' })).toMatchObject({
      subject: 'metric:nps',
      since: at('2026-09-01'),
      dueAt: at('2026-09-01'),
      headline: 'NPS is 4',
      expected: 'NPS of 7 or more',
      evidence: [
        { label: 'NPS measured', at: at('2026-09-20') },
        { label: 'Before', text: '6' },
        { label: 'Bound', text: '7' },
      ],
      nextStep: 'Ask Omar Haddad what went wrong, and say what will be done',
    });
  });

  it('is said when a metric falls again and again, though it is not under its bound yet', () => {
    const falling = account({ nps: { '2026-06-01': 10, '2026-07-01': 9.5, '2026-08-01': 9, '2026-09-01': 8 } });
    expect(ask(sentimentDrop, falling, { now: '2026-08-15' }).findings).toEqual([]);
    expect(onlyFinding(sentimentDrop, falling, { now: '2026-09-01' })).toMatchObject({
      since: at('2026-09-01'),
      headline: 'NPS keeps falling, to 8',
    });
  });

  it('is said when the mood of the last talks is bad, and names the worst', () => {
    const sour = account({}, [
      ['2026-09-01', 1],
      ['2026-09-08', -1],
      ['2026-09-10', -2],
      ['2026-09-12', 0],
    ]);
    expect(onlyFinding(sentimentDrop, sour, { now: '2026-09-13' })).toMatchObject({
      subject: 'mood',
      since: at('2026-09-10'),
      people: ['p-omar-haddad'],
      nextStep: 'Call Omar Haddad about the call',
    });
  });

  it('is quiet about customers who are content, and cannot judge those of whom nothing is known', () => {
    const content = account({ nps: { '2026-09-01': 9 }, csat: { '2026-09-01': 4.4 } });
    expect(ask(sentimentDrop, content, { now: '2026-09-10' })).toMatchObject({ findings: [], undecided: ['mood'] });
    expect(ask(sentimentDrop, account(), { now: '2026-09-10' }).undecided).toEqual(['metric:nps', 'metric:csat', 'mood']);
  });

  it('does not open on what was said long ago, and does not take it back either', () => {
    const old = account({ nps: { '2026-01-01': 2 } });
    const counts = at('2026-05-01');
    expect(ask(sentimentDrop, old, { now: counts - 1 }).findings).toHaveLength(1);
    expect(ask(sentimentDrop, old, { now: counts })).toMatchObject({ findings: [], undecided: ['metric:nps', 'metric:csat', 'mood'] });
  });

  it('says nothing of deals, whose account has a journey of its own', () => {
    const deal = { ...account({ nps: { '2026-09-01': 2 } }), kind: 'deal' as const };
    expect(ask(sentimentDrop, deal, { now: '2026-09-10' })).toEqual({ findings: [], recheckAt: null });
  });

  it('says what ended it', () => {
    const before = account({ nps: { '2026-09-01': 4 } });
    expect(clearedBy(sentimentDrop, before, account({ nps: { '2026-09-01': 4, '2026-09-15': 8 } }), { now: '2026-09-16' })).toBe('NPS is 8');
    const sour: [string, number][] = [
      ['2026-09-08', -1],
      ['2026-09-09', -1],
      ['2026-09-10', -1],
    ];
    const better = account({}, [...sour, ['2026-09-14', 2]]);
    expect(clearedBy(sentimentDrop, account({}, sour), better, { now: '2026-09-16' })).toBe('their mood is better again');
  });

  it('holds until its recheckAt', () => {
    expectToHoldUntilRecheck(
      sentimentDrop,
      fc.record({
        bounds: fc.constant({ nps: 7, usage: 3 }),
        falls: fc.integer({ min: 2, max: 3 }),
        mood: fc.constantFrom(-0.5, 0),
        moods: fc.integer({ min: 2, max: 3 }),
        fresh: someDays(90),
      }),
    );
  });
});
