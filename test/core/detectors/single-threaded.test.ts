import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { singleThreaded } from '../../../src/core/detectors/single-threaded.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import { aJourney, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, contextOf, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration } from './holds-until-recheck.ts';

const params = { window: '10d' };
const from = (person: string, when: string) => aTouchpoint('inbound', when, { person });
const visits: [string, number][] = [['decision', at('2026-08-01')]];
const committee = [aPerson('Priya Nair'), aPerson('Tom Weber', 'end_user')];
const thin = aJourney({ visits, committee, touchpoints: [from('Priya Nair', '2026-09-10'), from('Tom Weber', '2026-09-01')] });

describe('single-threaded', () => {
  it('is said when the second person’s last word has left the window', () => {
    expect(ask(singleThreaded, thin, { now: at('2026-09-11') - 1, params })).toEqual({ findings: [], recheckAt: at('2026-09-11') });
    expect(onlyFinding(singleThreaded, thin, { now: '2026-09-11', params })).toMatchObject({
      subject: 'journey',
      since: at('2026-09-01'),
      dueAt: at('2026-09-11'),
      headline: 'Only Priya Nair is active',
      expected: '2 people heard from within 10 days',
      people: ['p-priya-nair'],
      nextStep: 'Bring in Tom Weber',
    });
  });

  it('stays the same finding when the last person falls silent, too, and asks to be looked at then', () => {
    expect(ask(singleThreaded, thin, { now: '2026-09-11', params }).recheckAt).toBe(at('2026-09-20'));
    const answer = ask(singleThreaded, thin, { now: '2026-09-20', params });
    const headline = 'Fewer than 2 people are active';
    expect(answer).toMatchObject({ findings: [{ subject: 'journey', since: at('2026-09-01'), headline }], recheckAt: null });
    expect(answer.findings[0]?.evidence[0]).toEqual({ label: 'People active', count: 0, limit: 2 });
  });

  it('says that nobody is only where nobody was, for all the time that it names', () => {
    const headline = (journey: Journey, more = {}) =>
      onlyFinding(singleThreaded, journey, { now: '2026-09-20', params: { ...params, ...more } }).headline;
    expect(headline(aJourney({ visits, committee }))).toBe('Nobody is active');
    expect(headline(thin, { people: 1 })).toBe('Nobody is active');
    expect(headline(thin, { people: 3, window: '15d' })).toBe('Fewer than 3 people are active');
    expect(headline(thin, { people: 3, window: '20d' })).toBe('Only 2 people are active');
  });

  it('calls nobody active, or somebody the only one, since a day after which nobody else was heard from', () => {
    const headlineOf = (people: number, touchpoints: ReturnType<typeof from>[]) =>
      onlyFinding(singleThreaded, aJourney({ visits, committee, touchpoints }), { now: '2026-09-20', params: { ...params, people } }).headline;
    const [priya, tom] = [from('Priya Nair', '2026-09-15'), from('Tom Weber', '2026-09-05')];
    expect(headlineOf(2, [])).toBe('Nobody is active');
    expect(headlineOf(1, [tom])).toBe('Nobody is active');
    expect(headlineOf(2, [tom])).toBe('Fewer than 2 people are active');
    expect(headlineOf(3, [priya])).toBe('Only Priya Nair is active');
    expect(headlineOf(3, [priya, tom])).toBe('Fewer than 3 people are active');
  });

  it('has grace from the journey’s start', () => {
    const fresh = aJourney({ visits: [['decision', at('2026-09-07')]], committee, touchpoints: [from('Priya Nair', '2026-09-08')] });
    expect(ask(singleThreaded, fresh, { now: '2026-09-10', params })).toEqual({ findings: [], recheckAt: at('2026-09-17') });
    expect(onlyFinding(singleThreaded, fresh, { now: '2026-09-17', params }).since).toBe(at('2026-09-07'));
  });

  it('does not take our own mails for their activity', () => {
    const journey = aJourney({
      visits,
      committee,
      touchpoints: [from('Priya Nair', '2026-09-10'), aTouchpoint('outbound', '2026-09-10', { person: 'Tom Weber' })],
    });
    expect(subjectsOf(ask(singleThreaded, journey, { now: '2026-09-11', params }))).toEqual(['journey']);
  });

  it('counts those who are active but not on the committee', () => {
    const journey = aJourney({ visits, committee, touchpoints: [from('Priya Nair', '2026-09-10'), from('Somebody New', '2026-09-10')] });
    expect(subjectsOf(ask(singleThreaded, journey, { now: '2026-09-11', params }))).toEqual([]);
  });

  it('counts a person whose last word is not among the touchpoints that are remembered', () => {
    const journey = aJourney({
      visits,
      committee: [aPerson('Tom Weber', [], { lastInboundAt: at('2026-09-09') })],
      touchpoints: [from('Priya Nair', '2026-09-10')],
    });
    expect(ask(singleThreaded, journey, { now: '2026-09-11', params })).toEqual({ findings: [], recheckAt: at('2026-09-19') });
  });

  it('says nothing where the CRM never says who it was, nor stands by what it said before', () => {
    const journey = aJourney({ visits, touchpoints: [aTouchpoint('inbound', '2026-09-10')] });
    expect(ask(singleThreaded, journey, { now: at('2026-09-11'), params })).toEqual({ findings: [], recheckAt: null });
    expect(clearedBy(singleThreaded, aJourney({ visits }), journey, { now: '2026-09-11', params })).toBe('Acme GmbH got in touch: email');
  });

  it('ends when the only one who was active is deleted, and the CRM forgets who that was', () => {
    const alone = aJourney({ visits, committee: [aPerson('Priya Nair')], touchpoints: [from('Priya Nair', '2026-09-10')] });
    const deleted = aJourney({ visits, touchpoints: [aTouchpoint('inbound', '2026-09-10')] });
    expect(clearedBy(singleThreaded, alone, deleted, { now: '2026-09-11', params })).toBe('who was active is no longer on the buying committee');
  });

  it('asks for an introduction where nobody else is known', () => {
    const journey = aJourney({ visits, committee: [aPerson('Priya Nair')], touchpoints: [from('Priya Nair', '2026-09-10')] });
    expect(onlyFinding(singleThreaded, journey, { now: '2026-09-11', params }).nextStep).toBe('Ask Priya Nair to introduce a colleague');
    expect(onlyFinding(singleThreaded, aJourney({ visits }), { now: '2026-09-11', params }).nextStep).toBe('Find people to talk to at Acme GmbH');
  });

  it('says who ended it', () => {
    const joined = aJourney({ visits, committee, touchpoints: [from('Priya Nair', '2026-09-10'), from('Tom Weber', '2026-09-11')] });
    expect(clearedBy(singleThreaded, thin, joined, { now: '2026-09-11', params })).toBe('Tom Weber, Priya Nair are active');
  });

  it('counts those who ended it and are not on the buying committee, and names nobody who was active before', () => {
    const strangers = [from('Somebody New', '2026-09-10'), from('Another One', '2026-09-11')];
    const joined = aJourney({ visits, committee, touchpoints: [from('Priya Nair', '2026-09-10'), ...strangers] });
    const ended = (after: Journey, more = {}) => clearedBy(singleThreaded, thin, after, { now: '2026-09-11', params: { ...params, ...more } });
    expect(ended(joined)).toBe('Priya Nair and 2 other people are active');
    expect(ended(aJourney({ visits, committee, touchpoints: strangers }))).toBe('2 people who are not on the buying committee are active');
    const finding = onlyFinding(singleThreaded, thin, { now: '2026-09-11', params });
    const fewer = singleThreaded.params.parse({ ...params, people: 1 });
    expect(singleThreaded.cleared(finding, thin, contextOf(thin, { now: '2026-09-11' }), fewer)).toBe(
      'the journey map or the CRM record was corrected',
    );
  });

  it('says its parameters in words', () => {
    expect(singleThreaded.explain(singleThreaded.params.parse({ people: 1, window: '5d' }))).toBe('nobody heard from within 5 days');
    expect(singleThreaded.explain(singleThreaded.params.parse({}))).toBe('fewer than 2 people heard from within 30 days');
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(singleThreaded, fc.record({ people: fc.integer({ min: 1, max: 4 }), window: someDuration }));
  });
});
