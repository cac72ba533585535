import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../src/core/calendar.ts';
import { closeDate } from '../../../src/core/detectors/close-date.ts';
import { aJourney, at } from '../builders.ts';
import { ask, clearedBy, onlyFinding, subjectsOf } from './ask.ts';
import { expectToHoldUntilRecheck } from './holds-until-recheck.ts';

/** A deal whose close date was set to each of these days, from 2026-09-01 on, a day apart. */
const closing = (...days: string[]) =>
  aJourney({ deal: { closeDates: days.map((day, index) => ({ day, setAt: at('2026-09-01') + index * 86_400_000 })) } });
const due = closing('2026-09-15');
const pushedThrice = closing('2026-09-15', '2026-10-15', '2026-11-15', '2026-12-15');

describe('close-date', () => {
  it('is past when its day is over', () => {
    expect(ask(closeDate, due, { now: at('2026-09-16') - 1 })).toEqual({ findings: [], recheckAt: at('2026-09-16') });
    expect(onlyFinding(closeDate, due, { now: '2026-09-16' })).toMatchObject({
      subject: 'past',
      since: at('2026-09-16'),
      dueAt: at('2026-09-16'),
      headline: 'Close date is past',
      evidence: [{ label: 'Close date', day: '2026-09-15' }],
      nextStep: 'Ask Acme GmbH when they will decide, and set a new close date',
    });
  });

  it('goes by the team’s own day', () => {
    const calendar = createCalendar({
      timezone: 'America/New_York',
      workdays: ['mon'],
      hours: { open: '09:00', close: '17:00' },
      holidays: new Map(),
    });
    expect(ask(closeDate, due, { now: '2026-09-16', calendar })).toEqual({ findings: [], recheckAt: at('2026-09-16 04:00') });
  });

  it('is pushed when it was moved to a later day often enough, since the last time', () => {
    expect(onlyFinding(closeDate, pushedThrice, { now: '2026-09-16' })).toMatchObject({
      subject: 'pushed',
      since: at('2026-09-04'),
      headline: 'Close date pushed 3 times',
      expected: 'pushed fewer than 3 times',
      evidence: [
        { label: 'First close date', day: '2026-09-15' },
        { label: 'Close date', day: '2026-12-15' },
        { label: 'Pushed to a later day', count: 3, limit: 3 },
        { label: 'Last pushed', at: at('2026-09-04') },
      ],
    });
    expect(ask(closeDate, pushedThrice, { now: '2026-09-16' }).recheckAt).toBe(at('2026-12-16'));
  });

  it('does not count moves to an earlier day', () => {
    expect(subjectsOf(ask(closeDate, closing('2026-12-15', '2026-11-15', '2026-12-01', '2026-11-01', '2026-12-15'), { now: '2026-09-16' }))).toEqual(
      [],
    );
  });

  it('pushed once, where that is too often, is said in words', () => {
    const once = closing('2026-09-15', '2026-10-15');
    expect(onlyFinding(closeDate, once, { now: '2026-09-16', params: { pushes: 1 } })).toMatchObject({
      headline: 'Close date pushed once',
      expected: 'not pushed to a later day',
    });
  });

  it('can be past and pushed at once', () => {
    expect(subjectsOf(ask(closeDate, pushedThrice, { now: '2026-12-16' }))).toEqual(['past', 'pushed']);
  });

  it('is a new condition with each further push', () => {
    const again = closing('2026-09-15', '2026-10-15', '2026-11-15', '2026-12-15', '2027-01-15');
    expect(onlyFinding(closeDate, again, { now: '2026-09-16' }).since).toBe(at('2026-09-05'));
  });

  it('can say nothing where the close date was emptied, and has nothing to say of accounts', () => {
    const emptied = aJourney({ deal: { closeDates: [{ day: '2026-09-15', setAt: 0 }], closeDate: null } });
    expect(ask(closeDate, emptied, { now: '2027-01-01' })).toEqual({ findings: [], recheckAt: null, undecided: 'all' });
    expect(ask(closeDate, aJourney({ deal: null, kind: 'account' }), { now: '2027-01-01' })).toEqual({ findings: [], recheckAt: null });
  });

  it('says what ended it', () => {
    expect(clearedBy(closeDate, due, closing('2026-09-15', '2026-10-30'), { now: '2026-09-16' })).toBe('close date moved to 30 Oct 2026');
    expect(clearedBy(closeDate, pushedThrice, closing('2026-12-15'), { now: '2026-09-16' })).toBe('the journey map or the CRM record was corrected');
  });

  it('says its parameters in words', () => {
    expect(closeDate.explain(closeDate.params.parse({}))).toBe('the close date is past, or was pushed 3 times or more');
  });

  it('holds until its recheck time, whatever the journey', () => {
    expectToHoldUntilRecheck(closeDate, fc.record({ pushes: fc.integer({ min: 1, max: 3 }) }));
  });
});
