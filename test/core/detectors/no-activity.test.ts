import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noActivity } from '../../../src/core/detectors/no-activity.ts';
import { aJourney, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration, someTypes } from './holds-until-recheck.ts';

const params = { after: '5bd', patience: '5bd' };
const start = at('2026-09-07 09:00');
const priya = aPerson('Priya Nair');
const call = aTouchpoint('outbound', '2026-09-08 10:00', { type: 'call', person: 'Priya Nair' });
const quiet = aJourney({ committee: [priya], touchpoints: [call] });
const limit = at('2026-09-15 10:00');

describe('no-activity', () => {
  it('is not said before the limit, and is said at it', () => {
    expect(ask(noActivity, quiet, { now: limit - 1, params })).toEqual({ findings: [], recheckAt: limit });
    expect(onlyFinding(noActivity, quiet, { now: limit, params })).toMatchObject({
      subject: 'journey',
      since: call.at,
      dueAt: limit,
      headline: 'No activity',
      expected: 'a touchpoint in either direction every 5 working days',
      people: ['p-priya-nair'],
      evidence: [
        { label: 'Last touchpoint', at: call.at },
        { label: 'It was', text: 'call, outbound' },
      ],
      nextStep: 'Get in touch with Priya Nair and agree on a dated next step',
    });
  });

  it.each(['inbound', 'outbound'] as const)('counts %s touchpoints', (direction) => {
    const journey = aJourney({ touchpoints: [aTouchpoint(direction, '2026-09-10 10:00')] });
    expect(ask(noActivity, journey, { now: limit, params }).recheckAt).toBe(at('2026-09-17 10:00'));
  });

  it('counts what an account’s people did on its deals, and says so; of a deal only what names no other', () => {
    const busy = aPerson('Priya Nair', [], { lastInboundAt: at('2026-09-10 10:00') });
    const account = aJourney({ kind: 'account', committee: [busy], touchpoints: [call] });
    expect(ask(noActivity, account, { now: limit, params }).recheckAt).toBe(at('2026-09-17 10:00'));
    expect(onlyFinding(noActivity, account, { now: at('2026-09-17 10:00'), params }).evidence).toEqual([
      { label: 'Last touchpoint, with Priya Nair on a deal', at: at('2026-09-10 10:00') },
    ]);
    const again = aJourney({ kind: 'account', committee: [{ ...busy, lastInboundAt: at('2026-09-18 10:00') }], touchpoints: [call] });
    expect(clearedBy(noActivity, account, again, { now: at('2026-09-18 10:00'), params })).toBe('Priya Nair and we talked about a deal');
    expect(onlyFinding(noActivity, { ...account, kind: 'deal' }, { now: limit, params }).since).toBe(call.at);
  });

  it('does not count the types it is told to ignore', () => {
    const journey = aJourney({ touchpoints: [call, aTouchpoint('outbound', '2026-09-14 10:00', { type: 'newsletter' })] });
    expect(onlyFinding(noActivity, journey, { now: limit, params: { ...params, ignore: ['newsletter'] } }).since).toBe(call.at);
  });

  it('counts from the journey’s start where nothing has happened yet', () => {
    expect(onlyFinding(noActivity, aJourney(), { now: '2026-09-14 09:00', params })).toMatchObject({ since: start, headline: 'No activity yet' });
  });

  it('gives a journey that has just moved the whole time, and still knows since when nothing happened', () => {
    const journey = aJourney({
      visits: [
        ['consideration', start],
        ['decision', at('2026-09-14 09:00')],
      ],
      touchpoints: [call],
    });
    expect(ask(noActivity, journey, { now: limit, params })).toEqual({ findings: [], recheckAt: at('2026-09-21 09:00') });
    expect(onlyFinding(noActivity, journey, { now: '2026-09-21 09:00', params }).since).toBe(call.at);
  });

  it('gives a deal that began after the account’s last touchpoint the whole time', () => {
    const journey = aJourney({ touchpoints: [aTouchpoint('inbound', '2026-02-02 10:00')] });
    expect(ask(noActivity, journey, { now: '2026-09-08', params }).recheckAt).toBe(at('2026-09-14 09:00'));
  });

  it('waits for a dated next step, but not longer than its patience', () => {
    const waiting = (due: string) =>
      ask(noActivity, { ...quiet, nextStep: { title: 'Security review', due, setAt: start } }, { now: limit, params }).recheckAt;
    expect(waiting('2026-09-17')).toBe(at('2026-09-18'));
    expect(waiting('2027-09-17')).toBe(at('2026-09-22 10:00'));
  });

  it('speaks of journeys in unknown stages, too', () => {
    const journey = aJourney({ visits: [[null, start]] });
    expect(onlyFinding(noActivity, journey, { now: '2026-09-14 09:00', params }).subject).toBe('journey');
  });

  it('says what is expected every day, or every so many', () => {
    const expected = (after: string) => onlyFinding(noActivity, quiet, { now: limit, params: { after } }).expected;
    expect(expected('1bd')).toBe('a touchpoint in either direction every working day');
    expect(expected('2bd')).toBe('a touchpoint in either direction every 2 working days');
  });

  it('says what ended it', () => {
    const answered = aJourney({
      committee: [priya],
      touchpoints: [call, aTouchpoint('inbound', '2026-09-15 11:00', { person: 'Priya Nair', channel: 'web', type: 'demo_request' })],
    });
    const called = aJourney({
      committee: [priya],
      touchpoints: [call, aTouchpoint('outbound', '2026-09-15 11:00', { person: 'Priya Nair', channel: 'email' })],
    });
    const moved = aJourney({
      visits: [
        ['decision', start],
        ['implementation', at('2026-09-15 11:00')],
      ],
      touchpoints: [call],
    });
    const planned = { ...quiet, nextStep: { title: 'Security review', due: '2026-09-18', setAt: at('2026-09-15 11:00') } };
    expect(clearedBy(noActivity, quiet, answered, { now: limit, params })).toBe('Priya Nair got in touch: demo request (web)');
    expect(clearedBy(noActivity, quiet, called, { now: limit, params })).toBe('we contacted Priya Nair: email');
    expect(clearedBy(noActivity, quiet, moved, { now: limit, params })).toBe('moved to Implementation');
    expect(clearedBy(noActivity, quiet, planned, { now: limit, params })).toBe('next step set: Security review');
    const mailed = aJourney({
      committee: [priya],
      touchpoints: [aTouchpoint('outbound', '2026-09-15 12:00', { type: 'newsletter' }), ...answered.touchpoints],
    });
    const ignoring = { now: limit, params: { ...params, ignore: ['newsletter'] } };
    expect(clearedBy(noActivity, quiet, mailed, ignoring)).toBe('Priya Nair got in touch: demo request (web)');
    expect(clearedBy(noActivity, quiet, { ...called, nextStep: planned.nextStep }, { now: limit, params })).toBe('we contacted Priya Nair: email');
  });

  it('says its parameters in words', () => {
    expect(noActivity.explain(noActivity.params.parse({ ignore: ['newsletter'] }))).toBe(
      'no touchpoint in either direction for 10 working days, not counting newsletter',
    );
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(noActivity, fc.record({ after: someDuration, patience: someDuration, ignore: fc.array(someTypes, { maxLength: 2 }) }));
  });
});
