import { setImmediate as turn } from 'node:timers/promises';
import { connectHubspot } from '../../../../src/adapters/crm/hubspot/hubspot-api.ts';
import { createHubspotHistory } from '../../../../src/adapters/crm/hubspot/hubspot-history.ts';
import { createHubspotSource } from '../../../../src/adapters/crm/hubspot/hubspot-source.ts';
import { createHttpServer } from '../../../../src/adapters/http.ts';
import { createMetrics } from '../../../../src/adapters/metrics.ts';
import type { HistoryPage } from '../../../../src/app/crm.ts';
import type { InboxRow } from '../../../../src/app/ports.ts';
import { applySignal, type RecordsAtHand } from '../../../../src/core/journey/apply-signal.ts';
import { isAlive, type JourneyRecord } from '../../../../src/core/journey/record.ts';
import type { Signal } from '../../../../src/core/journey/signal.ts';
import { startHubspot } from '../../../hubspot/start-hubspot.ts';
import { createQuietLogger } from '../../http/quiet-logger.ts';

/** A working afternoon: time moves when the test says so. */
export const monday = Date.parse('2026-06-01T12:00:00Z');

/** HubSpot and the bot's door, joined over real HTTP; the inbox is an array, and `process` is what ingest does with it. */
export async function joinHubspot({ withApi = true, requestsPerTenSeconds = 10_000, searchesPerSecond = 10_000 } = {}) {
  let time = monday;
  const now = (): number => time;
  const hubspot = await startHubspot({ now });
  const stopping = new AbortController();
  const waits: number[] = [];
  const logger = createQuietLogger();
  const ignored: string[] = [];
  const connection = connectHubspot({
    accessToken: hubspot.accessToken,
    baseUrl: hubspot.url,
    clock: { now },
    logger,
    requestsPerTenSeconds,
    searchesPerSecond,
    timeoutMs: 2_000,
    stopping: stopping.signal,
    async wait(ms) {
      const until = time + ms;
      waits.push(ms);
      await turn();
      time = Math.max(time, until);
    },
  });
  const history = createHubspotHistory({ api: connection.patiently, clock: { now } });
  const publicUrl = 'https://bot.example/hooks';
  const source = createHubspotSource({
    clientSecret: hubspot.clientSecret,
    publicUrl,
    api: withApi ? connection.soon : null,
    clock: { now },
    logger,
    onIgnored: (kind) => ignored.push(kind),
  });

  const keys = new Set<string>();
  let pending: (InboxRow & { dueAt: number })[] = [];
  const dead: { row: InboxRow; error: string }[] = [];
  const signals: Signal[] = [];
  const server = createHttpServer({
    sources: [source],
    store: {
      async accept(from, entries, at) {
        const fresh = entries.filter(({ key }) => !keys.has(key));
        for (const entry of fresh) {
          keys.add(entry.key);
          pending.push({ id: keys.size, source: from, ...entry, receivedAt: at, attempts: 0, dueAt: at });
        }
        return { fresh: fresh.length };
      },
    },
    clock: { now },
    logger,
    metrics: createMetrics({ now }),
    health: async () => ({ ready: true, checks: {} }),
  });
  const { url } = await server.listen({ host: '127.0.0.1', port: 0 });

  /** To the bot's own port, signed for the address HubSpot knows. */
  const send = (options: Omit<Parameters<typeof hubspot.send>[0], 'to'> = {}) =>
    hubspot.send({ ...options, to: `${publicUrl}/webhooks/hubspot`, at: `${url}/webhooks/hubspot` });
  async function process(): Promise<void> {
    const due = pending.filter((row) => row.dueAt <= time);
    pending = pending.filter((row) => row.dueAt > time);
    const outcomes = await source.parse(due, time);
    for (const [index, outcome] of outcomes.entries()) {
      const row = due[index];
      if (row === undefined) throw new Error('an outcome without its row');
      if (outcome.kind === 'signals') signals.push(...outcome.signals);
      if (outcome.kind === 'dead') dead.push({ row, error: outcome.error });
      if (outcome.kind === 'later') pending.push({ ...row, attempts: row.attempts + 1, dueAt: outcome.retryAt });
    }
  }

  return {
    hubspot,
    source,
    history,
    now,
    publicUrl,
    ignored,
    stopping,
    logger,
    /** How long it waited with work in hand, each time. */
    waits,
    dead,
    signals,
    waiting: () => pending.length,
    tick(ms: number): void {
      time += ms;
    },
    send,
    process,
    /** Sends what HubSpot has to tell, and processes it. Resolves with the answers' codes. */
    async arrive(options: Parameters<typeof send>[0] = {}): Promise<number[]> {
      const codes = await send(options);
      await process();
      return codes;
    },
    /** Asks after everybody who is known. */
    async lookForGone(): Promise<void> {
      const people = [...recordsOf(signals).values()].filter((record) => record.kind === 'person' && isAlive(record));
      signals.push(
        ...((await history.gonePeople?.(
          people.map(({ id }) => id),
          time,
        )) ?? []),
      );
    },
    /** An import, or a reconciliation, to its end. */
    async read(since: number | null = null, cursor: string | null = null): Promise<HistoryPage[]> {
      const pages = await Array.fromAsync(history.pages({ since, cursor }, stopping.signal));
      signals.push(...pages.flatMap((page) => page.signals));
      return pages;
    },
    ofType: <Type extends Signal['type']>(type: Type) => signals.filter((signal): signal is Extract<Signal, { type: Type }> => signal.type === type),
    records: () => recordsOf(signals),
    async close(): Promise<void> {
      await server.close();
      await hubspot.close();
    },
  };
}

export type Joined = Awaited<ReturnType<typeof joinHubspot>>;

/** What the core makes of signals: records by `kind:id`. */
export function recordsOf(signals: Signal[]): Map<string, JourneyRecord> {
  const records = new Map<string, JourneyRecord>();
  const aliases = new Map<string, string>();
  const resolve: RecordsAtHand['resolve'] = (kind, id) => {
    let found = id;
    for (let next = aliases.get(`${kind}:${found}`); next !== undefined; next = aliases.get(`${kind}:${found}`)) found = next;
    return found;
  };
  for (const signal of signals) {
    const applied = applySignal({ resolve, get: (kind, id) => records.get(`${kind}:${resolve(kind, id)}`), all: () => records.values() }, signal);
    for (const { kind, from, into } of applied.aliases) {
      aliases.set(`${kind}:${from}`, into);
      aliases.delete(`${kind}:${into}`);
      records.delete(`${kind}:${from}`);
    }
    for (const record of applied.records) records.set(`${record.kind}:${record.id}`, record);
  }
  return records;
}
