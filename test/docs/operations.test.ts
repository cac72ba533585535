import { expect, it } from 'vitest';
import { defaultLimits } from '../../src/adapters/http/limits.ts';
import { createMetrics } from '../../src/adapters/metrics.ts';
import { bare, tableUnder, textOf } from './documents.ts';

it('docs/operations.md names every metric with its type, and no other', async () => {
  const backlog = { pending: 0, oldestReceivedAt: null, dead: 0 };
  const store = { inboxBacklog: async () => backlog, outboxBacklog: async () => ({ pending: 0, failed: 0, oldestCreatedAt: null }) };
  const { body } = await createMetrics({ store, slackConnected: () => true, now: () => 0 }).scrape();
  const known = [...body.matchAll(/^# TYPE (journey_\w+) (\w+)$/gm)].map(([, name, type]) => `${name} ${type}`);
  const named = tableUnder(textOf('docs/operations.md'), 'Metrics').map(([name, type]) => `${bare(name)} ${type}`);
  expect(named.toSorted()).toEqual(known.toSorted());
});

it('docs/failure-modes.md names the backlog from which on webhooks are sent away', () => {
  expect(textOf('docs/failure-modes.md')).toContain(`more than ${defaultLimits.backlog.toLocaleString('en')} wait to be processed`);
});
