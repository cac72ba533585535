import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skippedStage } from '../../../src/core/detectors/skipped-stage.ts';
import { aJourney, aMap, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck } from './holds-until-recheck.ts';

const map = aMap({
  stages: ['awareness', { key: 'consideration', required: true }, { key: 'decision', required: true }, 'implementation', 'growth'],
});
const through = (...stages: (string | null)[]) => aJourney({ visits: stages.map((stage, index) => [stage, at('2026-09-07') + index * 86_400_000]) });
const now = '2026-10-01';
const found = (...stages: (string | null)[]) => subjectsOf(ask(skippedStage, through(...stages), { now, map }));

describe('skipped-stage', () => {
  it('is said of a required stage that was jumped over, since the jump', () => {
    expect(onlyFinding(skippedStage, through('awareness', 'decision'), { now, map })).toMatchObject({
      subject: 'stage:consideration',
      since: at('2026-09-08'),
      dueAt: at('2026-09-08'),
      headline: 'Consideration skipped or not observed',
      expected: 'goes through Consideration before Decision',
      nextStep: 'Make up for Consideration with Acme GmbH, or note in the CRM that it happened',
    });
  });

  it('speaks of each stage apart, and keeps speaking of them when the journey goes on', () => {
    expect(found('awareness', 'implementation')).toEqual(['stage:consideration', 'stage:decision']);
    expect(found('awareness', 'implementation', 'growth')).toEqual(['stage:consideration', 'stage:decision']);
  });

  it('is not said of stages that are not required, nor of ones that were visited at any time', () => {
    expect(found('awareness', 'consideration', 'decision', 'growth')).toEqual([]);
    expect(found('consideration', 'awareness', 'decision')).toEqual([]);
    expect(found('awareness', 'decision', 'consideration', 'decision')).toEqual([]);
  });

  it('is not said of a journey that was first heard of in a late stage', () => {
    expect(found('decision')).toEqual([]);
    expect(found('decision', 'implementation')).toEqual([]);
  });

  it('is not said while the journey is before the stage again', () => {
    expect(found('awareness', 'decision', 'awareness')).toEqual([]);
  });

  it('cannot tell where a stage that the map does not know lies on the way', () => {
    expect(ask(skippedStage, through('awareness', null, 'decision'), { now, map })).toEqual({
      findings: [],
      recheckAt: null,
      undecided: ['stage:consideration'],
    });
    expect(ask(skippedStage, through('awareness', null), { now, map }).undecided).toBe('all');
  });

  it('waits for a jump that the CRM dates in the future', () => {
    expect(ask(skippedStage, through('awareness', 'decision'), { now: '2026-09-07', map })).toEqual({ findings: [], recheckAt: at('2026-09-08') });
  });

  it('says what ended it', () => {
    const jumped = through('awareness', 'decision');
    const clear = (...stages: string[]) => clearedBy(skippedStage, jumped, through(...stages), { now, map });
    expect(clear('awareness', 'decision', 'consideration')).toBe('Consideration was visited');
    expect(clear('awareness', 'decision', 'awareness')).toBe('moved to Awareness');
    expect(
      clearedBy(skippedStage, through('awareness', 'implementation'), through('decision', 'implementation'), {
        now,
        map: aMap({ stages: ['awareness', { key: 'consideration', required: true }, 'decision', 'implementation'] }),
      }),
    ).toBe('the journey map or the CRM record was corrected');
  });

  it('says in words what it looks for', () => {
    expect(skippedStage.explain({})).toBe('jumped over a required stage, or it was not observed');
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(skippedStage, fc.constant({}));
  });
});
