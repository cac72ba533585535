import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { State } from '../state.ts';
import type { Failure } from '../workspace.ts';
import { callMethod, type Tokens } from './call-method.ts';
import type { CallContext } from './method.ts';
import { readRequest } from './read-request.ts';

/** How long an unanswered call hangs when the weather does not say. */
const defaultHangMs = 30_000;

/** Serves POST and GET /api/<method>. */
export function mountWebApi(server: FastifyInstance, given: { state: State; tokens: Tokens; context: CallContext }): void {
  const { state, tokens, context } = given;
  const scopes = [...context.scopes].join(',');

  const answer = async (request: FastifyRequest<{ Params: { method: string } }>, reply: FastifyReply): Promise<unknown> => {
    const name = request.params.method;
    const { args, token, mistake } = readRequest(request);
    const respond = (status: number, response: Record<string, unknown>): Record<string, unknown> => {
      state.record({ method: name, args, at: state.now(), status, response });
      return response;
    };
    const latencyMs = state.outages.latencyMs();
    if (latencyMs > 0) await pause(latencyMs);

    const failure = state.outages.next(name);
    const wait = failure || name !== 'chat.postMessage' ? 0 : state.outages.throttle(String(args.channel));
    if (wait > 0) {
      reply.code(429).header('retry-after', String(wait));
      return respond(429, { ok: false, error: 'ratelimited' });
    }
    if (failure && failure.outcome !== 'timeout-after-accept') return fail(failure, reply, respond);

    const response = mistake ? { ok: false, error: mistake } : callMethod({ name, token, args }, tokens, context);
    respond(200, response);
    if (failure) {
      await pause(failure.hangMs ?? defaultHangMs, undefined, { ref: false });
      return breakOff(reply);
    }
    reply.header('x-oauth-scopes', scopes);
    return response;
  };

  server.post('/api/:method', answer);
  server.get('/api/:method', answer);
}

function fail(
  failure: Failure,
  reply: FastifyReply,
  respond: (status: number, response: Record<string, unknown>) => Record<string, unknown>,
): unknown {
  if (failure.outcome === 'drop-before') {
    respond(0, { ok: false, error: 'connection_dropped' });
    return breakOff(reply);
  }
  if (failure.status !== undefined) {
    reply.code(failure.status);
    if (failure.retryAfter !== undefined || failure.status === 429) {
      reply.header('retry-after', String(failure.retryAfter ?? 1));
    }
    return respond(failure.status, { ok: false, error: failure.error ?? httpErrors[failure.status] ?? 'http_error' });
  }
  return respond(200, { ok: false, error: failure.error ?? 'internal_error' });
}

const httpErrors: Readonly<Record<number, string>> = {
  429: 'ratelimited',
  500: 'internal_error',
  503: 'service_unavailable',
};

function breakOff(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}
