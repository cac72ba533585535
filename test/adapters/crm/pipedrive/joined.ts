import { createDirectory } from '../../../../src/adapters/crm/pipedrive/directory.ts';
import { connectPipedrive } from '../../../../src/adapters/crm/pipedrive/pipedrive-api.ts';
import { createPipedriveHistory } from '../../../../src/adapters/crm/pipedrive/pipedrive-history.ts';
import { createPipedriveSource } from '../../../../src/adapters/crm/pipedrive/pipedrive-source.ts';
import type { HistoryPage } from '../../../../src/app/crm.ts';
import type { JourneyRecord, PersonRecord } from '../../../../src/core/journey/record.ts';
import { isAlive } from '../../../../src/core/journey/record.ts';
import type { Signal } from '../../../../src/core/journey/signal.ts';
import type { Sending } from '../../../pipedrive/pipedrive-webhooks.ts';
import { startPipedrive } from '../../../pipedrive/start-pipedrive.ts';
import { createQuietLogger } from '../../http/quiet-logger.ts';
import { openDoor } from '../door-at-hand.ts';
import { recordsOf } from '../records-of.ts';

/** A working afternoon: time moves when the test says so. */
export const monday = Date.parse('2026-06-01T12:00:00Z');

/** Pipedrive and the bot's door, joined over real HTTP. */
export async function joinPipedrive({ withApi = true, requestsPerTwoSeconds = 1_000, timeoutMs = 2_000 } = {}) {
  let time = monday;
  const now = (): number => time;
  const pipedrive = await startPipedrive({ now, timeoutMs });
  const stopping = new AbortController();
  const logger = createQuietLogger();
  const ignored: string[] = [];
  const clock = { now };
  const connect = (apiToken = pipedrive.apiToken) => {
    const deps = { apiToken, baseUrl: pipedrive.url, clock, logger, requestsPerTwoSeconds, timeoutMs, stopping: stopping.signal };
    const { soon, patiently, missing } = connectPipedrive(deps);
    return { soon, patiently, missing, directory: createDirectory(soon, clock) };
  };
  const { soon, directory } = connect();
  const { user, password } = pipedrive;
  const source = createPipedriveSource({
    user,
    password,
    lookUp: withApi ? { api: soon, directory } : null,
    clock,
    logger,
    onIgnored: (kind) => ignored.push(kind),
  });
  /** A new one each time, as after a start of the bot: nothing is left in its memory. */
  const history = (apiToken?: string) => {
    const { patiently, missing, directory: read } = connect(apiToken);
    return createPipedriveHistory({ api: patiently, directory: read, missing, clock });
  };

  const door = await openDoor({ source, now, logger });
  const { url, keys, process } = door;
  const hook = `${url}/webhooks/pipedrive`;

  const tick = (ms: number): void => {
    time += ms;
  };
  const send = (options: Omit<Sending, 'to'> = {}) => pipedrive.send({ ...options, to: hook });

  return {
    ...door,
    pipedrive,
    source,
    history,
    hook,
    now,
    ignored,
    stopping,
    logger,
    inbox: () => keys.size,
    tick,
    send,
    /** Sends what Pipedrive has to tell, lets the second pass in which it happened, and processes it. Resolves with the answers' codes. */
    async arrive(options: Omit<Sending, 'to'> = {}): Promise<number[]> {
      const codes = await send(options);
      tick(2_000);
      await process();
      return codes;
    },
    records: () => recordsOf(door.signals),
    async close(): Promise<void> {
      await door.close();
      await pipedrive.close();
    },
  };
}

export type Joined = Awaited<ReturnType<typeof joinPipedrive>>;

/** Everything that a reading brings. */
export async function readAll(
  history: ReturnType<Joined['history']>,
  { since = null, cursor = null }: { since?: number | null; cursor?: string | null } = {},
): Promise<HistoryPage[]> {
  const pages: HistoryPage[] = [];
  for await (const page of history.pages({ since, cursor }, new AbortController().signal)) pages.push(page);
  return pages;
}

export const signalsIn = (pages: HistoryPage[]): Signal[] => pages.flatMap((page) => page.signals);

/**
 * The records that are there. What the CRM used to say of roles, only whoever was there has heard: it counts against what somebody sets in Slack, and for
 * nothing else.
 */
export const alive = (signals: Signal[]): Record<string, Pick<JourneyRecord, 'touchpoints'>> =>
  Object.fromEntries(
    [...recordsOf(signals)]
      .filter(([, record]) => isAlive(record))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, record]) => {
        const { rolesSaid: _, ...rest } = record as PersonRecord;
        return [key, rest];
      }),
  );
