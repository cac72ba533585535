import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import { lifeOf } from '../../../src/core/alerts/alert-life.ts';
import type { AuditEntry } from '../../../src/core/alerts/audit.ts';
import { at, officeHours } from '../builders.ts';
import { createTable } from './decision-table.ts';

const table = createTable();
table.decide('2026-10-30 09:00');
/** Said on Friday 30 October at nine: the time to act is over on Tuesday at nine. */
const anAlert = (traits: Partial<Alert> = {}): Alert => ({ ...table.alert('stalled'), firstSaidAt: at('2026-10-30 09:00'), ...traits });
const life = (alert: Alert, deeds: AuditEntry[] = [], when = '2026-12-01 09:00', postedAt: number | null = at('2026-10-01 09:00')) =>
  lifeOf(alert, { deeds, postedAt }, { calendar: officeHours, now: at(when) });
const deed = (what: string, when: string, alertId = anAlert().id): AuditEntry => ({
  id: 'au-1',
  at: at(when),
  journeyId: 'deal:d-1',
  alertId,
  who: 'U1',
  what,
  why: null,
});
const cleared = (when: string, traits: Partial<Alert> = {}) =>
  anAlert({ state: 'resolved', resolution: { at: at(when), how: 'cleared', text: 'moved' }, ...traits });
const byHand = (reason: 'done' | 'wont-do' | 'not-useful') =>
  anAlert({ state: 'resolved', resolution: { at: at('2026-10-30 10:00'), how: 'by-hand', by: 'U1', reason, note: null } });

describe('an alert', () => {
  it.each([
    ['acknowledged', anAlert(), [deed('acknowledged', '2026-11-03 09:00')], true],
    ['snoozed', anAlert(), [deed('snoozed', '2026-10-30 10:00')], true],
    ['acknowledged a minute too late', anAlert(), [deed('acknowledged', '2026-11-03 09:01')], false],
    ['beside one that was acknowledged', anAlert(), [deed('acknowledged', '2026-10-30 10:00', 'another')], false],
    ['resolved as done', byHand('done'), [], true],
    ['resolved as something nobody will do', byHand('wont-do'), [], false],
    ['resolved as not useful', byHand('not-useful'), [], false],
    ['that cleared in time', cleared('2026-11-02 09:00'), [], true],
    ['that cleared later', cleared('2026-11-04 09:00'), [], false],
    ['that clears only by what the customer does', cleared('2026-11-02 09:00', { rule: 'ghosted' }), [], false],
    ['called useful, whenever', anAlert({ votes: [{ by: 'U1', at: at('2026-11-20 09:00'), useful: true }] }), [], true],
    [
      'acknowledged and called not useful',
      anAlert({ votes: [{ by: 'U1', at: 1, useful: false }] }),
      [deed('acknowledged', '2026-10-30 10:00')],
      false,
    ],
    ['that nobody did anything about', anAlert(), [], false],
  ])('%s', (_what, alert, deeds, actedOn) => {
    expect(life(alert, deeds)).toMatchObject({ rule: alert.rule, actedOn });
  });

  it.each([
    ['that was said in no channel', anAlert({ saidAt: null, firstSaidAt: undefined } as object), '2026-12-01 09:00'],
    ['whose two days are not over', anAlert(), '2026-11-03 08:59'],
    [
      'whose journey ended before anybody could act',
      anAlert({ state: 'resolved', resolution: { at: at('2026-11-02 09:00'), how: 'ended', text: 'the deal was won' } }),
      '2026-12-01 09:00',
    ],
    ['of a rule that there is no more', anAlert({ rule: 'gut-feeling' }), '2026-12-01 09:00'],
  ])('%s is not counted', (_what, alert, when) => {
    expect(life(alert, [], when)).toBeNull();
  });

  it('tells whose numbers it was found by, and when it would have been over by itself', () => {
    const { place: _, ...older } = anAlert();
    expect(life(cleared('2026-11-20 09:00'))).toMatchObject({
      place: { map: 'new-business', stage: 'decision', segments: [], number: '15bd' },
      dueAt: anAlert().finding.dueAt,
      goneAt: at('2026-11-20 09:00'),
    });
    expect(life(byHand('done'))).toMatchObject({ goneAt: null });
    expect(life(older)).toMatchObject({ place: null });
  });

  it('whose card waited counts from when that was posted; without a card it is not counted', () => {
    const inTime = [deed('acknowledged', '2026-11-05 09:00')];
    expect(life(anAlert(), inTime, '2026-12-01 09:00', at('2026-11-03 09:00'))).toMatchObject({ actedOn: true });
    expect(life(anAlert(), inTime, '2026-12-01 09:00', null)).toBeNull();
  });

  it('counts from when it was said first, not from a repeat', () => {
    const repeated = anAlert({ saidAt: at('2026-11-10 09:00') });
    expect(life(repeated, [deed('acknowledged', '2026-11-10 10:00')])).toMatchObject({ actedOn: false });
  });
});
