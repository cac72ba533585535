import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectHubspot } from '../../../../src/adapters/crm/hubspot/hubspot-api.ts';
import { createHubspotHistory } from '../../../../src/adapters/crm/hubspot/hubspot-history.ts';
import type { HistoryPage } from '../../../../src/app/crm.ts';
import { startHubspot } from '../../../hubspot/start-hubspot.ts';
import { createQuietLogger } from '../../http/quiet-logger.ts';

const monday = Date.parse('2026-06-01T12:00:00Z');
let hubspot: Awaited<ReturnType<typeof startHubspot>>;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'], now: monday });
  hubspot = await startHubspot();
  vi.stubGlobal('fetch', hubspot.fetch);
});
afterEach(async () => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  await hubspot.close();
});

const connect = (requestsPerTenSeconds = 100) =>
  connectHubspot({
    accessToken: hubspot.accessToken,
    baseUrl: 'http://hubspot.example',
    clock: { now: Date.now },
    logger: createQuietLogger(),
    requestsPerTenSeconds,
  });

/** Lets virtual time pass, ten milliseconds each time something has happened, until the work is done. */
async function during<Value>(work: Promise<Value>, meanwhile: () => void = () => undefined): Promise<Value> {
  let done = false;
  const ended = work.finally(() => {
    done = true;
  });
  for (let steps = 0; !done && steps < 100_000; steps += 1) {
    meanwhile();
    await vi.advanceTimersByTimeAsync(10);
    await turn();
  }
  return ended;
}

/** The most requests within any `ms`. */
function mostWithin(ms: number, wanted: (path: string) => boolean = () => true): number {
  const times = hubspot.requests.filter(({ path }) => wanted(path)).map(({ at }) => at);
  return Math.max(...times.map((at) => times.filter((other) => other > at - ms && other <= at).length));
}

describe('HubSpot’s limits', () => {
  it('are kept by an import, and by a reconciliation that searches a lot', { timeout: 60_000 }, async () => {
    for (let count = 0; count < 4_000; count += 1) hubspot.records.create('contacts', { email: `${count}@acme.example` });
    hubspot.weather.allowance = { perTenSeconds: 100, searchesPerSecond: 5 };
    const history = createHubspotHistory({ api: connect().patiently, clock: { now: Date.now } });
    const pages = await during(Array.fromAsync(history.pages({ since: null, cursor: null }, new AbortController().signal)));
    expect(pages.reduce((sum, { rows }) => sum + rows, 0)).toBe(4_000);
    const changed = await during(Array.fromAsync(history.pages({ since: monday, cursor: null }, new AbortController().signal)));
    expect(changed.reduce((sum, { rows }) => sum + rows, 0)).toBe(4_000);
    expect(hubspot.requests.length).toBeGreaterThan(150);
    // Two thirds, and what was admitted a moment before.
    expect(mostWithin(10_000)).toBeLessThanOrEqual(70);
    expect(mostWithin(1_000, (path) => path.endsWith('/search'))).toBeLessThanOrEqual(5);
  });

  it('leave room for webhooks while an import uses all it may', { timeout: 60_000 }, async () => {
    for (let count = 0; count < 4_000; count += 1) hubspot.records.create('contacts', { email: `${count}@acme.example` });
    hubspot.weather.allowance = { perTenSeconds: 100, searchesPerSecond: 5 };
    const api = connect();
    const history = createHubspotHistory({ api: api.patiently, clock: { now: Date.now } });
    const waited: number[] = [];
    let nextAt = monday + 1_000;
    const asked: Promise<void>[] = [];
    await during(Array.fromAsync(history.pages({ since: null, cursor: null }, new AbortController().signal)), () => {
      if (Date.now() < nextAt) return;
      nextAt += 500;
      const askedAt = Date.now();
      asked.push(
        api.soon.readObjects('contacts', ['1001'], ['email']).then((objects) => {
          expect(objects).toHaveLength(1);
          waited.push(Date.now() - askedAt);
        }),
      );
    });
    await during(Promise.all(asked));
    expect(waited.length).toBeGreaterThan(20);
    expect(Math.max(...waited)).toBeLessThanOrEqual(500);
    expect(mostWithin(10_000)).toBeLessThanOrEqual(100);
  });

  it('are waited for when HubSpot says so, and the import goes on from its last page', async () => {
    for (let count = 0; count < 300; count += 1) hubspot.records.create('contacts', { email: `${count}@acme.example` });
    const history = createHubspotHistory({ api: connect().patiently, clock: { now: Date.now } });
    const pages: HistoryPage[] = [];
    const readOn = async (): Promise<void> => {
      for await (const page of history.pages({ since: null, cursor: pages.at(-1)?.cursor ?? null }, new AbortController().signal)) {
        pages.push(page);
        if (pages.length === 2) Object.assign(hubspot.weather, { limited: 1, retryAfterSeconds: 30 });
      }
    };
    const refusedAt = await during(
      readOn().then(
        () => null,
        (error: { name: string; retryAt: number }) => [error.name, error.retryAt - Date.now()] as const,
      ),
    );
    expect(refusedAt?.[0]).toBe('CrmAwayError');
    expect(refusedAt?.[1]).toBeGreaterThan(29_000);
    expect(refusedAt?.[1]).toBeLessThanOrEqual(30_000);
    await vi.advanceTimersByTimeAsync(30_000);
    await during(readOn());
    expect(pages.reduce((sum, { rows }) => sum + rows, 0)).toBe(300);
    expect(new Set(pages.flatMap(({ signals }) => signals.map(({ id }) => id))).size).toBe(pages.flatMap(({ signals }) => signals).length);
  });
});
