import type { IncomingMessage, ServerResponse } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import type { CrmSource } from '../app/crm-source.ts';
import type { Clock, Logger, Store } from '../app/ports.ts';
import type { Source } from '../core/journey/signal.ts';
import { jsonType, type Refusal, refusalOnSocket, sendRefusal } from './http/answers.ts';
import { defaultLimits, type HttpLimits } from './http/limits.ts';
import { webhookRoute } from './http/webhook-route.ts';

/** `ready` decides the code of `/readyz`; the checks say why. */
export type Health = { ready: boolean; checks: Record<string, { ok: boolean; detail?: string }> };

export type HttpServerDeps = {
  sources: readonly CrmSource[];
  store: Pick<Store, 'accept'>;
  clock: Clock;
  logger: Logger;
  health(): Promise<Health>;
  metrics: { webhook(source: Source, code: number, seconds: number): void; scrape(): Promise<{ contentType: string; body: string }> };
  /** Bolt's `HTTPReceiver.requestListener`: gets `POST /slack/events` untouched, its body unread. */
  slackListener?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Something new is in the inbox, durable. */
  onAccepted?: (source: Source) => void;
  /** Bodies that wait to be processed, as far as known: asked at every webhook, so it must cost nothing. */
  backlog?: () => number;
  limits?: Partial<HttpLimits>;
};

export type HttpServer = {
  /** Port 0: any that is free. @throws when the address is taken. */
  listen(at: { host: string; port: number }): Promise<{ url: string; port: number }>;
  /** No new work; what is under way is finished, but for no longer than `limits.closeMs`. */
  close(): Promise<void>;
};

/** Everything that speaks HTTP to us: webhooks, Slack without Socket Mode, probes and metrics. */
export function createHttpServer(deps: HttpServerDeps): HttpServer {
  const limits = { ...defaultLimits, ...deps.limits };
  let stopping = false;
  const app = fastify({
    logger: false,
    // No route has a JSON schema: what would compile them stays where it is.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    bodyLimit: limits.bodyBytes,
    // A part of an address may be a secret, which is as long as its owner likes: whoever is to say no to it has to see it.
    routerOptions: { maxParamLength: longestWord },
    keepAliveTimeout: limits.keepAliveMs,
    requestTimeout: limits.requestMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: Math.min(5_000, limits.headersMs) },
    // Our own gate answers 503 with Retry-After.
    return503OnClosing: false,
    frameworkErrors: (_error, _request, reply) => sendRefusal(reply, { code: 400, message: 'not a valid address' }),
    clientErrorHandler(error, socket) {
      if (socket.writable && error.code !== 'ECONNRESET') socket.write(refusalOnSocket(socketRefusal(error.code)));
      socket.destroySoon();
    },
  });

  const allowed = allowedMethods(deps);
  const allowedAt = (path: string): string | undefined => allowed.find(({ at }) => at.test(path))?.allow;
  // Not fastify's own handler for it, which comes after the body: where nothing is asked for, whatever was sent with it is no fault.
  app.addHook('onRequest', (request, reply, next) => {
    if (!request.is404) return next();
    const allow = allowedAt(request.url.split('?', 1)[0] ?? '');
    sendRefusal(reply, allow === undefined ? { code: 404, message: 'there is nothing here' } : { code: 405, message: `only ${allow}`, allow });
  });
  for (const source of deps.sources) {
    app.register(
      webhookRoute(source, {
        ...deps,
        limits,
        onAccepted: deps.onAccepted ?? (() => undefined),
        backlog: deps.backlog ?? (() => 0),
        stopping: () => stopping,
      }),
    );
  }
  if (deps.slackListener !== undefined) slackRoute(app, deps.slackListener, () => stopping);
  probes(app, deps, () => stopping);
  app.setErrorHandler((error, _request, reply) => {
    deps.logger.error({ err: error }, 'a request met a fault of ours');
    sendRefusal(reply, { code: 500, message: 'internal error' });
  });

  return {
    async listen({ host, port }) {
      await app.listen({ host, port });
      const address = app.server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, port: bound };
    },
    async close() {
      stopping = true;
      // A socket whose request has just been answered is idle again only after `server.close` looked for idle ones: without looking again, a
      // client that keeps its connection alive would hold up the stop for as long as that.
      const sweep = setInterval(() => app.server.closeIdleConnections(), 20);
      const deadline = setTimeout(() => app.server.closeAllConnections(), limits.closeMs);
      try {
        await app.close();
      } finally {
        clearInterval(sweep);
        clearTimeout(deadline);
      }
    },
  };
}

function slackRoute(app: FastifyInstance, listener: NonNullable<HttpServerDeps['slackListener']>, stopping: () => boolean): void {
  app.post(
    '/slack/events',
    {
      onRequest(request, reply) {
        if (stopping()) return sendRefusal(reply, { code: 503, message: 'stopping', retryAfterSeconds: 10 });
        reply.hijack();
        listener(request.raw, reply.raw);
      },
    },
    () => undefined,
  );
}

function probes(app: FastifyInstance, deps: HttpServerDeps, stopping: () => boolean): void {
  app.get('/healthz', (_request, reply) => {
    reply.header('content-type', jsonType).send('{"status":"alive"}');
  });
  app.get('/readyz', async (_request, reply) => {
    const health = await deps.health().catch((error: unknown): Health => {
      deps.logger.error({ err: error }, 'the health check failed');
      return { ready: false, checks: { health: { ok: false } } };
    });
    const ready = health.ready && !stopping();
    const checks = stopping() ? { ...health.checks, running: { ok: false, detail: 'stopping' } } : health.checks;
    return reply.code(ready ? 200 : 503).send({ ready, checks });
  });
  app.get('/metrics', async (_request, reply) => {
    const { contentType, body } = await deps.metrics.scrape();
    return reply.header('content-type', contentType).send(body);
  });
}

const allowedMethods = (deps: HttpServerDeps): { at: RegExp; allow: string }[] => {
  const posted = [...deps.sources.map(({ path }) => path), ...(deps.slackListener === undefined ? [] : ['/slack/events'])];
  return [
    // A part of the path may be anything: whether it is the right word is not told.
    ...posted.map((path) => ({ at: new RegExp(`^${path.replaceAll(/:[a-z]+/g, '[^/]+')}$`), allow: 'POST' })),
    { at: /^\/(?:healthz|readyz|metrics)$/, allow: 'GET, HEAD' },
  ];
};

function socketRefusal(code: string): Refusal {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { code: 408, message: 'the request took too long' };
    case 'HPE_HEADER_OVERFLOW':
      return { code: 431, message: 'the headers are too large' };
    default:
      return { code: 400, message: 'not an HTTP request' };
  }
}

/** Of an address; in characters. */
const longestWord = 4_096;

function noSchemas(): never {
  throw new Error('no route has a schema');
}
