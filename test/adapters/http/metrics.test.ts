import { expect, it } from 'vitest';
import { createMetrics } from '../../../src/adapters/metrics.ts';

it('counts by name and label, and reads the backlog when somebody scrapes', async () => {
  const now = 1_000_000;
  let connected = false;
  const metrics = createMetrics({
    now: () => now,
    slackConnected: () => connected,
    store: {
      inboxBacklog: async () => ({ pending: 3, dead: 1, oldestReceivedAt: now - 5_000 }),
      outboxBacklog: async () => ({ pending: 2, failed: 0, oldestCreatedAt: null }),
    },
  });
  metrics.signalApplied('hubspot', 'deal.upserted');
  metrics.evaluated('signal', 4);
  metrics.alert('stalled', 'opened');
  metrics.delivery('card', 'sent', 0.2);
  metrics.eventIgnored('hubspot', 'ticket.creation');
  metrics.slackLimited();
  connected = true;
  const { body } = await metrics.scrape();
  for (const line of [
    'journey_signals_applied_total{source="hubspot",type="deal.upserted"} 1',
    'journey_evaluations_total{cause="signal"} 4',
    'journey_alerts_total{rule="stalled",event="opened"} 1',
    'journey_deliveries_total{kind="card",outcome="sent"} 1',
    'journey_delivery_seconds_sum{kind="card"} 0.2',
    'journey_webhook_events_ignored_total{source="hubspot",kind="ticket.creation"} 1',
    'journey_inbox_pending 3',
    'journey_inbox_dead 1',
    'journey_inbox_oldest_seconds 5',
    'journey_outbox_pending 2',
    'journey_slack_limited_total 1',
    'journey_slack_connected 1',
  ]) {
    expect(body).toContain(line);
  }
});

it('still answers when the store does not', async () => {
  const store = { inboxBacklog: () => Promise.reject(new Error('closed')), outboxBacklog: () => Promise.reject(new Error('closed')) };
  const { body } = await createMetrics({ now: () => 0, store }).scrape();
  expect(body).toContain('journey_inbox_pending Nan');
});
