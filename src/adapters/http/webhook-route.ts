import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CrmSource, Verdict } from '../../app/crm-source.ts';
import type { Clock, Logger, Store } from '../../app/ports.ts';
import { createSeldom } from '../../app/seldom.ts';
import type { Source } from '../../core/journey/signal.ts';
import { type EpochMs, minuteMs } from '../../core/time.ts';
import { jsonType, type Refusal, refusalOf, sendRefusal } from './answers.ts';
import type { HttpLimits } from './limits.ts';
import { createTokenBucket } from './token-bucket.ts';

export type WebhookDeps = {
  store: Pick<Store, 'accept'>;
  clock: Clock;
  logger: Logger;
  limits: HttpLimits;
  metrics: { webhook(source: Source, code: number, seconds: number): void };
  onAccepted: (source: Source) => void;
  backlog: () => number;
  stopping: () => boolean;
};

type Accepted = Extract<Verdict, { ok: true }>;

/**
 * The door of one CRM: signature, then durable, then 2xx. Nothing here waits for what a webhook means. A request that is refused leaves a
 * count and, once a minute for each code, a log line without its body: whoever may not come in must not fill the log either.
 */
export function webhookRoute(source: CrmSource, deps: WebhookDeps): (scope: FastifyInstance) => Promise<void> {
  const { store, clock, logger, limits, metrics } = deps;
  const bucket = createTokenBucket({ perSecond: limits.requestsPerSecond, burst: limits.burst });
  const contentTypes = source.contentTypes ?? ['application/json'];
  const seldom = createSeldom(clock, minuteMs);
  let underWay = 0;

  const refuse = (reply: FastifyReply, refusal: Refusal, seconds = 0): void => {
    metrics.webhook(source.source, refusal.code, seconds);
    const more = seldom(String(refusal.code));
    if (more !== null) logger.warn({ source: source.source, code: refusal.code, reason: refusal.message, ...more }, 'webhook refused');
    sendRefusal(reply, refusal);
  };

  /** Before the body is read: what cannot be taken in now need not be sent. */
  const refusalAtGate = ({ raw }: FastifyRequest): Refusal | null => {
    if (deps.stopping()) return { code: 503, message: 'stopping', retryAfterSeconds: 10 };
    if (underWay >= limits.underWay) return { code: 503, message: 'too many requests under way', retryAfterSeconds: 2 };
    if (deps.backlog() >= limits.backlog) return { code: 503, message: 'too many webhooks wait to be processed', retryAfterSeconds: 60 };
    const encoding = raw.headers['content-encoding'];
    return encoding === undefined || encoding === 'identity' ? null : { code: 415, message: 'content-encoding must be identity' };
  };

  const judge = ({ raw, body }: FastifyRequest, now: EpochMs): Accepted | Refusal => {
    if (!Buffer.isBuffer(body) || body.length === 0) return { code: 400, message: 'the body is empty' };
    // Node gives a list for set-cookie alone, which no request has.
    const headers = raw.headers as Record<string, string | undefined>;
    const verdict = source.verify({ method: 'POST', path: raw.url ?? source.path, headers, body }, now);
    if (!verdict.ok) return { code: verdict.status, message: verdict.message };
    // Only after the signature: a stranger must not be able to use up a CRM's allowance.
    const token = bucket.take(now);
    return token.ok ? verdict : { code: 429, message: 'too many requests', retryAfterSeconds: token.retryAfterSeconds };
  };

  const handle = (request: FastifyRequest, reply: FastifyReply): void => {
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1_000;
    const now = clock.now();
    const judged = judge(request, now);
    if (!('entries' in judged)) {
      refuse(reply, judged, seconds());
      return;
    }
    const { entries, signals = 1 } = judged;
    const stored = store.accept(source.source, entries, now, () => deps.onAccepted(source.source));
    underWay += 1;
    stored.then(
      ({ fresh }) => {
        underWay -= 1;
        metrics.webhook(source.source, 200, seconds());
        // Tells the client not to send its next request into a socket that is about to close.
        if (deps.stopping()) reply.header('connection', 'close');
        const { contentType, body } = source.answer ?? {
          contentType: jsonType,
          body: `{"accepted":${entries.length * signals},"new":${fresh * signals}}`,
        };
        reply.header('content-type', contentType).send(body);
      },
      (error: unknown) => {
        underWay -= 1;
        const more = seldom('not stored');
        if (more !== null) logger.error({ source: source.source, err: error, ...more }, 'a webhook could not be stored');
        refuse(reply, { code: 503, message: 'cannot be stored now', retryAfterSeconds: 5 }, seconds());
      },
    );
  };

  return async (scope) => {
    // Signatures are over bytes: no parser but this one touches a body.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser([...contentTypes], { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, _request, reply) => {
      const refusal = refusalOf(error, limits.bodyBytes, contentTypes);
      if (refusal === null) logger.error({ source: source.source, err: error }, 'a webhook met a fault of ours');
      // fastify would close the connection now. A client that sends its whole body before it reads would never see why: the rest is read and
      // thrown away instead, for no longer than a request may take.
      if (refusal?.code === 413 && !deps.stopping()) reply.removeHeader('connection');
      refuse(reply, refusal ?? { code: 500, message: 'internal error' });
    });
    const onRequest = (request: FastifyRequest, reply: FastifyReply, next: () => void): void => {
      const refusal = refusalAtGate(request);
      if (refusal === null) next();
      else refuse(reply, refusal);
    };
    scope.post(source.path, { onRequest }, handle);
  };
}
