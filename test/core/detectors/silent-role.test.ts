import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentRole } from '../../../src/core/detectors/silent-role.ts';
import { aJourney, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration, someRole } from './holds-until-recheck.ts';

const params = { after: '5bd' };
const heard = aTouchpoint('inbound', '2026-09-08 10:00', { person: 'Priya Nair' });
const priya = aPerson('Priya Nair', 'champion');
const tom = aPerson('Tom Weber', 'end_user');
const silent = aJourney({ committee: [priya, tom], touchpoints: [heard] });
const limit = at('2026-09-15 10:00');

describe('silent-role', () => {
  it('is said of a person who matters and has not been heard from', () => {
    expect(ask(silentRole, silent, { now: limit - 1, params })).toEqual({ findings: [], recheckAt: limit });
    expect(onlyFinding(silentRole, silent, { now: limit, params })).toMatchObject({
      subject: 'person:p-priya-nair',
      since: heard.at,
      dueAt: limit,
      headline: 'Priya Nair, champion, has gone silent',
      expected: 'heard from every 5 working days',
      people: ['p-priya-nair'],
      nextStep: 'Call Priya Nair, or ask Tom Weber what has changed',
    });
  });

  it('is not broken by what we send', () => {
    const chased = aJourney({ committee: [priya], touchpoints: [heard, aTouchpoint('outbound', '2026-09-14 10:00', { person: 'Priya Nair' })] });
    const finding = onlyFinding(silentRole, chased, { now: limit, params });
    expect(finding.evidence).toContainEqual({ label: 'Last contacted', at: at('2026-09-14 10:00') });
    expect(finding.nextStep).toBe('Call Priya Nair');
  });

  it('speaks of each such person apart', () => {
    const journey = aJourney({ committee: [priya, aPerson('Ana Ruiz', ['legal', 'economic_buyer']), tom] });
    expect(subjectsOf(ask(silentRole, journey, { now: limit, params }))).toEqual(['person:p-ana-ruiz', 'person:p-priya-nair']);
    expect(subjectsOf(ask(silentRole, journey, { now: limit, params: { ...params, roles: ['end_user'] } }))).toEqual(['person:p-tom-weber']);
  });

  it('counts from when a new person was added, and from when the journey began', () => {
    const added = aJourney({ committee: [aPerson('Priya Nair', 'champion', { addedAt: at('2026-09-10 10:00') })] });
    expect(ask(silentRole, added, { now: limit, params })).toEqual({ findings: [], recheckAt: at('2026-09-17 10:00') });
    expect(onlyFinding(silentRole, added, { now: '2026-09-17 10:00', params }).headline).toBe('Never heard from Priya Nair, champion');
    const oldFriend = aJourney({ committee: [{ ...priya, lastInboundAt: at('2026-02-02') }] });
    expect(ask(silentRole, oldFriend, { now: '2026-09-08', params }).recheckAt).toBe(at('2026-09-14 09:00'));
  });

  it('counts what the person says on another deal', () => {
    const journey = aJourney({ committee: [{ ...priya, lastInboundAt: at('2026-09-11 10:00') }], touchpoints: [heard] });
    expect(ask(silentRole, journey, { now: limit, params }).recheckAt).toBe(at('2026-09-18 10:00'));
  });

  it('says what ended it', () => {
    const answer = aTouchpoint('inbound', '2026-09-15 11:00', { person: 'Priya Nair', type: 'meeting' });
    const clear = (after: Parameters<typeof aJourney>[0]) => clearedBy(silentRole, silent, aJourney(after), { now: limit, params });
    expect(clear({ committee: [priya], touchpoints: [heard, answer] })).toBe('Priya Nair got in touch: meeting');
    expect(clear({ committee: [{ ...priya, lastInboundAt: answer.at }], touchpoints: [heard] })).toBe('Priya Nair got in touch');
    expect(clear({ committee: [tom] })).toBe('no longer on the buying committee');
    expect(clear({ committee: [aPerson('Priya Nair', 'end_user')], touchpoints: [heard] })).toBe('Priya Nair no longer has the role “champion”');
  });

  it('says its parameters in words', () => {
    expect(silentRole.explain(silentRole.params.parse({}))).toBe('nothing heard from a person who is champion or economic buyer for 10 working days');
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(silentRole, fc.record({ after: someDuration, roles: fc.uniqueArray(someRole, { minLength: 1, maxLength: 3 }) }));
  });
});
