import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ResponseUrls } from './response-urls.ts';
import { SlackError } from './slack-error.ts';
import type { State } from './state.ts';
import { readRequest } from './web-api/read-request.ts';

type Place = { Params: { id: string; secret: string } };

/** Where the app answers commands and clicks later: POST /commands/… and /actions/… */
export function mountResponseUrls(server: FastifyInstance, given: { state: State; responseUrls: ResponseUrls }): void {
  const { state, responseUrls } = given;
  const answer = (request: FastifyRequest<Place>, reply: FastifyReply): unknown => {
    const { args, mistake } = readRequest(request);
    const respond = (status: number, response: Record<string, unknown>): unknown => {
      state.record({ method: 'response_url', args, at: state.now(), status, response });
      reply.code(status);
      return status === 200 ? 'ok' : response;
    };
    const failure = state.outages.next('response_url');
    if (failure) return respond(failure.status ?? 500, { ok: false, error: failure.error ?? 'internal_error' });
    if (mistake) return respond(400, { ok: false, error: 'invalid_payload' });
    try {
      responseUrls.use(request.params.id, request.params.secret, args);
      return respond(200, { ok: true });
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      return respond(goneErrors.has(error.code) ? 404 : 400, { ok: false, error: error.code, ...error.detail });
    }
  };
  server.post('/commands/:team/:id/:secret', answer);
  server.post('/actions/:team/:id/:secret', answer);
}

const goneErrors = new Set(['no_service', 'expired_url', 'used_url']);
