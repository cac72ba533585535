import PQueue from 'p-queue';
import type { z } from 'zod';
import type { Clock, Logger } from '../../../app/ports.ts';
import { HubspotError } from './hubspot-error.ts';
import { parseJson } from './parse-json.ts';

export type CallerDeps = {
  accessToken: string;
  baseUrl: string;
  requestsPerTenSeconds: number;
  timeoutMs: number;
  clock: Clock;
  logger: Logger;
  stopping?: AbortSignal;
};

/** Asks, and reads the answer with `schema`. With a body it is a POST. @throws HubspotError */
export type CallHubspot = <Schema extends z.ZodType>(schema: Schema, path: string, body?: unknown) => Promise<z.output<Schema>>;

const minute = 60_000;

/**
 * Keeps to HubSpot's allowance. When HubSpot is away, or says that we ask too much, everybody waits together: no more
 * requests until the time is over, so that an outage costs one request each time, however many webhooks wait.
 */
export function createCaller({ accessToken, baseUrl, requestsPerTenSeconds, timeoutMs, clock, logger, stopping }: CallerDeps): CallHubspot {
  // Strict: HubSpot counts in a rolling window.
  const queue = new PQueue({ concurrency: 4, interval: 10_000, intervalCap: requestsPerTenSeconds, strict: true });
  const base = baseUrl.replace(/\/+$/, '');
  let pause: { until: number; reason: string } | null = null;
  let failures = 0;

  const refuseWhilePaused = (): void => {
    if (pause !== null && clock.now() < pause.until) throw new HubspotError(pause.reason, { kind: 'later', retryAt: pause.until });
  };
  // Later than the stop takes, so that nobody comes back before the next start.
  const stopped = (): HubspotError => new HubspotError('the bot stopped before HubSpot answered', { kind: 'later', retryAt: clock.now() + 15_000 });
  const pauseFor = (ms: number, reason: string): HubspotError => {
    const until = clock.now() + ms;
    if (pause === null || until > pause.until) pause = { until, reason };
    logger.warn({ reason, pauseMs: ms }, 'HubSpot is left alone for a while');
    return new HubspotError(reason, { kind: 'later', retryAt: pause.until });
  };
  const backOff = (reason: string, retryAfterMs: number | null): HubspotError => {
    failures += 1;
    return pauseFor(retryAfterMs ?? Math.min(5 * minute, 1_000 * 2 ** (failures - 1)), reason);
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
    const { status } = response;
    const retryAfterMs = retryAfterOf(response);
    const where = path.split('?', 1)[0];
    switch (true) {
      case status === 429: {
        const daily = textAt(answer, 'policyName').includes('DAILY');
        // The daily allowance comes back at midnight in the account's zone, which the answer does not tell: look once an hour.
        return pauseFor(
          retryAfterMs ?? (daily ? 60 * minute : 10_000),
          daily ? "HubSpot's daily limit is reached" : "HubSpot's rate limit is reached",
        );
      }
      case status === 401:
        logger.error({ path: where }, 'HubSpot refuses HUBSPOT_ACCESS_TOKEN: copy the private app’s access token again');
        return pauseFor(minute, 'HubSpot refuses the access token (401)');
      case status === 403: {
        const scopes = JSON.stringify(answer).match(/crm\.[a-z_.]+\.read|sales-email-read/g) ?? [];
        logger.error(
          { path: where, scopes: [...new Set(scopes)] },
          'HubSpot refuses a request: the private app lacks a scope, see docs/crm/hubspot.md',
        );
        return new HubspotError(`HubSpot refuses ${where} (403): a scope is missing`, { kind: 'later', retryAt: clock.now() + 5 * minute });
      }
      // 423: an import holds the account's lock; 477: the account is being moved to another data centre.
      case status >= 500 || [408, 423, 477].includes(status) || response.ok:
        return backOff(`HubSpot is unwell (${status})`, retryAfterMs);
      default:
        return new HubspotError(`HubSpot refuses ${where} (${status} ${textAt(answer, 'category')})`, { kind: 'dead' });
    }
  };

  return async (schema, path, body) => {
    refuseWhilePaused();
    const answer = await queue
      .add(() => send(path, body), stopping === undefined ? {} : { signal: stopping })
      .catch((error: unknown) => {
        throw error instanceof HubspotError || !stopping?.aborted ? error : stopped();
      });
    const read = schema.safeParse(answer);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const where = path.split('?', 1)[0];
    logger.error({ path: where, at: issue?.path.join('.'), reason: issue?.message }, "HubSpot's answer is not understood");
    // Not the webhook's fault: it waits for HubSpot, or for a newer version of the bot.
    throw new HubspotError(`HubSpot's answer to ${where} is not understood`, { kind: 'later', retryAt: clock.now() + 5 * minute });
  };
}

const textAt = (answer: unknown, name: string): string => {
  const found = typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>)[name] : undefined;
  return typeof found === 'string' ? found : '';
};

/** Seconds; HubSpot sends no dates here. An hour at the most: a mistake must not silence us for a day. */
function retryAfterOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(60 * minute, Math.max(1, seconds) * 1_000) : null;
}
