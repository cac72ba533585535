import type { EpochMs } from '../time.ts';
import type { Alert, ResolveReason } from './alert.ts';
import { withVote } from './vote.ts';

/** What a person does to an alert. */
export type AlertAction =
  /** `ends`: its rule is about what cannot be undone, so that nothing more is to be done. */
  | { kind: 'acknowledge'; ends: boolean }
  /** To a Slack user. It counts as taken, since there is somebody who sees to it. */
  | { kind: 'assign'; to: string }
  | { kind: 'snooze'; until: EpochMs }
  | { kind: 'snooze-stage'; stage: string | null }
  | { kind: 'resolve'; reason: ResolveReason; note: string | null }
  /** Changes nothing about what is to be done, and may come when all is done. */
  | { kind: 'vote'; useful: boolean };

export type Transition = { kind: 'done'; alert: Alert; what: string; why: string | null } | Stale;

/** `by`: whoever was first, where somebody was. */
type Stale = { kind: 'stale'; why: string; by: string | null };

/** The alert after an action, or why the action comes too late: a click on an old card must change nothing. */
export function transition(alert: Alert, action: AlertAction, by: string, now: EpochMs): Transition {
  if (action.kind === 'vote') return voted(alert, action.useful, by, now);
  if (alert.state === 'resolved') return alreadyResolved(alert);
  switch (action.kind) {
    case 'acknowledge':
      if (alert.state === 'acknowledged') return { kind: 'stale', why: 'already acknowledged', by: alert.acknowledged?.by ?? null };
      return done(
        action.ends
          ? { ...resolvedByHand(alert, { by, reason: 'done', note: null }, now), acknowledged: { by, at: now } }
          : { ...withoutMoreSteps(alert, by, now), state: 'acknowledged', acknowledged: { by, at: now } },
        'acknowledged',
        null,
      );
    case 'assign':
      if (alert.assigned?.to === action.to) return { kind: 'stale', why: 'already assigned to them', by: alert.assigned.by };
      return done(
        {
          ...withoutMoreSteps(alert, by, now),
          state: 'acknowledged',
          acknowledged: alert.acknowledged ?? { by, at: now },
          assigned: { to: action.to, by, at: now },
        },
        'assigned',
        `to ${action.to}`,
      );
    case 'snooze':
      return done(
        { ...withoutMoreSteps(alert, by, now), snooze: { by, at: now, until: action.until } },
        'snoozed',
        `until ${new Date(action.until).toISOString()}`,
      );
    case 'snooze-stage':
      return done(
        { ...withoutMoreSteps(alert, by, now), snooze: { by, at: now, until: 'stage-change', stage: action.stage } },
        'snoozed',
        'until the stage changes',
      );
    case 'resolve':
      return done(resolvedByHand(alert, { by, reason: action.reason, note: action.note }, now), 'resolved', reasonWords[action.reason]);
  }
}

/** As sentences say them. */
export const reasonWords: Record<ResolveReason, string> = { done: 'done', 'wont-do': 'won’t do', 'not-useful': 'not useful' };

/** Whoever takes an alert, or puts it off, has seen it: that is all that a chain is for. */
const withoutMoreSteps = (alert: Alert, by: string, at: EpochMs): Alert =>
  alert.escalation === undefined ? alert : { ...alert, escalation: { ...alert.escalation, stopped: alert.escalation.stopped ?? { by, at } } };

/** It stays so as long as its condition is the same one. */
const resolvedByHand = (alert: Alert, why: { by: string; reason: ResolveReason; note: string | null }, at: EpochMs): Alert => ({
  ...(why.reason === 'not-useful' ? withVote(alert, { by: why.by, at, useful: false }) : alert),
  state: 'resolved',
  holds: true,
  snooze: null,
  resolution: { at, how: 'by-hand', ...why },
});

function voted(alert: Alert, useful: boolean, by: string, at: EpochMs): Transition {
  const after = withVote(alert, { by, at, useful });
  const what = useful ? 'called useful' : 'called not useful';
  return after === alert ? { kind: 'stale', why: `you have ${what.replace('called', 'called it')} already`, by: null } : done(after, what, null);
}

const done = (alert: Alert, what: string, why: string | null): Transition => ({ kind: 'done', alert, what, why });

function alreadyResolved({ resolution }: Alert): Stale {
  if (resolution === null) return { kind: 'stale', why: 'already resolved', by: null };
  if (resolution.how === 'by-hand') return { kind: 'stale', why: `already resolved (${reasonWords[resolution.reason]})`, by: resolution.by };
  return { kind: 'stale', why: `already resolved: ${resolution.text}`, by: null };
}
