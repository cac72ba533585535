import fastify, { type FastifyReply } from 'fastify';
import type { createHubspotRecords, Kind } from './hubspot-records.ts';

type Records = ReturnType<typeof createHubspotRecords>;
export type ApiOptions = { records: Records; accessToken: string; pipelines: unknown[]; owners: { id: string; email: string; archived?: boolean }[] };

/** How HubSpot's API behaves badly, to be switched during a test. */
export type Weather = {
  outage: number | null;
  /** Answers 429 to the next so many requests. */
  limited: number;
  retryAfterSeconds: number | null;
  policyName: string;
  /** Path beginnings that the token has no scope for. */
  forbidden: string[];
  /** Ids that a batch cannot answer just now, beside those it can. */
  failing: string[];
  /** Hangs up without an answer. */
  hangUp: boolean;
};

/** The endpoints that a private app may call, in HubSpot's own shapes. */
export function createHubspotApiServer({ records, accessToken, pipelines, owners }: ApiOptions) {
  const app = fastify({ logger: false, forceCloseConnections: true });
  const weather: Weather = {
    outage: null,
    limited: 0,
    retryAfterSeconds: null,
    policyName: 'TEN_SECONDLY_ROLLING',
    failing: [],
    forbidden: [],
    hangUp: false,
  };
  const requests: { path: string; inputs: number }[] = [];

  app.addHook('preHandler', async (request, reply) => {
    requests.push({ path: request.url, inputs: (request.body as { inputs?: unknown[] } | undefined)?.inputs?.length ?? 0 });
    if (weather.hangUp) {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    if (weather.outage !== null) return problem(reply, weather.outage, { message: 'internal error' });
    if (weather.limited > 0) {
      weather.limited -= 1;
      if (weather.retryAfterSeconds !== null) reply.header('retry-after', String(weather.retryAfterSeconds));
      return problem(reply, 429, { message: 'You have reached your limit.', errorType: 'RATE_LIMIT', policyName: weather.policyName });
    }
    if (request.headers.authorization !== `Bearer ${accessToken}`)
      return problem(reply, 401, { message: 'Authentication credentials not found.', category: 'INVALID_AUTHENTICATION' });
    if (weather.forbidden.some((path) => request.url.startsWith(path))) {
      const context = { requiredGranularScopes: ['crm.objects.contacts.read'] };
      return problem(reply, 403, {
        message: 'This app hasn’t been granted all required scopes.',
        category: 'MISSING_SCOPES',
        errors: [{ message: 'One or more scopes are required', context }],
      });
    }
    return undefined;
  });

  app.post<{ Params: { kind: Kind }; Body: { inputs: { id: string }[]; properties?: string[]; propertiesWithHistory?: string[] } }>(
    '/crm/v3/objects/:kind/batch/read',
    (request, reply) => {
      const { inputs, properties = [], propertiesWithHistory = [] } = request.body;
      if (inputs.length > (propertiesWithHistory.length > 0 ? 50 : 100))
        return problem(reply, 400, { message: 'too many inputs', category: 'VALIDATION_ERROR' });
      const ids = inputs.map(({ id }) => id);
      const failing = ids.filter((id) => weather.failing.includes(id));
      const missing = ids.filter((id) => records.find(request.params.kind, id) === null);
      const there = ids.filter((id) => !failing.includes(id)).flatMap((id) => records.find(request.params.kind, id) ?? []);
      const found = new Map(there.map((object) => [object.id, object]));
      const problems = [
        ...(missing.length === 0 ? [] : [{ category: 'OBJECT_NOT_FOUND', context: { ids: missing } }]),
        ...failing.map((id) => ({ category: 'INTERNAL_ERROR', context: { ids: [id] } })),
      ];
      const results = [...found.values()].map((object) => ({
        id: object.id,
        properties: Object.fromEntries(
          [...properties, 'hs_object_id'].map((name) => [name, name === 'hs_object_id' ? object.id : object.properties[name] || null]),
        ),
        ...(propertiesWithHistory.length === 0
          ? {}
          : {
              propertiesWithHistory: Object.fromEntries(
                propertiesWithHistory.map((name) => [
                  name,
                  object.history
                    .filter((entry) => entry.name === name)
                    .map(({ value, timestamp }) => ({
                      value,
                      timestamp: new Date(timestamp).toISOString(),
                      sourceType: 'CRM_UI',
                      sourceId: 'userId:1',
                    })),
                ]),
              ),
            }),
        createdAt: new Date(object.createdAt).toISOString(),
        updatedAt: new Date(object.updatedAt).toISOString(),
        archived: false,
      }));
      const errors = problems.map((one) => ({ status: 'error', message: 'Could not get some objects', ...one }));
      return reply.code(errors.length > 0 ? 207 : 200).send({
        status: 'COMPLETE',
        results,
        ...(errors.length === 0 ? {} : { numErrors: errors.length, errors }),
        startedAt: new Date(0).toISOString(),
        completedAt: new Date(0).toISOString(),
      });
    },
  );

  /** Two associations a page, so that whoever forgets the second page notices. */
  const pageSize = 2;
  app.post<{ Params: { from: Kind; to: Kind }; Body: { inputs: { id: string; after?: string }[] } }>(
    '/crm/v4/associations/:from/:to/batch/read',
    (request, reply) => {
      const { inputs } = request.body;
      if (inputs.length > 100) return problem(reply, 400, { message: 'too many inputs', category: 'VALIDATION_ERROR' });
      const pages = inputs.map(({ id, after }) => ({
        id,
        start: Number(after ?? 0),
        all: records.linked([request.params.from, id], request.params.to),
      }));
      const results = pages
        .filter(({ all }) => all.length > 0)
        .map(({ id, start, all }) => ({
          from: { id },
          to: all.slice(start, start + pageSize).map((to) => ({
            toObjectId: Number(to.id),
            associationTypes: [
              { category: 'HUBSPOT_DEFINED', typeId: 341, label: null },
              ...(to.primary ? [{ category: 'HUBSPOT_DEFINED', typeId: 5, label: 'Primary' }] : []),
            ],
          })),
          ...(start + pageSize < all.length ? { paging: { next: { after: String(start + pageSize), link: 'unused' } } } : {}),
        }));
      const none = pages.filter(({ all }) => all.length === 0).map(({ id }) => id);
      return reply.code(none.length > 0 ? 207 : 200).send({
        status: 'COMPLETE',
        results,
        ...(none.length === 0
          ? {}
          : {
              numErrors: none.length,
              errors: none.map((id) => ({
                status: 'error',
                category: 'OBJECT_NOT_FOUND',
                subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
                message: 'none',
                context: { fromObjectId: [id] },
              })),
            }),
      });
    },
  );

  app.get('/crm/v3/pipelines/deals', () => ({ results: pipelines }));
  app.get<{ Querystring: { archived?: string; after?: string } }>('/crm/v3/owners', (request) => {
    const listed = owners.filter((owner) => String(owner.archived ?? false) === (request.query.archived ?? 'false'));
    const start = Number(request.query.after ?? 0);
    return {
      results: listed.slice(start, start + pageSize),
      ...(start + pageSize < listed.length ? { paging: { next: { after: String(start + pageSize), link: 'unused' } } } : {}),
    };
  });
  app.setNotFoundHandler((_request, reply) => problem(reply, 404, { message: 'resource not found', category: 'OBJECT_NOT_FOUND' }));

  return { app, weather, requests };
}

function problem(reply: FastifyReply, status: number, body: Record<string, unknown>) {
  return reply.code(status).send({ status: 'error', correlationId: 'c033cdaa-2c40-4a64-ae48-b4cec88dad24', ...body });
}
