import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { z } from 'zod';
import type { Clock, Logger } from '../../../app/ports.ts';
import { createSeldom } from '../../../app/seldom.ts';
import { hourMs, minuteMs } from '../../../core/time.ts';
import { parseJson } from '../parse-json.ts';
import { HubspotError } from './hubspot-error.ts';
import { readRefusal } from './read-refusal.ts';

export type CallerDeps = {
  accessToken: string;
  clock: Clock;
  logger: Logger;
  baseUrl?: string;
  /** HubSpot lets a free account's app ask 100 times in 10 s; other apps of the account have their own allowance. */
  requestsPerTenSeconds?: number;
  /** HubSpot's own limit is five, for all who search in the account. */
  searchesPerSecond?: number;
  timeoutMs?: number;
  /** Resolves after `ms`; rejects when `stopping` is aborted. Default: a timer. */
  wait?: (ms: number, stopping: AbortSignal | undefined) => Promise<unknown>;
  /** Aborted when the bot stops: requests under way and waiting are given up, and what needed them is looked at after the next start. */
  stopping?: AbortSignal;
};

/** Asks, and reads the answer with `schema`. With a body it is a POST. @throws HubspotError */
export type CallHubspot = <Schema extends z.ZodType>(schema: Schema, path: string, body?: unknown) => Promise<z.output<Schema>>;

/** A daily limit, or an outage, is not waited for with work in hand. */
const longestPauseMs = minuteMs;
const longestWaitMs = 5 * minuteMs;

/**
 * Keeps to HubSpot's allowance. When HubSpot is away, or says that we ask too much, everybody waits together: no more
 * requests until the time is over, so that an outage costs one request each time, however many webhooks wait.
 *
 * `soon` is for webhooks. What many of them need is asked together, in a dozen requests: where one of these is told to come back in a moment, it does, and
 * the others are not thrown away. So webhooks get through however regularly HubSpot refuses. `patiently` is for imports: it gives way to whoever calls `soon`, and leaves a third of the allowance and half of the connections to them.
 */
