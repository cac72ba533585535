import { expect, it, onTestFinished, vi } from 'vitest';
import { createMetrics } from '../src/adapters/metrics.ts';
import { openStore } from '../src/adapters/store/open-store.ts';
import type { Crm } from '../src/app/crm.ts';
import { createComparisons } from '../src/comparisons.ts';
import { parseDuration } from '../src/core/duration.ts';
import { minuteMs } from '../src/core/time.ts';
import { createFlights } from '../src/flights.ts';
import { aTeam, deal } from './app/a-team.ts';
import { aFakeHistory, anObject, type FakeHistory } from './app/fake-history.ts';
import { at } from './core/builders.ts';

async function running(history: FakeHistory, { hangs = false } = {}) {
  const store = await openStore(':memory:');
  let time = at('2026-09-07 10:00');
  const clock = { now: () => time };
  const silent = () => undefined;
  const logger = { debug: silent, info: silent, warn: silent, error: silent };
  const flights = createFlights({ clock, logger });
  const metrics = createMetrics({ now: () => time });
  const asked = Promise.withResolvers<void>();
  const crm: Crm = {
    source: 'hubspot',
    webhooks: null,
    stream: null,
    history: {
      ...history,
      async *pages(from, stopping) {
        asked.resolve();
        if (hangs) await new Promise((_resolve, reject) => stopping.addEventListener('abort', () => reject(stopping.reason), { once: true }));
        yield* history.pages(from, stopping);
      },
    },
  };
  const applied: string[] = [];
  const comparisons = createComparisons({
    ...{ store, clock, logger, metrics, flights, crms: [crm, { ...crm, source: 'signals', history: null }] },
    config: () => aTeam({ reconcile: { hubspot: parseDuration('30m') } }),
    newId: () => `id-${Math.random()}`,
    breathe: async () => undefined,
    drained: async () => undefined,
    onSignals: (signals) => void applied.push(...signals.map(({ type }) => type)),
  });
  onTestFinished(async () => {
    comparisons.stop();
    flights.stop();
    await flights.settled();
    await store.close();
  });
  return { comparisons, flights, metrics, applied, asked: asked.promise, pass: (ms: number) => (time += ms) };
}

it('a running bot compares, applies what it finds, and counts it', async () => {
  const { comparisons, metrics, applied, pass } = await running(aFakeHistory([anObject('2026-09-07 10:10', deal('d-1'))]));
  comparisons.start();
  await vi.waitFor(
    async () => expect((await metrics.scrape()).body).toContain('journey_reconcile_last_success_timestamp_seconds{source="hubspot"} 1788775200'),
    { timeout: 20_000 },
  );
  pass(30 * minuteMs);
  comparisons.soon('hubspot');
  comparisons.soon('signals');
  await vi.waitFor(
    async () => expect((await metrics.scrape()).body).toContain('journey_reconcile_runs_total{source="hubspot",outcome="finished"} 1'),
    { timeout: 20_000 },
  );
  expect(applied).toEqual(['deal.upserted']);
});

it('a stop does not wait for a CRM that is slow to answer', async () => {
  const { comparisons, flights, asked, metrics } = await running(aFakeHistory([]), { hangs: true });
  comparisons.soon('hubspot');
  await asked;
  comparisons.stop();
  flights.stop();
  await flights.settled();
  expect((await metrics.scrape()).body).not.toContain('journey_reconcile_runs_total{');
});
