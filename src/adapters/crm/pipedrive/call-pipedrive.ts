import PQueue from 'p-queue';
import { CrmAwayError, CrmRefusedError } from '../../../app/errors.ts';
import type { Clock, Logger } from '../../../app/ports.ts';
import { createSeldom } from '../../../app/seldom.ts';
import { hourMs, minuteMs } from '../../../core/time.ts';
import { parseJson } from '../parse-json.ts';

export type CallerDeps = {
  apiToken: string;
  baseUrl: string;
  requestsPerTwoSeconds: number;
  timeoutMs: number;
  clock: Clock;
  logger: Logger;
  stopping?: AbortSignal;
};

/**
 * Asks (only ever GET: the bot writes nothing), and answers Pipedrive's JSON. Null: there is no such thing, or it is not for us (404, 410); with
 * `tolerant` also where Pipedrive does not understand the question (400), as an old cursor. `urgent` goes before what is not.
 * @throws CrmAwayError, CrmRefusedError
 */
export type CallPipedrive = (path: string, options?: { tolerant?: boolean; urgent?: boolean }) => Promise<unknown>;

const second = 1_000;

/**
 * Keeps to Pipedrive's allowance of a rolling two seconds. When Pipedrive is away, or says that we ask too much, everybody waits together: no more
 * requests until the time is over. Who goes on asking against a 429 is shut out altogether.
 */
export function createCaller({ apiToken, baseUrl, requestsPerTwoSeconds, timeoutMs, clock, logger, stopping }: CallerDeps): CallPipedrive {
  // Some more than two, since Pipedrive counts when requests arrive.
  const queue = new PQueue({ concurrency: 8, interval: 2.25 * second, intervalCap: requestsPerTwoSeconds, strict: true });
  const base = baseUrl.replace(/\/+$/, '');
  let pause: { until: number; error: CrmAwayError | CrmRefusedError } | null = null;
  let failures = 0;
  const seldom = createSeldom(clock, hourMs);

  const refuseWhilePaused = (): void => {
    if (pause !== null && clock.now() < pause.until) throw pause.error;
  };
  // Later than the stop takes, so that nobody comes back before the next start.
  const stopped = (): CrmAwayError => new CrmAwayError('the bot stopped before Pipedrive answered', clock.now() + 15 * second);
  const pauseFor = <Thrown extends CrmAwayError | CrmRefusedError>(ms: number, error: Thrown): Thrown => {
    const until = clock.now() + ms;
    if (pause === null || until > pause.until) pause = { until, error };
    logger.warn({ reason: error.message, pauseMs: ms }, 'Pipedrive is left alone for a while');
    return error;
  };
  const away = (ms: number, reason: string): CrmAwayError => pauseFor(ms, new CrmAwayError(reason, clock.now() + ms));
  const backOff = (reason: string, retryAfterMs: number | null): Error => {
    // Requests that were under way together fail together: that is one outage.
    if (pause !== null && clock.now() < pause.until && retryAfterMs === null) return pause.error;
    failures += 1;
    return away(retryAfterMs ?? Math.min(5 * minuteMs, second * 2 ** (failures - 1)), reason);
  };

  const tellRefusal = (where: string, status: number): void => {
    const more = seldom(`${status} ${where.replaceAll(/\d+/g, '')}`);
    if (more !== null) logger.error({ path: where, status, ...more }, 'Pipedrive refuses a request: see docs/crm/pipedrive.md');
  };

  const send = async (path: string, tolerant: boolean): Promise<unknown> => {
    refuseWhilePaused();
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${base}${path}`, {
        headers: { 'x-api-token': apiToken, accept: 'application/json' },
        // The token goes where it belongs and nowhere else.
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(stopping === undefined ? [] : [stopping])]),
      });
      text = await response.text();
    } catch (error) {
      if (stopping?.aborted) throw stopped();
      throw backOff(`Pipedrive does not answer: ${error instanceof Error ? error.name : 'error'}`, null);
    }
    const answer = parseJson(text);
    if (response.ok && isAnswer(answer)) {
      failures = 0;
      return answer;
    }
    // Only Pipedrive itself can say that there is no such thing, and what is not there counts as deleted: never because of somebody's page of HTML.
    // Of v1 a 410 says that a list was given up, in whatever form; whether an object is there v2 tells.
    const isSaid = answer !== undefined || (response.status === 410 && path.startsWith('/v1/'));
    if (isSaid && ([404, 410].includes(response.status) || (tolerant && response.status === 400))) return null;
    throw refusal(response, text, isSaid, path);
  };

  const refusal = (response: Response, text: string, isJson: boolean, path: string): Error => {
    const { status } = response;
    const where = path.split('?', 1)[0] ?? path;
    const retryAfterMs = secondsOf(response, 'retry-after');
    switch (true) {
      case status === 429: {
        const burst = response.headers.get('x-ratelimit-remaining') === '0' && !/daily/i.test(text);
        const wait = retryAfterMs ?? (burst ? (secondsOf(response, 'x-ratelimit-reset') ?? 2 * second) : null);
        // The budget comes back at midnight of a zone that the answer does not tell: look once an hour.
        return wait === null ? away(hourMs, "Pipedrive's daily API budget is used up") : away(wait, "Pipedrive's rate limit is reached");
      }
      case status === 401:
        logger.error({ path: where }, 'Pipedrive refuses PIPEDRIVE_API_TOKEN: copy the API token again');
        return pauseFor(
          minuteMs,
          new CrmRefusedError('Pipedrive refuses PIPEDRIVE_API_TOKEN (401): copy it again from Personal preferences → API, and start the bot anew'),
        );
      // Not Pipedrive but what stands before it: we, or somebody with our address, went on asking against 429.
      case status === 403 && !isJson:
        return away(hourMs, 'Pipedrive shuts us out for asking too much (403)');
      case status === 402 || status === 403:
        tellRefusal(where, status);
        return new CrmRefusedError(
          `Pipedrive refuses ${where} (${status}): give the token's user access to it (Settings → Manage users → Permission sets and Visibility groups)`,
        );
      case status >= 500 || status === 408:
        return backOff(`Pipedrive is unwell (${status})`, retryAfterMs);
      case response.ok || !isJson:
        return backOff(`What answers is not Pipedrive's API (${status})`, retryAfterMs);
      default:
        return new CrmRefusedError(`Pipedrive does not understand ${where} (${status}): look for a newer version of the bot`);
    }
  };

  return async (path, { tolerant = false, urgent = false } = {}) => {
    refuseWhilePaused();
    const options = { priority: urgent ? 1 : 0, ...(stopping === undefined ? {} : { signal: stopping }) };
    return queue
      .add(() => send(path, tolerant), options)
      .catch((error: unknown) => {
        throw error instanceof CrmAwayError || error instanceof CrmRefusedError || !stopping?.aborted ? error : stopped();
      });
  };
}

/** Every answer has `data`, be it null; `success` is false where there is none. */
const isAnswer = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'data' in answer && !('success' in answer && answer.success === false);

/** Of a header in seconds, at least one; an hour at the most: a mistake must not silence us for a day. */
function secondsOf(response: Response, header: string): number | null {
  const seconds = Number(response.headers.get(header) || Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(hourMs, Math.max(1, seconds) * second) : null;
}
