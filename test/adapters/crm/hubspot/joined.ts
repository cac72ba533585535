import { setImmediate as turn } from 'node:timers/promises';
import { connectHubspot } from '../../../../src/adapters/crm/hubspot/hubspot-api.ts';
import { createHubspotHistory } from '../../../../src/adapters/crm/hubspot/hubspot-history.ts';
import { createHubspotSource } from '../../../../src/adapters/crm/hubspot/hubspot-source.ts';
import type { HistoryPage } from '../../../../src/app/crm.ts';
import { isAlive } from '../../../../src/core/journey/record.ts';
import { startHubspot } from '../../../hubspot/start-hubspot.ts';
import { createQuietLogger } from '../../http/quiet-logger.ts';
import { openDoor } from '../door-at-hand.ts';
import { recordsOf } from '../records-of.ts';

/** A working afternoon: time moves when the test says so. */
export const monday = Date.parse('2026-06-01T12:00:00Z');

/** HubSpot and the bot's door, joined over real HTTP. */
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

  const door = await openDoor({ source, now, logger });
  const { url, signals, process } = door;

  /** To the bot's own port, signed for the address HubSpot knows. */
  const send = (options: Omit<Parameters<typeof hubspot.send>[0], 'to'> = {}) =>
    hubspot.send({ ...options, to: `${publicUrl}/webhooks/hubspot`, at: `${url}/webhooks/hubspot` });

  return {
    ...door,
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
    tick(ms: number): void {
      time += ms;
    },
    send,
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
    records: () => recordsOf(signals),
    async close(): Promise<void> {
      await door.close();
      await hubspot.close();
    },
  };
}

export type Joined = Awaited<ReturnType<typeof joinHubspot>>;
