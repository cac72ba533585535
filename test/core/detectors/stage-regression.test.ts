import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stageRegression } from '../../../src/core/detectors/stage-regression.ts';
import { aJourney, aMap, aPerson, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck } from './holds-until-recheck.ts';

/** A journey that entered these stages on one day after the other, from 2026-09-07 on. */
const through = (...stages: (string | null)[]) => aJourney({ visits: stages.map((stage, index) => [stage, at('2026-09-07') + index * 86_400_000]) });
const now = '2026-10-01';
const backwards = through('consideration', 'decision', 'consideration');
const map = aMap({ allowedMoves: [{ from: 'decision', to: 'consideration' }] });

describe('stage-regression', () => {
  it('is said of a move back that the map does not allow, since that move', () => {
    const journey = { ...backwards, committee: [aPerson('Priya Nair')] };
    expect(onlyFinding(stageRegression, journey, { now })).toMatchObject({
      subject: 'journey',
      since: at('2026-09-09'),
      dueAt: at('2026-09-09'),
      headline: 'Moved back from Decision to Consideration',
      expected: 'does not move back from Decision to Consideration',
      people: ['p-priya-nair'],
      nextStep: 'Ask Priya Nair what led back to Consideration',
    });
  });

  it('is not said of moves on, nor of moves back that the map allows', () => {
    expect(subjectsOf(ask(stageRegression, through('consideration', 'decision', 'implementation'), { now }))).toEqual([]);
    expect(subjectsOf(ask(stageRegression, through('decision'), { now }))).toEqual([]);
    expect(subjectsOf(ask(stageRegression, backwards, { now, map }))).toEqual([]);
  });

  it('is said of an allowed move back that happens once too often', () => {
    const twice = through('consideration', 'decision', 'consideration', 'decision', 'consideration');
    const thrice = through('consideration', 'decision', 'consideration', 'decision', 'consideration', 'decision', 'consideration');
    expect(subjectsOf(ask(stageRegression, twice, { now, map }))).toEqual([]);
    const finding = onlyFinding(stageRegression, thrice, { now, map });
    expect(finding).toMatchObject({ headline: 'Back in Consideration again', expected: 'comes back to Consideration at most 2 times' });
    expect(finding.evidence).toContainEqual({ label: 'Times back in Consideration', count: 3, limit: 2 });
    expect(subjectsOf(ask(stageRegression, twice, { now, map, params: { loops: 1 } }))).toEqual(['journey']);
    expect(onlyFinding(stageRegression, twice, { now, map, params: { loops: 0 } }).expected).toBe('does not come back to Consideration');
  });

  it('sees through a stage on the way that the map does not know', () => {
    expect(onlyFinding(stageRegression, through('decision', null, 'consideration'), { now }).since).toBe(at('2026-09-09'));
    expect(subjectsOf(ask(stageRegression, through('consideration', null, 'consideration'), { now }))).toEqual([]);
  });

  it('can say nothing in a stage that the map does not know', () => {
    expect(ask(stageRegression, through('decision', 'consideration', null), { now })).toEqual({ findings: [], recheckAt: null, undecided: 'all' });
  });

  it('ends when the journey moves on, even to where it is still behind', () => {
    const behind = through('awareness', 'decision', 'awareness');
    const movedOn = through('awareness', 'decision', 'awareness', 'consideration');
    expect(clearedBy(stageRegression, behind, movedOn, { now })).toBe('moved to Consideration');
  });

  it('waits for a move that the CRM dates in the future', () => {
    expect(ask(stageRegression, backwards, { now: at('2026-09-09') - 1 })).toEqual({ findings: [], recheckAt: at('2026-09-09') });
  });

  it('says its parameters in words', () => {
    expect(stageRegression.explain(stageRegression.params.parse({}))).toBe(
      'moved back where the journey map does not allow it, or back in the same stage more than 2 times',
    );
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(stageRegression, fc.record({ loops: fc.integer({ min: 0, max: 2 }) }));
  });
});
