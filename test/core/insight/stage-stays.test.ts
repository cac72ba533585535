import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stageStays } from '../../../src/core/insight/stage-stays.ts';
import type { Journey, Outcome } from '../../../src/core/journey/journey.ts';
import { dayMs } from '../../../src/core/time.ts';
import { aJourney, aMap, at, officeHours } from '../builders.ts';

const map = aMap();
const now = at('2026-10-05 09:00');
const staysOf = (journey: Journey) => stageStays(journey, map, officeHours, now);
const ofJourney = (visits: [string | null, string][], outcome: Outcome = { state: 'open' }) =>
  staysOf(aJourney({ visits: visits.map(([stage, day]) => [stage, at(`${day} 09:00`)]), outcome }));
const ended = (state: 'won' | 'lost' | 'deleted', day: string): Outcome => ({ state, at: at(`${day} 09:00`) });

describe('the stays of a journey', () => {
  it('are as long as it took to leave them, a begun working day counted; the last one as long as it has been', () => {
    const stays = ofJourney([
      ['awareness', '2026-09-07'],
      ['consideration', '2026-09-09'],
      ['decision', '2026-09-21'],
    ]);
    expect(stays.map(({ stage, days, ended: left }) => [stage, days, left])).toEqual([
      ['awareness', 3, true],
      ['consideration', 9, true],
      ['decision', 10, false],
    ]);
  });

  it('tell what became of the journey after each stage', () => {
    const visits: [string, string][] = [
      ['awareness', '2026-09-07'],
      ['decision', '2026-09-09'],
      ['consideration', '2026-09-14'],
    ];
    const fatesOf = (outcome?: Outcome) => ofJourney(visits, outcome).map(({ stage, fate }) => [stage, fate]);
    expect(fatesOf()).toEqual([
      ['awareness', 'moved-on'],
      ['decision', 'open'],
      ['consideration', 'open'],
    ]);
    expect(fatesOf(ended('lost', '2026-09-16')).map(([, fate]) => fate)).toEqual(['moved-on', 'dropped', 'dropped']);
    expect(fatesOf(ended('deleted', '2026-09-16')).map(([, fate]) => fate)).toEqual(['moved-on', 'dropped', 'dropped']);
    expect(fatesOf(ended('won', '2026-09-16')).map(([, fate]) => fate)).toEqual(['moved-on', 'moved-on', 'moved-on']);
  });

  it('end with the journey where it was won or lost, and are lost from sight where it was deleted', () => {
    const last = (outcome: Outcome) => ofJourney([['decision', '2026-09-07']], outcome).map(({ days, ended: left }) => [days, left]);
    expect(last(ended('won', '2026-09-14'))).toEqual([[6, true]]);
    expect(last(ended('lost', '2026-09-14'))).toEqual([[6, true]]);
    expect(last(ended('deleted', '2026-09-14'))).toEqual([[5, false]]);
  });

  it('count a stage that is come back to as a loop, and know the longest stay in it', () => {
    const stays = ofJourney([
      ['decision', '2026-09-07'],
      ['consideration', '2026-09-08'],
      ['decision', '2026-09-09'],
    ]);
    expect(stays.map(({ stage, first, longest }) => [stage, first, longest])).toEqual([
      ['decision', true, false],
      ['consideration', true, true],
      ['decision', false, true],
    ]);
  });

  it('fold the CRM’s stages into those of the map, and pass over what the map does not know', () => {
    const stays = ofJourney([
      ['decision', '2026-09-07'],
      ['decision', '2026-09-08'],
      [null, '2026-09-10'],
      ['decision', '2026-09-11'],
    ]);
    expect(stays.map(({ days, first }) => [days, first])).toEqual([
      [4, true],
      [16, false],
    ]);
    expect(staysOf(aJourney({ visits: [['a stage that was taken off the map', now]] }))).toEqual([]);
  });
});

it('agree with each other, whatever the journey', () => {
  const visits = fc
    .uniqueArray(fc.tuple(fc.constantFrom('awareness', 'consideration', 'decision', null), fc.integer({ min: 0, max: 300 })), {
      maxLength: 8,
      selector: ([, day]) => day,
    })
    .map((drawn) => drawn.sort((a, b) => a[1] - b[1]).map(([stage, day]): [string | null, number] => [stage, at('2026-01-01') + day * dayMs]));
  const outcome = fc.constantFrom<Outcome>({ state: 'open' }, { state: 'won', at: now }, { state: 'lost', at: now }, { state: 'deleted', at: now });
  fc.assert(
    fc.property(visits, outcome, (drawn, how) => {
      const journey = aJourney({ visits: drawn, outcome: how });
      const before = structuredClone(journey);
      const stays = staysOf(journey);
      expect(journey).toEqual(before);
      for (const stage of new Set(stays.map((stay) => stay.stage))) {
        const own = stays.filter((stay) => stay.stage === stage);
        expect(own.filter(({ first }) => first)).toEqual([own[0]]);
        expect(own.filter(({ longest }) => longest).map(({ days }) => days)).toEqual([Math.max(...own.map(({ days }) => days))]);
      }
      for (const { days, fate, won } of stays) {
        expect(days).toBeGreaterThanOrEqual(0);
        if (won) expect(fate).toBe('moved-on');
      }
    }),
  );
});
