import type { Subscriptions } from '../../../src/app/use-cases.ts';
import type { PathSummary } from '../../../src/core/journey-path.ts';
import type { Subscription } from '../../../src/core/subscription.ts';
import { daysAgo } from './samples.ts';

export const pathSummary = (changes: Partial<PathSummary> = {}): PathSummary => ({
  journeyId: 'deal:d-1',
  kind: 'deal',
  name: 'Acme rollout',
  url: 'https://crm.example/d-1',
  mapLabel: 'New business',
  outcome: 'open',
  stages: [
    {
      label: 'Awareness',
      verdict: 'matched',
      isCurrent: false,
      required: false,
      enteredAt: daysAgo(60),
      days: 3,
      expected: '10 working days',
      loops: 0,
      lacks: [],
    },
    {
      label: 'Consideration',
      verdict: 'missing',
      isCurrent: false,
      required: true,
      enteredAt: null,
      days: null,
      expected: '15 working days',
      loops: 0,
      lacks: [],
    },
    {
      label: 'Decision',
      verdict: 'late',
      isCurrent: true,
      required: false,
      enteredAt: daysAgo(50),
      days: 24,
      expected: '15 working days',
      loops: 1,
      lacks: ['Economic buyer', 'security review'],
    },
    {
      label: 'Implementation',
      verdict: 'ahead',
      isCurrent: false,
      required: false,
      enteredAt: null,
      days: null,
      expected: null,
      loops: 0,
      lacks: [],
    },
  ],
  extra: [
    { what: 'back', from: 'Implementation', to: 'Decision', at: daysAgo(20), allowed: false },
    { what: 'unknown', stage: 'legal_hold', at: daysAgo(10), days: 4 },
  ],
  ...changes,
});

export const subscription = (changes: Partial<Subscription> = {}): Subscription => ({
  id: 's-1',
  by: 'U0DANA',
  channel: null,
  weekday: 'mon',
  time: '09:00',
  timezone: 'Europe/Berlin',
  filter: 'segment:enterprise',
  match: { segment: ['enterprise'] },
  createdAt: daysAgo(30),
  ...changes,
});

/** They remember; a filter called `nonsense` is refused. */
export function fakeSubscriptions(record: (name: string, ...args: unknown[]) => void): Subscriptions {
  let kept: Subscription[] = [];
  return {
    subscriptionsOf: async (userId) => kept.filter(({ by }) => by === userId),
    zone: () => 'Europe/Berlin',
    async save(entry, by) {
      record('subscribe', entry, by);
      if (entry.filter === 'nonsense') return { ok: false, field: 'filter', message: 'I do not understand “nonsense”.' };
      const { weekday: _weekday, id, ...rest } = entry;
      const saved = subscription({ ...rest, id: id ?? `s-${kept.length + 1}`, by: by.userId, weekday: 'fri' });
      kept = [...kept.filter((other) => other.id !== saved.id), saved];
      return { ok: true, subscription: saved };
    },
    async end(id, by) {
      record('unsubscribe', id, by);
      kept = kept.filter((other) => other.id !== id);
      return { kind: 'done', message: 'Ended: it will not be sent any more.' };
    },
  };
}