export function createCaller(deps: CallerDeps): { soon: CallHubspot; patiently: CallHubspot } {
  const { accessToken, baseUrl = 'https://api.hubapi.com', requestsPerTenSeconds = 100, searchesPerSecond = 4 } = deps;
  const { timeoutMs = 10_000, wait = sleepUnlessStopped, clock, logger, stopping } = deps;
  // Strict: HubSpot counts in rolling windows.
  const queue = new PQueue({ concurrency: 4, interval: 10_000, intervalCap: requestsPerTenSeconds, strict: true });
  const patient = new PQueue({ concurrency: 2, interval: 10_000, intervalCap: Math.ceil((requestsPerTenSeconds * 2) / 3), strict: true });
  const searches = new PQueue({ concurrency: 1, interval: 1_000, intervalCap: searchesPerSecond, strict: true });
  const whileRunning = stopping === undefined ? {} : { signal: stopping };
  const base = baseUrl.replace(/\/+$/, '');
  let pause: Pause | null = null;
  let failures = 0;
  const seldom = createSeldom(clock, hourMs);

  const refuseWhilePaused = (): void => {
    if (pause !== null && clock.now() < pause.until) throw pauseError(pause);
  };
  // Later than the stop takes, so that nobody comes back before the next start.
  const stopped = (): HubspotError => new HubspotError('the bot stopped before HubSpot answered', { kind: 'later', retryAt: clock.now() + 15_000 });
  const pauseFor = (ms: number, reason: string, why: Pause['why'] = 'away'): HubspotError => {
    const until = clock.now() + ms;
    if (pause === null || until > pause.until) pause = { until, reason, why };
    logger.warn({ reason, pauseMs: ms }, 'HubSpot is left alone for a while');
    return pauseError({ until: pause.until, reason, why });
  };
  const backOff = (reason: string, retryAfterMs: number | null): HubspotError => {
    // Requests that were under way together fail together: that is one outage.
    if (pause !== null && clock.now() < pause.until && retryAfterMs === null) return pauseError(pause);
    failures += 1;
    return pauseFor(retryAfterMs ?? Math.min(5 * minuteMs, 1_000 * 2 ** (failures - 1)), reason);
  };
  const tellScope = (where: string, scopes: string[]): void => {
    const more = seldom(scopes.join(' ') || where);
    if (more !== null)
      logger.error({ path: where, scopes, ...more }, 'HubSpot refuses a request: the access token lacks a scope, see docs/crm/hubspot.md');
  };
  const send = async (path: string, body: unknown): Promise<unknown> => {
    refuseWhilePaused();
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${base}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${accessToken}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // The token goes where it belongs and nowhere else.
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(stopping === undefined ? [] : [stopping])]),
      });
      text = await response.text();
    } catch (error) {
      if (stopping?.aborted) throw stopped();
      throw backOff(`HubSpot does not answer: ${error instanceof Error ? error.name : 'error'}`, null);
    }
    const answer = parseJson(text);
    if (response.ok && answer !== undefined) {
      failures = 0;
      return answer;
    }
    throw refusal(response, answer, path);
  };

  const refusal = (response: Response, answer: unknown, path: string): HubspotError => {
    const where = path.split('?', 1)[0] ?? path;
    const read = readRefusal(response, answer, where);
    switch (read.kind) {
      case 'limited':
        return pauseFor(read.pauseMs, read.reason, 'limited');
      case 'token':
        logger.error({ path: where }, 'HubSpot refuses HUBSPOT_ACCESS_TOKEN: copy the access token again');
        return pauseFor(minuteMs, read.reason, 'token');
      case 'scope':
        tellScope(where, read.scopes);
        return new HubspotError(read.reason, { kind: 'refused', what: 'scope', retryAt: clock.now() + 5 * minuteMs });
      case 'unwell':
        return backOff(read.reason, read.retryAfterMs);
      case 'dead':
        return new HubspotError(read.reason, { kind: 'dead' });
    }
  };

  const understood = <Schema extends z.ZodType>(schema: Schema, path: string, answer: unknown): z.output<Schema> => {
    const read = schema.safeParse(answer);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const where = path.split('?', 1)[0];
    logger.error({ path: where, at: issue?.path.join('.'), reason: issue?.message }, "HubSpot's answer is not understood");
    // Not the webhook's fault: it waits for HubSpot, or for a newer version of the bot.
    throw new HubspotError(`HubSpot's answer to ${where} is not understood`, { kind: 'later', retryAt: clock.now() + 5 * minuteMs });
  };
  const unlessStopped = (asked: Promise<unknown>): Promise<unknown> =>
    asked.catch((error: unknown) => {
      throw error instanceof HubspotError || !stopping?.aborted ? error : stopped();
    });

  /** Until a pause for asking too much is over; null: there is none, or it is too long to be waited for. */
  const pauseLeft = (): number | null => (pause?.why !== 'limited' || pause.until - clock.now() > longestPauseMs ? null : pause.until - clock.now());
  const waitFor = async (ms: number): Promise<void> => {
    const waitedFor = pause;
    await unlessStopped(wait(ms, stopping));
    // Whatever the clock says: the time has passed.
    if (pause === waitedFor) pause = null;
  };
  const askNow = async (path: string, body: unknown): Promise<unknown> => {
    refuseWhilePaused();
    return unlessStopped(queue.add(() => send(path, body), whileRunning));
  };
  const ask = async (path: string, body: unknown): Promise<unknown> => {
    for (let waitedMs = 0; ; ) {
      try {
        return await askNow(path, body);
      } catch (error) {
        const left = error instanceof HubspotError && error.failure.kind === 'later' ? pauseLeft() : null;
        if (left === null || waitedMs + left > longestWaitMs || stopping?.aborted) throw error;
        waitedMs += left;
        await waitFor(Math.max(0, left));
      }
    }
  };

  return {
    soon: async (schema, path, body) => understood(schema, path, await ask(path, body)),
    async patiently(schema, path, body) {
      refuseWhilePaused();
      const ask = (): Promise<unknown> => send(path, body);
      // Counted at the very last: searches that waited together must not go out together.
      const paced = path.endsWith('/search') ? () => searches.add(ask, whileRunning) : ask;
      const givingWay = (): Promise<unknown> => queue.add(paced, { ...whileRunning, priority: -1 });
      return understood(schema, path, await unlessStopped(patient.add(givingWay, whileRunning)));
    },
  };
}

/** `limited`: we ask too much. */
type Pause = { until: number; reason: string; why: 'away' | 'limited' | 'token' };

const pauseError = ({ until, reason, why }: Pause): HubspotError =>
  new HubspotError(reason, why === 'token' ? { kind: 'refused', what: 'token', retryAt: until } : { kind: 'later', retryAt: until });

const sleepUnlessStopped = (ms: number, stopping: AbortSignal | undefined): Promise<void> =>
  sleep(ms, undefined, stopping === undefined ? {} : { signal: stopping });
