import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import { type Reconciled, type ReconcileInput, reconcile } from '../../../src/core/alerts/reconcile.ts';
import { type AlertAction, transition } from '../../../src/core/alerts/transition.ts';
import type { Finding } from '../../../src/core/detectors/detector.ts';

const finding = (subject = 'journey', traits: Partial<Finding> = {}): Finding => ({
  rule: 'stalled',
  severity: 'warning',
  subject,
  since: 100,
  dueAt: 200,
  headline: 'Stalled in Decision',
  expected: 'leaves Decision within 15 working days',
  people: [],
  evidence: [],
  nextStep: 'Ask',
  ...traits,
});
const journey = { id: 'deal:d-1', accountId: 'a-1', dealId: 'd-1', stage: 'decision' };

function run(alerts: Alert[], findings: Finding[], traits: Partial<ReconcileInput> = {}): Reconciled {
  return reconcile({
    journey,
    alerts,
    findings,
    inhibitedBy: () => null,
    routesOf: () => [{ channel: '#deals', notifyOwner: false }],
    escalationOf: () => null,
    undecided: () => false,
    endOf: () => ({ how: 'cleared', text: 'moved to Implementation' }),
    now: 1000,
    ...traits,
  });
}
/** As a store answers afterwards: not resolved, or holding, or the newest resolved one of its identity. */
const kept = (alerts: Alert[]) => {
  const isOvertaken = ({ identity, episode }: Alert): boolean =>
    alerts.some((other) => other.identity === identity && other.state === 'resolved' && other.episode > episode);
  return alerts.filter((alert) => alert.state !== 'resolved' || alert.holds || !isOvertaken(alert));
};
function act(alert: Alert | undefined, action: AlertAction): Alert {
  const result = alert === undefined ? null : transition(alert, action, 'U1', 500);
  if (result?.kind !== 'done') throw new Error('stale');
  return result.alert;
}
const byHand: AlertAction = { kind: 'resolve', reason: 'wont-do', note: null };

describe('a finding', () => {
  it('opens an alert, by the identity of journey, rule and subject', () => {
    const { alerts, steps } = run([], [finding('journey'), finding('role:legal')]);
    expect(alerts).toMatchObject([
      {
        identity: 'deal:d-1/stalled/journey',
        state: 'open',
        episode: 1,
        previousId: null,
        openedAt: 1000,
        saidAt: null,
        dealId: 'd-1',
        accountId: 'a-1',
      },
      { identity: 'deal:d-1/stalled/role:legal', state: 'open', episode: 1 },
    ]);
    expect(steps.map(({ what }) => what)).toEqual(['opened', 'opened']);
  });

  it('that has changed refreshes its alert, and leaves the alert’s own facts alone', () => {
    const [open] = run([], [finding()]).alerts;
    const acknowledged = act(open, { kind: 'acknowledge', ends: false });
    const { alerts, steps } = run([acknowledged], [finding('journey', { headline: 'Stalled in Implementation', severity: 'critical' })]);
    expect(alerts).toEqual([{ ...acknowledged, finding: expect.objectContaining({ headline: 'Stalled in Implementation', severity: 'critical' }) }]);
    expect(steps).toEqual([]);
  });

  it('that goes on while its deal has come to another account takes its alert along', () => {
    const { alerts } = run([], [finding()]);
    const moved = run(alerts, [finding()], { journey: { ...journey, accountId: 'a-2' } });
    expect(moved.alerts.map(({ accountId, state }) => [accountId, state])).toEqual([['a-2', 'open']]);
  });

  it('that is gone resolves its alert, with the reason', () => {
    const [open] = run([], [finding()]).alerts;
    const { alerts, steps } = run(open === undefined ? [] : [open], []);
    expect(alerts).toMatchObject([{ state: 'resolved', holds: false, resolution: { how: 'cleared', text: 'moved to Implementation', at: 1000 } }]);
    expect(steps).toMatchObject([{ what: 'cleared', why: 'moved to Implementation' }]);
  });

  it('of which nothing can be said for want of data leaves its alert as it is', () => {
    const { alerts } = run([], [finding('person:p-1'), finding('person:p-2')]);
    const after = run(alerts, [], { undecided: (rule, subject) => rule === 'stalled' && subject === 'person:p-1' });
    expect(after.alerts.map(({ state }) => state)).toEqual(['open', 'resolved']);
  });

  it('that comes back is a new episode, which names the one before', () => {
    const first = run([], [finding()]).alerts;
    const second = run(run(first, []).alerts, [finding()]).alerts;
    expect(second).toMatchObject([
      { state: 'resolved', episode: 1 },
      { state: 'open', episode: 2, previousId: first[0]?.id },
    ]);
    const third = run(kept(run(second, []).alerts), [finding()]).alerts;
    expect(third.at(-1)).toMatchObject({ episode: 3, previousId: second[1]?.id });
  });
});

