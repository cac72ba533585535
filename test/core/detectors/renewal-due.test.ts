import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renewalDue } from '../../../src/core/detectors/renewal-due.ts';
import type { AccountDeal, Journey } from '../../../src/core/journey/journey.ts';
import { aJourney, anAccount, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding } from './ask.ts';
import { expectToHoldUntilRecheck, someDays } from './holds-until-recheck.ts';

const opens = at('2026-12-01');
const lena = aPerson('Lena Brandt');
const account = (traits: Parameters<typeof aJourney>[0] = {}, renewalDate: string | null = '2027-03-01'): Journey =>
  aJourney({ kind: 'account', deal: null, committee: [lena], account: anAccount({ renewalDate }), ...traits });
const deal = (traits: Partial<AccountDeal> = {}): AccountDeal => ({
  id: 'd-9',
  name: 'Acme renewal',
  mapKey: 'renewals',
  startedAt: at('2026-12-05'),
  outcome: { state: 'open' },
  ...traits,
});

describe('renewal-due', () => {
  it('is said when the renewal is as near as that and nobody has talked about it', () => {
    expect(ask(renewalDue, account(), { now: opens - 1 })).toEqual({ findings: [], recheckAt: opens });
    expect(onlyFinding(renewalDue, account(), { now: opens })).toMatchObject({
      subject: 'renewal',
      since: opens,
      dueAt: opens,
      headline: 'The renewal is near and nobody talks about it',
      people: ['p-lena-brandt'],
      evidence: [{ label: 'Renewal', day: '2027-03-01' }],
      nextStep: 'Ask Lena Brandt for a date to talk about the renewal',
    });
  });

  it('still says so when the date is past, and nothing more when it is too old to say anything', () => {
    expect(onlyFinding(renewalDue, account(), { now: '2027-03-02' }).headline).toBe('The renewal date is past and nobody has talked about it');
    expect(ask(renewalDue, account(), { now: '2027-06-15' })).toEqual({ findings: [], recheckAt: null, undecided: 'all' });
  });

  it.each([
    [
      'a touchpoint about it, also one from before the window',
      account({ touchpoints: [aTouchpoint('outbound', '2026-10-01', { type: 'business_review' })] }),
    ],
    ['a deal for it', account({ deals: [deal()] })],
    ['a deal for it that was won', account({ deals: [deal({ outcome: { state: 'won', at: at('2026-12-20') } })] })],
  ])('is quiet with %s', (_, journey) => {
    expect(ask(renewalDue, journey, { now: '2026-12-28' }).findings).toEqual([]);
  });

  it.each([
    ['a touchpoint about something else', account({ touchpoints: [aTouchpoint('inbound', '2026-12-05', { type: 'support_request' })] })],
    ['talk of last year', account({ touchpoints: [aTouchpoint('outbound', '2026-02-01', { type: 'renewal_call' })] })],
    ['a deal on another map', account({ deals: [deal({ mapKey: 'new-business' })] })],
    ['a deal for it that was lost', account({ deals: [deal({ outcome: { state: 'lost', at: at('2026-12-20') } })] })],
  ])('does not take %s for it', (_, journey) => {
    expect(ask(renewalDue, journey, { now: '2026-12-28' }).findings).toHaveLength(1);
  });

  it('takes the milestones that it is told to', () => {
    const agreed = account({ milestones: { renewal_agreed: at('2026-12-03') } });
    expect(ask(renewalDue, agreed, { now: '2026-12-28', params: { milestones: ['renewal_agreed'] } }).findings).toEqual([]);
    expect(ask(renewalDue, agreed, { now: '2026-12-28' }).findings).toHaveLength(1);
  });

  it('says nothing where no renewal date is known, and nothing of deals', () => {
    expect(ask(renewalDue, account({}, null), { now: '2027-01-01' })).toEqual({ findings: [], recheckAt: null, undecided: 'all' });
    expect(ask(renewalDue, aJourney({ account: anAccount({ renewalDate: '2027-03-01' }) }), { now: '2027-01-01' }).findings).toEqual([]);
  });

  it('says what ended it', () => {
    const now = '2026-12-28';
    const called = account({ touchpoints: [aTouchpoint('outbound', '2026-12-20', { type: 'renewal_call', channel: 'phone' })] });
    expect(clearedBy(renewalDue, account(), called, { now })).toBe('it was talked about: renewal call (phone)');
    expect(clearedBy(renewalDue, account(), account({ deals: [deal()] }), { now })).toBe('there is a deal for it: Acme renewal');
    expect(clearedBy(renewalDue, account(), account({}, '2028-03-01'), { now })).toBe('the renewal date moved to 1 Mar 2028');
  });

  it('says what ended it, by the types, milestones and maps that it is told to look for', () => {
    const question = { now: '2026-12-28', params: { types: ['qbr'], milestones: ['renewal_agreed'], maps: ['renewing'] } };
    const call = aTouchpoint('outbound', '2026-12-20', { type: 'renewal_call' });
    const other = deal({ name: 'Expansion', mapKey: 'new-business' });
    const cleared = (traits: Parameters<typeof account>[0]) => {
      const before = account({ touchpoints: [call], deals: [other] });
      return clearedBy(renewalDue, before, account({ touchpoints: [call], deals: [other], ...traits }), question);
    };
    expect(cleared({ touchpoints: [call, aTouchpoint('outbound', '2026-12-22', { type: 'qbr' })] })).toBe('it was talked about: qbr');
    expect(cleared({ milestones: { renewal_agreed: at('2026-12-21') } })).toBe('it was talked about: renewal agreed');
    expect(cleared({ lastOf: { qbr: at('2026-12-21') } })).toBe('it was talked about: qbr');
    expect(cleared({ deals: [other, deal({ mapKey: 'renewing' })] })).toBe('there is a deal for it: Acme renewal');
  });

  it('holds until its recheckAt', () => {
    expectToHoldUntilRecheck(
      renewalDue,
      fc.record({
        window: someDays(120),
        talked: someDays(200),
        types: fc.subarray(['email', 'call']),
        milestones: fc.subarray(['kickoff']),
        maps: fc.subarray(['renewals']),
      }),
    );
  });
});
