import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Store } from '../app/ports.ts';
import type { Comparison } from '../app/reconcile.ts';
import { unknownKinds } from '../core/change.ts';
import type { Message } from '../core/delivery.ts';
import type { SignalType, Source } from '../core/journey/signal.ts';

/** What is read only when somebody scrapes. The gauges of a store that does not answer are NaN: a scrape tells what it can. */
export type MetricReaders = {
  store?: Pick<Store, 'inboxBacklog' | 'outboxBacklog'> & Partial<Pick<Store, 'unknownCounts'>>;
  slackConnected?: () => boolean;
  now: () => number;
};

export type Metrics = ReturnType<typeof createMetrics>;

/** Everything that `/metrics` shows, as one object to be injected. Times are seconds, as Prometheus wants them. */
export function createMetrics(readers: MetricReaders) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const webhooks = new Counter({
    name: 'journey_webhooks_total',
    help: 'Webhooks by source and the code they were answered with',
    labelNames: ['source', 'code'],
    registers,
  });
  const http = new Histogram({
    name: 'journey_webhook_seconds',
    help: 'From the whole body to the answer, by source',
    labelNames: ['source'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
    registers,
  });
  const ignored = new Counter({
    name: 'journey_webhook_events_ignored_total',
    help: 'Events of a kind the bot has no use for',
    labelNames: ['source', 'kind'],
    registers,
  });
  const signals = new Counter({
    name: 'journey_signals_applied_total',
    help: 'Signals applied by source and type',
    labelNames: ['source', 'type'],
    registers,
  });
  const evaluations = new Counter({
    name: 'journey_evaluations_total',
    help: 'Journeys evaluated, by what caused it',
    labelNames: ['cause'],
    registers,
  });
  const alerts = new Counter({ name: 'journey_alerts_total', help: 'Alerts opened and resolved by rule', labelNames: ['rule', 'event'], registers });
  const deliveries = new Counter({
    name: 'journey_deliveries_total',
    help: 'Messages to Slack by kind and outcome',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const delivery = new Histogram({
    name: 'journey_delivery_seconds',
    help: 'From a message falling due to its receipt',
    labelNames: ['kind'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30, 120, 600],
    registers,
  });
  const limited = new Counter({
    name: 'journey_slack_limited_total',
    help: 'Minutes of which Slack says that it kept events from the bot',
    registers,
  });
  const comparing = countComparisons(registers);
  const backlog = watchBacklog(readers, registers);
  watchSlack(readers, registers);

  return {
    webhook(source: Source, code: number, seconds: number): void {
      webhooks.inc({ source, code });
      http.observe({ source }, seconds);
    },
    eventIgnored(source: Source, kind: string): void {
      ignored.inc({ source, kind });
    },
    signalApplied(source: Source, type: SignalType): void {
      signals.inc({ source, type });
    },
    ...comparing,
    slackLimited(): void {
      limited.inc();
    },
    evaluated(cause: 'signal' | 'timer', journeys: number): void {
      evaluations.inc({ cause }, journeys);
    },
    alert(rule: string, event: 'opened' | 'resolved'): void {
      alerts.inc({ rule, event });
    },
    /** `seconds` is the wait since the message fell due, where it was sent. */
    delivery(kind: Message['kind'], outcome: 'sent' | 'unchanged' | 'retry' | 'failed', seconds?: number): void {
      deliveries.inc({ kind, outcome });
      if (seconds !== undefined) delivery.observe({ kind }, seconds);
    },
    async scrape(): Promise<{ contentType: string; body: string }> {
      await backlog.refresh();
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

/** A CRM was asked what had changed, and what of that it had not told by itself. */
function countComparisons(registers: Registry[]) {
  const runs = new Counter({
    name: 'journey_reconcile_runs_total',
    help: 'Comparisons of a CRM with what is known, by outcome',
    labelNames: ['source', 'outcome'],
    registers,
  });
  const missed = new Counter({
    name: 'journey_reconcile_missed_total',
    help: 'Changes that a CRM had not told by itself, by kind of record',
    labelNames: ['source', 'kind'],
    registers,
  });
  const last = new Gauge({
    name: 'journey_reconcile_last_success_timestamp_seconds',
    help: 'When a CRM was last compared',
    labelNames: ['source'],
    registers,
  });
  return {
    compared({ source, outcome, missed: found }: Comparison): void {
      runs.inc({ source, outcome });
      for (const [kind, number] of Object.entries(found)) missed.inc({ source, kind }, number);
    },
    comparedAt(source: Source, seconds: number): void {
      last.set({ source }, seconds);
    },
  };
}

type Watched = { refresh(): Promise<void> };

function watchBacklog({ store, now }: MetricReaders, registers: Registry[]): Watched {
  if (store === undefined) return { refresh: async () => undefined };
  const pending = new Gauge({ name: 'journey_inbox_pending', help: 'Accepted bodies that wait to be processed', registers });
  const dead = new Gauge({ name: 'journey_inbox_dead', help: 'Dead letters', registers });
  const oldest = new Gauge({ name: 'journey_inbox_oldest_seconds', help: 'Age of the oldest body that waits', registers });
  const waiting = new Gauge({ name: 'journey_outbox_pending', help: 'Messages that wait to be sent', registers });
  const failed = new Gauge({ name: 'journey_outbox_failed', help: 'Messages that were given up', registers });
  const unknown = new Gauge({
    name: 'journey_unknown_values',
    help: 'Stages, pipelines, roles and owners of the CRM that the journey map does not know',
    labelNames: ['what'],
    registers,
  });
  return {
    async refresh() {
      try {
        const [inbox, outbox, counts] = await Promise.all([store.inboxBacklog(), store.outboxBacklog(), store.unknownCounts?.()]);
        pending.set(inbox.pending);
        dead.set(inbox.dead);
        oldest.set(inbox.oldestReceivedAt === null ? 0 : Math.max(0, now() - inbox.oldestReceivedAt) / 1_000);
        waiting.set(outbox.pending);
        failed.set(outbox.failed);
        for (const what of unknownKinds) unknown.set({ what }, counts?.[what] ?? 0);
      } catch {
        for (const gauge of [pending, dead, oldest, waiting, failed]) gauge.set(Number.NaN);
        for (const what of unknownKinds) unknown.set({ what }, Number.NaN);
      }
    },
  };
}

function watchSlack({ slackConnected }: MetricReaders, registers: Registry[]): void {
  if (slackConnected === undefined) return;
  new Gauge({
    name: 'journey_slack_connected',
    help: 'Whether Slack is connected',
    registers,
    collect() {
      this.set(slackConnected() ? 1 : 0);
    },
  });
}
