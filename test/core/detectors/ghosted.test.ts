import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ghosted } from '../../../src/core/detectors/ghosted.ts';
import { touchpointId } from '../../../src/core/journey/happening.ts';
import { aJourney, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration } from './holds-until-recheck.ts';

const inbound = aTouchpoint('inbound', '2026-09-04 10:00', { person: 'Priya Nair' });
const attempts = ['2026-09-07 10:00', '2026-09-08 10:00', '2026-09-09 10:00'].map((when) => aTouchpoint('outbound', when, { person: 'Priya Nair' }));
const [first, second] = attempts;
const committee = [aPerson('Priya Nair'), aPerson('Tom Weber')];
const silent = aJourney({ committee, touchpoints: [inbound, ...attempts] });
const limit = at('2026-09-14 10:00');

describe('ghosted', () => {
  it('is said when enough attempts have no answer and the first of them is old enough', () => {
    expect(ask(ghosted, silent, { now: limit - 1 })).toEqual({ findings: [], recheckAt: limit });
    expect(onlyFinding(ghosted, silent, { now: limit })).toMatchObject({
      subject: 'journey',
      since: inbound.at,
      dueAt: limit,
      headline: 'No answer to our last 3 attempts',
      expected: 'an answer within 5 working days',
      people: ['p-priya-nair'],
      evidence: [
        { label: 'Last heard from them', at: inbound.at },
        { label: 'First attempt since', at: first?.at },
        { label: 'Attempts without an answer', count: 3, limit: 3 },
      ],
      nextStep: 'Try Tom Weber instead of Priya Nair',
    });
  });

  it('does not count where one attempt is enough', () => {
    const headline = (touchpoints: typeof attempts) =>
      onlyFinding(ghosted, aJourney({ committee, touchpoints }), { now: '2026-09-21', params: { attempts: 1 } }).headline;
    const once = attempts.slice(0, 1);
    expect(headline(once)).toBe('No answer yet to our first attempt');
    expect(headline([inbound, ...once])).toBe('No answer to our last attempt');
  });

  it('is not said of too few attempts, however old', () => {
    const journey = aJourney({ touchpoints: [inbound, ...attempts.slice(0, 2)] });
    expect(ask(ghosted, journey, { now: '2027-09-14' })).toEqual({ findings: [], recheckAt: null });
  });

  it('counts an e-mail to two people as one attempt, and names all of them', () => {
    const people = [aPerson('Priya Nair'), aPerson('Tom Weber')];
    const each = attempts.flatMap((attempt) => people.map(({ id }) => ({ ...attempt, id: touchpointId(attempt.id, id), personId: id })));
    expect(subjectsOf(ask(ghosted, aJourney({ committee, touchpoints: [inbound, ...each.slice(0, 4)] }), { now: '2027-01-01' }))).toEqual([]);
    expect(onlyFinding(ghosted, aJourney({ committee, touchpoints: [inbound, ...each] }), { now: limit })).toMatchObject({
      headline: 'No answer to our last 3 attempts',
      people: people.map(({ id }) => id),
    });
  });

  it('is true from the attempt that is one too many, where the first is old enough by then', () => {
    const late = aTouchpoint('outbound', '2026-09-21 10:00');
    const journey = aJourney({ touchpoints: [inbound, ...attempts.slice(0, 2), late] });
    expect(onlyFinding(ghosted, journey, { now: '2026-09-21 10:00' }).dueAt).toBe(late.at);
  });

  it('is ended by any answer, and counts anew from it', () => {
    const answered = aJourney({
      committee,
      touchpoints: [inbound, ...attempts, aTouchpoint('inbound', '2026-09-15 10:00', { person: 'Tom Weber' })],
    });
    expect(subjectsOf(ask(ghosted, answered, { now: '2027-01-01' }))).toEqual([]);
    expect(clearedBy(ghosted, silent, answered, { now: limit })).toBe('Tom Weber got in touch: email');
  });

  it('speaks of those who never answered at all, since the first attempt', () => {
    const journey = aJourney({ touchpoints: attempts });
    expect(onlyFinding(ghosted, journey, { now: limit })).toMatchObject({
      since: first?.at,
      headline: 'No answer yet to 3 attempts',
      nextStep: 'Try Acme GmbH another way: call, or ask for a new contact',
    });
  });

  it('keeps its since while more attempts are made', () => {
    const more = aJourney({ touchpoints: [inbound, ...attempts, aTouchpoint('outbound', '2026-09-14 09:00')] });
    expect(onlyFinding(ghosted, more, { now: limit })).toMatchObject({
      since: inbound.at,
      dueAt: limit,
      headline: 'No answer to our last 4 attempts',
    });
  });

  it('does not claim an answer where the attempts were taken back', () => {
    const fewer = aJourney({ touchpoints: [inbound, ...(second === undefined ? [] : [second])] });
    expect(clearedBy(ghosted, silent, fewer, { now: limit })).toBe('the journey map or the CRM record was corrected');
  });

  it('says its parameters in words', () => {
    expect(ghosted.explain(ghosted.params.parse({}))).toBe('3 or more attempts since their last answer, the first more than 5 working days ago');
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(ghosted, fc.record({ attempts: fc.integer({ min: 1, max: 4 }), after: someDuration }));
  });
});
