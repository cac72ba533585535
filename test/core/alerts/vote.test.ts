import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import { type AlertAction, transition } from '../../../src/core/alerts/transition.ts';
import { votesOf, withVote } from '../../../src/core/alerts/vote.ts';
import { at } from '../builders.ts';
import { createTable } from './decision-table.ts';

function anAlert(): Alert {
  const table = createTable();
  table.decide('2026-10-30 09:00');
  return table.alert('stalled');
}
const now = at('2026-10-30 10:00');
const done = (alert: Alert, action: AlertAction, by = 'U1'): Alert => {
  const result = transition(alert, action, by, now);
  if (result.kind !== 'done') throw new Error(result.why);
  return result.alert;
};

describe('a vote on an alert', () => {
  it('says who thought what of it, and changes nothing else', () => {
    const before = anAlert();
    const { votes, ...after } = done(before, { kind: 'vote', useful: true });
    expect(votes).toEqual([{ by: 'U1', at: now, useful: true }]);
    expect(after).toEqual(before);
  });

  it('is one a person, and the newest counts', () => {
    const alert = done(done(done(anAlert(), { kind: 'vote', useful: true }), { kind: 'vote', useful: true }, 'U2'), { kind: 'vote', useful: false });
    expect(votesOf(alert)).toEqual({ useful: 1, notUseful: 1 });
  });

  it('that was given already is told so', () => {
    const alert = done(anAlert(), { kind: 'vote', useful: false });
    expect(transition(alert, { kind: 'vote', useful: false }, 'U1', now)).toMatchObject({
      kind: 'stale',
      why: 'you have called it not useful already',
    });
  });

  it('counts, too, when the alert is over', () => {
    const over = done(anAlert(), { kind: 'resolve', reason: 'done', note: null });
    expect(done(over, { kind: 'vote', useful: false })).toMatchObject({ state: 'resolved', votes: [{ useful: false }] });
  });

  it('is what resolving as not useful says, once', () => {
    const over = done(done(anAlert(), { kind: 'vote', useful: true }), { kind: 'resolve', reason: 'not-useful', note: null });
    expect(votesOf(over)).toEqual({ useful: 0, notUseful: 1 });
    // Resolved by a version that kept no votes.
    const { votes: _, ...older } = over;
    expect(votesOf(older)).toEqual({ useful: 0, notUseful: 1 });
    expect(votesOf(done(anAlert(), { kind: 'resolve', reason: 'wont-do', note: null }))).toEqual({ useful: 0, notUseful: 0 });
  });

  it('is counted once a person, whoever votes how often', () => {
    const someVotes = fc.array(fc.record({ by: fc.constantFrom('U1', 'U2', 'U3'), at: fc.nat(), useful: fc.boolean() }), { maxLength: 12 });
    const blank = anAlert();
    fc.assert(
      fc.property(someVotes, (given) => {
        const last = new Map(given.map(({ by, useful }) => [by, useful]));
        const { useful, notUseful } = votesOf(given.reduce(withVote, blank));
        expect([useful, notUseful]).toEqual([[...last.values()].filter(Boolean).length, [...last.values()].filter((each) => !each).length]);
      }),
      { numRuns: 50 },
    );
  });
});
