import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import { type AlertAction, transition } from '../../../src/core/alerts/transition.ts';
import { at } from '../builders.ts';
import { createTable } from './decision-table.ts';

function anAlert(traits: Partial<Alert> = {}): Alert {
  const table = createTable();
  table.decide('2026-10-30 09:00');
  return { ...table.alert('stalled'), ...traits };
}
const now = at('2026-10-30 10:00');
const done = (alert: Alert, action: AlertAction): Alert => {
  const result = transition(alert, action, 'U1', now);
  if (result.kind !== 'done') throw new Error(result.why);
  return result.alert;
};

describe('acting on an alert', () => {
  it('acknowledges', () => {
    expect(done(anAlert(), { kind: 'acknowledge', ends: false })).toMatchObject({
      state: 'acknowledged',
      acknowledged: { by: 'U1', at: now },
      resolution: null,
    });
  });

  it('ends it by acknowledging where it tells of what cannot be undone', () => {
    expect(done(anAlert(), { kind: 'acknowledge', ends: true })).toMatchObject({
      state: 'resolved',
      holds: true,
      acknowledged: { by: 'U1' },
      resolution: { how: 'by-hand', by: 'U1', reason: 'done', note: null },
    });
  });

  it('snoozes, open or acknowledged, and the state stays', () => {
    expect(done(anAlert(), { kind: 'snooze', until: now + 1 })).toMatchObject({ state: 'open', snooze: { by: 'U1', at: now, until: now + 1 } });
    const acknowledged = done(anAlert(), { kind: 'acknowledge', ends: false });
    expect(done(acknowledged, { kind: 'snooze-stage', stage: null })).toMatchObject({
      state: 'acknowledged',
      snooze: { until: 'stage-change', stage: null },
    });
  });

  it('resolves with a reason, and ends a snooze', () => {
    const snoozed = done(anAlert(), { kind: 'snooze', until: now + 1 });
    expect(done(snoozed, { kind: 'resolve', reason: 'not-useful', note: 'test deal' })).toMatchObject({
      state: 'resolved',
      holds: true,
      snooze: null,
      resolution: { at: now, how: 'by-hand', by: 'U1', reason: 'not-useful', note: 'test deal' },
    });
  });
});

describe('a click that comes too late', () => {
  it('changes nothing, and says who was first', () => {
    const resolved = done(anAlert(), { kind: 'resolve', reason: 'wont-do', note: null });
    for (const action of [
      { kind: 'acknowledge', ends: false },
      { kind: 'snooze', until: 1 },
      { kind: 'resolve', reason: 'done', note: null },
    ] as const)
      expect(transition(resolved, action, 'U2', now)).toEqual({ kind: 'stale', why: 'already resolved (won’t do)', by: 'U1' });
    const acknowledged = done(anAlert(), { kind: 'acknowledge', ends: false });
    expect(transition(acknowledged, { kind: 'acknowledge', ends: false }, 'U2', now)).toEqual({
      kind: 'stale',
      why: 'already acknowledged',
      by: 'U1',
    });
  });

  it('says what has cleared it', () => {
    const cleared = anAlert({ state: 'resolved', resolution: { at: now, how: 'cleared', text: 'moved to Implementation' } });
    expect(transition(cleared, { kind: 'acknowledge', ends: false }, 'U2', now)).toEqual({
      kind: 'stale',
      why: 'already resolved: moved to Implementation',
      by: null,
    });
  });
});
