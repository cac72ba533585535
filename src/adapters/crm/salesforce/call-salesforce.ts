import type { Connection } from 'jsforce/lib/connection.js';
import PQueue from 'p-queue';
import type { z } from 'zod';
import { CrmAwayError, CrmRefusedError } from '../../../app/errors.ts';
import type { Clock, Logger } from '../../../app/ports.ts';
import { minuteMs } from '../../../core/time.ts';
import { complaintOf, failureOf, isExpired } from './salesforce-failure.ts';

/** Set, for jsforce's default is of 2020. Every Salesforce has it: they keep versions for years. */
export const apiVersion = '62.0';

export type CallerDeps = {
  /** The org's own `https://….my.salesforce.com`. */
  loginUrl: string;
  clientId: string;
  clientSecret: string;
  clock: Clock;
  logger: Logger;
  timeoutMs?: number;
  /** For the answer to a query. Salesforce itself gives up after two minutes, and says so. */
  queryTimeoutMs?: number;
  /** Requests at the same time; Salesforce lets an org have 25 long ones. */
  concurrency?: number;
  stopping?: AbortSignal;
};

export type CallSalesforce = {
  /** GET, read with `schema`. `about`: the object it is about, for what is said when it fails. @throws CrmAwayError, CrmRefusedError */
  get<Schema extends z.ZodType>(schema: Schema, path: string, about: string): Promise<z.output<Schema>>;
  /** Where records have their pages. */
  origin(): Promise<string>;
  /** The organization that the token is for, in 18 characters. */
  organizationId(): Promise<string>;
  /** By how many milliseconds our clock was ahead of Salesforce's when it gave the token; 0 where it was behind. */
  aheadMs(): Promise<number>;
  /** A connection with a fresh token, for whoever keeps one of their own. */
  authorize(): Promise<Connection>;
};

/**
 * Salesforce's REST API through jsforce, with a token for the run-as user that is asked for again when it has expired. When Salesforce is away, or
 * says that we ask too much, everybody waits together: an outage costs one request each time, however many webhooks wait.
 */