describe('an alert resolved by hand', () => {
  const resolved = () => act(run([], [finding()]).alerts[0], byHand);

  it('stays so as long as its condition is the same one', () => {
    const before = resolved();
    expect(run([before], [finding('journey', { headline: 'Stalled in Decision, still' })])).toEqual({ alerts: [before], steps: [] });
  });

  it('opens as a new episode when the condition is another one', () => {
    const { alerts } = run([resolved()], [finding('journey', { since: 300 })]);
    expect(alerts).toMatchObject([
      { episode: 1, holds: false },
      { episode: 2, state: 'open', finding: { since: 300 } },
    ]);
  });

  it('opens as a new episode when the condition was gone and is back', () => {
    const gone = run([resolved()], []).alerts;
    expect(gone).toMatchObject([{ state: 'resolved', holds: false }]);
    expect(run(gone, [finding()]).alerts.at(-1)).toMatchObject({ episode: 2, state: 'open' });
  });

  it('holds while nothing can be said of its condition', () => {
    const before = resolved();
    expect(run([before], [], { undecided: () => true }).alerts).toEqual([before]);
  });
});

describe('what holds an alert back', () => {
  it('is noted, and noted again when it is released', () => {
    const held = run([], [finding()], { inhibitedBy: () => 'mute' }).alerts;
    expect(held).toMatchObject([{ state: 'open', inhibitedBy: 'mute' }]);
    const released = run(held, [finding()]);
    expect(released.alerts).toMatchObject([{ inhibitedBy: null }]);
    expect(released.steps).toMatchObject([{ what: 'released', why: 'mute' }]);
  });

  it('is taken off when the alert is resolved', () => {
    const held = run([], [finding()], { inhibitedBy: () => 'mute' }).alerts;
    expect(run(held, []).alerts).toMatchObject([{ state: 'resolved', inhibitedBy: null }]);
  });
});

it('routes are fixed when the alert opens', () => {
  const open = run([], [finding()]).alerts;
  expect(run(open, [finding('journey', { severity: 'critical' })], { routesOf: () => [] }).alerts[0]?.routes).toEqual([
    { channel: '#deals', notifyOwner: false },
  ]);
});

describe('an alert that only digests tell of', () => {
  const inDigests = { routesOf: ({ severity }: Finding) => (severity === 'critical' ? [{ channel: '#deals', notifyOwner: false }] : []) };
  const open = () => run([], [finding()], inDigests).alerts;
  const severe = finding('journey', { severity: 'critical' });

  it('goes to its channel once it has become severe enough for that', () => {
    expect(open()[0]?.routes).toEqual([]);
    expect(run(open(), [severe], inDigests).alerts[0]?.routes).toEqual([{ channel: '#deals', notifyOwner: false }]);
  });

  it('stays there where somebody has taken it or put it off', () => {
    for (const action of [
      { kind: 'acknowledge', ends: false },
      { kind: 'snooze', until: 99_999 },
    ] as const)
      expect(
        run(
          open().map((alert) => act(alert, action)),
          [severe],
          inDigests,
        ).alerts[0]?.routes,
      ).toEqual([]);
  });
});

describe('over any sequence of findings, actions and doubts', () => {
  const subject = fc.constantFrom<string>('journey', 'role:legal', '__proto__');
  const step = fc.record({
    found: fc.uniqueArray(fc.record({ subject, since: fc.integer({ min: 1, max: 2 }) }), { selector: (one) => one.subject, maxLength: 3 }),
    doubtful: fc.uniqueArray(subject, { maxLength: 2 }),
    held: fc.boolean(),
    stage: fc.constantFrom('decision', 'implementation'),
    action: fc.option(
      fc.tuple(
        fc.nat(3),
        fc.constantFrom<AlertAction>(
          byHand,
          { kind: 'acknowledge', ends: false },
          { kind: 'acknowledge', ends: true },
          { kind: 'snooze', until: 1500 },
          { kind: 'snooze-stage', stage: 'decision' },
        ),
      ),
    ),
  });

  it('at most one alert of an identity is not resolved, episodes count up without gaps, and reconciling twice changes nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const all = new Map<string, Alert>();
        steps.forEach(({ found, doubtful, held, stage, action }, index) => {
          const findings = found.map((one) => finding(one.subject, { since: one.since }));
          const traits: Partial<ReconcileInput> = {
            journey: { ...journey, stage },
            inhibitedBy: () => (held ? 'mute' : null),
            undecided: (_rule, about) => doubtful.includes(about) && !found.some((one) => one.subject === about),
            now: 1000 + index * 100,
          };
          for (const alert of run(kept([...all.values()]), findings, traits).alerts) all.set(alert.id, alert);
          const after = kept([...all.values()]);
          const again = run(after, findings, traits);
          expect(again.steps).toEqual([]);
          expect(again.alerts).toEqual(after);
          for (const group of Map.groupBy(all.values(), ({ identity }) => identity).values()) {
            expect(group.filter(({ state }) => state !== 'resolved').length).toBeLessThanOrEqual(1);
            expect(group.map(({ episode }) => episode)).toEqual(group.map((_alert, position) => position + 1));
            expect(group.map(({ previousId }) => previousId)).toEqual([null, ...group.slice(0, -1).map(({ id }) => id)]);
          }
          const live = after.filter(({ state }) => state !== 'resolved');
          for (const one of live) expect(found.some(({ subject: about }) => about === one.subject) || doubtful.includes(one.subject)).toBe(true);
          const target = action === null ? undefined : live[action[0] % Math.max(1, live.length)];
          if (action !== null && target !== undefined) {
            const result = transition(target, action[1], 'U1', 1050 + index * 100);
            if (result.kind === 'done') all.set(target.id, result.alert);
          }
        });
      }),
      { numRuns: 300 },
    );
  });
});
