import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { responseGap } from '../../../src/core/detectors/response-gap.ts';
import { aJourney, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck, someDuration, someTypes } from './holds-until-recheck.ts';

const question = (when: string, person?: string) =>
  aTouchpoint('inbound', when, { type: 'question', channel: 'email', ...(person === undefined ? {} : { person }) });
const answer = (when: string, person?: string) => aTouchpoint('outbound', when, person === undefined ? {} : { person });
const committee = [aPerson('Priya Nair'), aPerson('Tom Weber')];
const asked = question('2026-09-07 13:00', 'Priya Nair');
const waiting = aJourney({ committee, touchpoints: [asked] });
// Eight working hours after Monday 13:00.
const limit = at('2026-09-08 13:00');

describe('response-gap', () => {
  it('is said when a question has no answer in time', () => {
    expect(ask(responseGap, waiting, { now: limit - 1 })).toEqual({ findings: [], recheckAt: limit });
    expect(onlyFinding(responseGap, waiting, { now: limit })).toMatchObject({
      subject: 'person:p-priya-nair',
      since: asked.at,
      dueAt: limit,
      headline: 'Priya Nair is waiting for an answer',
      expected: 'an answer within 8 working hours',
      people: ['p-priya-nair'],
      evidence: [
        { label: 'They sent', text: 'question (email)' },
        { label: 'On', at: asked.at },
      ],
      nextStep: 'Answer Priya Nair',
    });
  });

  it('is one finding for all that a person waits for, about the oldest of it', () => {
    const journey = aJourney({
      committee,
      touchpoints: [asked, question('2026-09-08 09:00', 'Priya Nair'), question('2026-09-08 10:00', 'Priya Nair')],
    });
    const finding = onlyFinding(responseGap, journey, { now: limit });
    expect(finding).toMatchObject({ subject: 'person:p-priya-nair', since: asked.at });
    expect(finding.evidence).toContainEqual({ label: 'Unanswered so far', count: 3 });
  });

  it('speaks of each person apart', () => {
    const journey = aJourney({ committee, touchpoints: [asked, question('2026-09-07 14:00', 'Tom Weber')] });
    expect(ask(responseGap, journey, { now: limit })).toMatchObject({
      findings: [{ subject: 'person:p-priya-nair' }],
      recheckAt: at('2026-09-08 14:00'),
    });
    expect(subjectsOf(ask(responseGap, journey, { now: '2026-09-08 14:00' })).sort()).toEqual(['person:p-priya-nair', 'person:p-tom-weber']);
  });

  it('asks about the journey where the CRM does not say who asked', () => {
    const journey = aJourney({ touchpoints: [question('2026-09-07 13:00')] });
    expect(onlyFinding(responseGap, journey, { now: limit })).toMatchObject({ subject: 'journey', headline: 'Acme GmbH is waiting for an answer' });
  });

  it.each([
    ['to the person', answer('2026-09-08 12:00', 'Priya Nair')],
    ['at the same instant', answer('2026-09-07 13:00', 'Priya Nair')],
    ['that names nobody', answer('2026-09-08 12:00')],
  ])('is ended by an answer %s', (_, touchpoint) => {
    expect(ask(responseGap, aJourney({ committee, touchpoints: [asked, touchpoint] }), { now: '2027-01-01' })).toEqual({
      findings: [],
      recheckAt: null,
    });
  });

  it('is ended by an answer on another deal', () => {
    const journey = aJourney({ committee: [aPerson('Priya Nair', [], { lastOutboundAt: at('2026-09-08 09:00') })], touchpoints: [asked] });
    expect(subjectsOf(ask(responseGap, journey, { now: '2027-01-01' }))).toEqual([]);
  });

  it('is not ended by what was sent before, nor by a mail to somebody else, unless the map says that is enough', () => {
    const journey = aJourney({ committee, touchpoints: [answer('2026-09-07 12:00', 'Priya Nair'), asked, answer('2026-09-08 12:00', 'Tom Weber')] });
    expect(subjectsOf(ask(responseGap, journey, { now: limit }))).toEqual(['person:p-priya-nair']);
    expect(subjectsOf(ask(responseGap, journey, { now: limit, params: { answered: 'account' } }))).toEqual([]);
  });

  it('is one for all of whom nobody knows who they are, and each must be answered', () => {
    const strangers = [question('2026-09-07 15:00', 'Somebody New'), question('2026-09-07 14:00'), question('2026-09-07 13:00', 'Another One')];
    const finding = onlyFinding(responseGap, aJourney({ committee, touchpoints: strangers }), { now: '2026-09-10 12:00' });
    expect(finding).toMatchObject({ subject: 'journey', since: at('2026-09-07 13:00'), headline: 'Acme GmbH is waiting for an answer', people: [] });
    expect(finding.evidence).toContainEqual({ label: 'Unanswered so far', count: 3 });
    const one = aJourney({ committee, touchpoints: [answer('2026-09-08 14:00', 'Another One'), ...strangers] });
    expect(onlyFinding(responseGap, one, { now: '2026-09-10 12:00' })).toMatchObject({ subject: 'journey', since: at('2026-09-07 15:00') });
    expect(onlyFinding(responseGap, { ...one, committee: [...committee, aPerson('Somebody New')] }, { now: '2026-09-10 12:00' }).subject).toBe(
      'person:p-somebody-new',
    );
  });

  it('goes on about the oldest question since the last answer', () => {
    const again = question('2026-09-08 15:00', 'Priya Nair');
    const journey = aJourney({ committee, touchpoints: [asked, answer('2026-09-08 14:00', 'Priya Nair'), again] });
    expect(ask(responseGap, journey, { now: '2026-09-08 16:00' })).toEqual({ findings: [], recheckAt: at('2026-09-09 15:00') });
    expect(onlyFinding(responseGap, journey, { now: '2026-09-09 15:00' }).since).toBe(again.at);
  });

  it('listens to the types that the map names, and to inbound ones only', () => {
    const viewed = aJourney({ touchpoints: [aTouchpoint('inbound', '2026-09-07 13:00', { type: 'pricing_viewed' })] });
    expect(subjectsOf(ask(responseGap, viewed, { now: limit }))).toEqual([]);
    expect(subjectsOf(ask(responseGap, viewed, { now: limit, params: { types: ['pricing_viewed'] } }))).toEqual(['journey']);
    const ours = aJourney({ touchpoints: [aTouchpoint('outbound', '2026-09-07 13:00', { type: 'question' })] });
    expect(subjectsOf(ask(responseGap, ours, { now: limit }))).toEqual([]);
  });

  it('says what ended it', () => {
    const answered = aJourney({ committee, touchpoints: [asked, answer('2026-09-08 14:00', 'Priya Nair')] });
    const elsewhere = aJourney({ committee: [aPerson('Priya Nair', [], { lastOutboundAt: limit })], touchpoints: [asked] });
    expect(clearedBy(responseGap, waiting, answered, { now: limit })).toBe('Priya Nair was answered: email');
    expect(clearedBy(responseGap, waiting, elsewhere, { now: limit })).toBe('Priya Nair was answered');
    const toldLate = aJourney({ committee, touchpoints: [asked, answer('2026-09-08 12:00', 'Priya Nair')] });
    expect(clearedBy(responseGap, waiting, toldLate, { now: limit })).toBe('Priya Nair was answered in time, which was told late: email');
    expect(clearedBy(responseGap, waiting, aJourney({ committee }), { now: limit })).toBe('the journey map or the CRM record was corrected');
  });

  it('takes nothing that we told somebody else for an answer', () => {
    const toTom = { ...answer('2026-09-08 15:00', 'Tom Weber'), type: 'call' };
    const toBoth = aJourney({ committee, touchpoints: [toTom, answer('2026-09-08 14:00'), asked] });
    expect(clearedBy(responseGap, waiting, toBoth, { now: limit })).toBe('Priya Nair was answered: email');
    const otherQuestion = aJourney({ committee, touchpoints: [toTom, { ...asked, type: 'webinar' }] });
    expect(clearedBy(responseGap, waiting, otherQuestion, { now: limit })).toBe('the journey map or the CRM record was corrected');
  });

  it('says its parameters in words', () => {
    expect(responseGap.explain(responseGap.params.parse({ types: ['demo_request'], within: '4bh' }))).toBe(
      'no answer to the person within 4 working hours of demo request',
    );
    expect(responseGap.explain(responseGap.params.parse({ types: ['question'], answered: 'account' }))).toBe(
      'no answer to the account within 8 working hours of question',
    );
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(
      responseGap,
      fc.record({ types: fc.array(someTypes, { minLength: 1, maxLength: 2 }), within: someDuration, answered: fc.constantFrom('person', 'account') }),
    );
  });
});