export function createCaller(deps: CallerDeps): CallSalesforce {
  const { loginUrl, clientId, clientSecret, clock, logger, timeoutMs = 30_000, queryTimeoutMs = 130_000, concurrency = 4, stopping } = deps;
  const queue = new PQueue({ concurrency });
  let session: Promise<Session> | null = null;
  let pause: CrmAwayError | null = null;
  let failures = 0;

  /**
   * No retries of jsforce's own: they would hold a place for a minute, and nobody else would know. And no redirects: the token goes where it
   * belongs and nowhere else.
   */
  const options = { retry: { maxRetries: 0 }, followRedirect: false };

  const refuseWhilePaused = (): void => {
    if (pause !== null && clock.now() < pause.retryAt) throw new CrmAwayError(pause.message, pause.retryAt);
  };
  const fail = (error: unknown, about: string): never => {
    // Later than the stop takes, so that nobody comes back before the next start.
    if (stopping?.aborted) throw new CrmAwayError('the bot stopped before Salesforce answered', clock.now() + 15_000);
    if (error instanceof CrmAwayError || error instanceof CrmRefusedError) throw error;
    const complaint = complaintOf(error);
    const failure = failureOf(complaint, about, clock.now(), Math.min(5 * minuteMs, 1_000 * 2 ** failures));
    if (failure instanceof CrmAwayError) {
      // Requests that were under way together fail together: that is one outage.
      refuseWhilePaused();
      failures += 1;
      pause = failure;
      logger.warn({ code: complaint.code, about }, 'Salesforce is left alone for a while');
    }
    throw failure;
  };

  const open = async (): Promise<Session> => {
    // Only who has a Salesforce pays for the library: 40 MB of memory.
    const { Connection } = await import('jsforce/lib/connection.js');
    // Without a client of its own, so that jsforce does not try to refresh a token that has no refresh token.
    const options = { loginUrl: loginUrl.replace(/\/+$/, ''), version: apiVersion };
    const token = await withinTime(
      new Connection(options).oauth2.requestToken({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
      timeoutMs,
      stopping,
    );
    const aheadMs = Math.max(0, clock.now() - (Number(token.issued_at) || clock.now()));
    if (aheadMs > minuteMs) logger.warn({ seconds: Math.round(aheadMs / 1_000) }, "this machine's clock is ahead of Salesforce's");
    const connection = new Connection({ ...options, instanceUrl: token.instance_url, accessToken: token.access_token });
    return { connection, organizationId: organizationIn(token.id), aheadMs };
  };
  const current = (): Promise<Session> => {
    if (session !== null) return session;
    const opening = open();
    session = opening;
    opening.catch(() => {
      if (session === opening) session = null;
    });
    return opening;
  };
  const opened = (): Promise<Session> => current().catch((error: unknown) => fail(error, 'the token'));
  const send = async (path: string): Promise<unknown> => {
    const used = current();
    const { connection } = await used;
    const timeout = path.includes('/query') ? queryTimeoutMs : timeoutMs;
    const ask = (one: Connection): Promise<unknown> =>
      withinTime(one.request({ method: 'GET', url: path }, { ...options, timeout }), timeout, stopping);
    try {
      return await ask(connection);
    } catch (error) {
      if (!isExpired(complaintOf(error))) throw error;
      // Somebody else may have noticed before us.
      if (session === used) session = null;
      return ask((await current()).connection);
    }
  };

  return {
    async get(schema, path, about) {
      const task = (): Promise<unknown> => {
        refuseWhilePaused();
        // Before the next one begins: it must know of the pause.
        return send(path)
          .then(answered)
          .catch((error: unknown) => fail(error, about));
      };
      const answer = await queue.add(task, stopping === undefined ? {} : { signal: stopping }).catch((error: unknown) => fail(error, about));
      failures = 0;
      const read = schema.safeParse(answer);
      if (read.success) return read.data;
      const [issue] = read.error.issues;
      logger.error({ about, at: issue?.path.join('.'), reason: issue?.message }, "Salesforce's answer is not understood");
      // Not the webhook's fault: it waits for Salesforce, or for a newer version of the bot.
      throw new CrmAwayError(`Salesforce's answer about ${about} is not understood`, clock.now() + 5 * minuteMs);
    },
    origin: () => opened().then(({ connection }) => new URL(connection.instanceUrl).origin),
    organizationId: () => opened().then(({ organizationId }) => organizationId),
    aheadMs: () => opened().then(({ aheadMs }) => aheadMs),
    authorize() {
      session = null;
      return opened().then(({ connection }) => connection);
    },
  };
}

type Session = { connection: Connection; organizationId: string; aheadMs: number };

/** A token comes with its user's address, `https://login.salesforce.com/id/00D…/005…`; without it nobody knows. */
const organizationIn = (id: string | undefined): string => id?.split('/').at(-2) ?? '';

/** jsforce takes what is cut off, or a page of HTML, for text. */
function answered(answer: unknown): object {
  if (typeof answer === 'object' && answer !== null) return answer;
  throw Object.assign(new Error('an answer that is none of its API'), { errorCode: 'no answer of its API' });
}

/** jsforce has no way to end a request for a stop, nor a time limit for asking for a token. */
function withinTime<Value>(promise: PromiseLike<Value>, ms: number, stopping: AbortSignal | undefined): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error('Request Timeout'))), ms);
    const onAbort = (): void => end(() => reject(new Error('stopping')));
    const end = (then: () => void): void => {
      clearTimeout(timer);
      stopping?.removeEventListener('abort', onAbort);
      then();
    };
    if (stopping?.aborted) onAbort();
    else stopping?.addEventListener('abort', onAbort);
    promise.then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    );
  });
}
