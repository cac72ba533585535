import { webApi } from '@slack/bolt';
import { messageOf } from '../../app/errors.ts';
import type { Logger } from '../../app/ports.ts';
import { slackFetch } from './slack-fetch.ts';
import { createSlackLogger } from './slack-logger.ts';

type ClientOptions = { token: string; apiUrl: string | null; logger: Logger };

const timeoutMs = 10_000;

/**
 * One of our own clients of the Web API. `retries` 0 for what must not happen twice. `waits` for long listings: a 429 pauses the whole
 * client, so those have one to themselves. Never pass `headers`: WebClient writes the token into that object.
 */
export function createWebClient({ token, apiUrl, logger }: ClientOptions, { retries, waits }: { retries: number; waits: boolean }): webApi.WebClient {
  return new webApi.WebClient(token, {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    logger: createSlackLogger(logger),
    retryConfig: { retries, minTimeout: 500, maxTimeout: 5000 },
    rejectRateLimitedCalls: !waits,
    timeout: timeoutMs,
    fetch: slackFetch,
  });
}

/** For Bolt's own client and `respond()`, which have no time-out of their own. */
export const fetchWithTimeout: webApi.FetchFunction = (url, init) =>
  slackFetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(timeoutMs) });

/** Slack's own error code, or null where Slack did not answer one. Of an answer that is no JSON (a proxy's page, half an answer), WebClient calls all its text the error. */
export const slackErrorCode = (error: unknown): string | null =>
  error instanceof webApi.WebAPIPlatformError && /^\w{1,100}$/.test(error.data.error) ? error.data.error : null;

/** In words for logs and people. */
export const slackErrorText = (error: unknown): string =>
  error instanceof webApi.WebAPIPlatformError && slackErrorCode(error) === null
    ? `what answers is not Slack: “${String(error.data.error).slice(0, 60)}”`
    : messageOf(error);
