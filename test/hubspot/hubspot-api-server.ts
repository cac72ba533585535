import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { addAssociationRoutes } from './association-routes.ts';
import type { createHubspotRecords, Kind } from './hubspot-records.ts';
import { addObjectRoutes } from './object-routes.ts';
import { problem } from './problem.ts';

export type Records = ReturnType<typeof createHubspotRecords>;
export type LocalOwner = { id: string; email: string; firstName?: string; lastName?: string; archived?: boolean };
export type ApiOptions = {
  records: Records;
  portalId: number;
  accessToken: string;
  pipelines: unknown[];
  owners: LocalOwner[];
  roles: { value: string; label: string; hidden: boolean }[];
  /** Of deals and contacts, the team's own. */
  labels: string[];
};

/** How HubSpot's API behaves badly, to be switched during a test. */
export type Weather = {
  outage: number | null;
  /** Answers 429 to the next so many requests. */
  limited: number;
  /** Answers 429 to each so-manyth request, for ever; null: to none. */
  refusesEvery: number | null;
  retryAfterSeconds: number | null;
  policyName: string;
  /** Its documented limits, kept by its own clock; null: none. */
  allowance: { perTenSeconds: number; searchesPerSecond: number } | null;
  /** Path beginnings that the token has no scope for. */
  forbidden: string[];
  /** Ids that a batch cannot answer just now, beside those it can. */
  failing: string[];
  /** Not the API answers but what stands before it. */
  page: { code: number; text: string } | null;
  /** Hangs up without an answer. */
  hangUp: boolean;
  /** Takes the request, and never answers. */
  silent: boolean;
  /** The token is no longer good. */
  expired: boolean;
};

const calm: Weather = {
  outage: null,
  limited: 0,
  refusesEvery: null,
  retryAfterSeconds: null,
  policyName: 'TEN_SECONDLY_ROLLING',
  allowance: null,
  failing: [],
  forbidden: [],
  page: null,
  hangUp: false,
  silent: false,
  expired: false,
};

/** The endpoints that a token of a private app, or a service key, may call, in HubSpot's own shapes. */
export function createHubspotApiServer({ records, portalId, accessToken, pipelines, owners, roles, labels }: ApiOptions) {
  const app = fastify({ logger: false, forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: true } });
  const weather: Weather = { ...calm };
  const requests: { path: string; inputs: number; at: number }[] = [];
  /** Two an answer, so that whoever forgets the second page notices. */
  const pageSize = 2;

  app.addHook('preHandler', async (request, reply) => {
    const at = Date.now();
    requests.push({ path: request.url, inputs: (request.body as { inputs?: unknown[] } | undefined)?.inputs?.length ?? 0, at });
    if (weather.silent) return reply.hijack();
    if (weather.hangUp) {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    if (weather.page !== null) return reply.code(weather.page.code).type('text/html').send(weather.page.text);
    if (weather.outage !== null) return problem(reply, weather.outage, { message: 'internal error' });
    const policyName = weather.limited > 0 ? weather.policyName : exceeded(at);
    if (policyName !== null) {
      weather.limited = Math.max(0, weather.limited - 1);
      if (weather.retryAfterSeconds !== null) reply.header('retry-after', String(weather.retryAfterSeconds));
      return problem(reply, 429, { message: 'You have reached your limit.', errorType: 'RATE_LIMIT', policyName });
    }
    return unauthorized(request, reply);
  });

  addObjectRoutes(app, records, weather);
  addAssociationRoutes(app, records, labels, pageSize);
  app.get('/account-info/v3/details', () => ({
    portalId,
    accountType: 'STANDARD',
    timeZone: 'Europe/Berlin',
    companyCurrency: 'EUR',
    additionalCurrencies: [],
    utcOffset: '+02:00',
    utcOffsetMilliseconds: 7_200_000,
    uiDomain: 'app.hubspot.com',
    dataHostingLocation: 'eu1',
  }));
  app.get('/crm/v3/pipelines/deals', () => ({ results: pipelines }));
  app.get('/crm/v3/properties/contacts/hs_buying_role', () => ({
    name: 'hs_buying_role',
    label: 'Buying Role',
    type: 'enumeration',
    fieldType: 'checkbox',
    groupName: 'contactinformation',
    description: '',
    options: roles.map((role, displayOrder) => ({ ...role, displayOrder })),
  }));
  app.get('/crm/v3/properties/companies/lifecyclestage', () => ({
    name: 'lifecyclestage',
    label: 'Lifecycle Stage',
    type: 'enumeration',
    fieldType: 'radio',
    groupName: 'companyinformation',
    description: '',
    options: ['Lead', 'Opportunity', 'Customer', 'Pilot customer'].map((label, displayOrder) => ({
      ...{ value: label.toLowerCase().replace(' ', ''), label, hidden: false, displayOrder },
    })),
  }));
  app.get<{ Querystring: { archived?: string; after?: string } }>('/crm/v3/owners', (request) => {
    const listed = owners.filter((owner) => String(owner.archived ?? false) === (request.query.archived ?? 'false'));
    const start = Number(request.query.after ?? 0);
    const when = new Date(0).toISOString();
    return {
      results: listed
        .slice(start, start + pageSize)
        .map((owner) => ({ archived: false, firstName: '', lastName: '', type: 'PERSON', createdAt: when, updatedAt: when, ...owner })),
      ...(start + pageSize < listed.length ? { paging: { next: { after: String(start + pageSize), link: 'unused' } } } : {}),
    };
  });
  app.setNotFoundHandler((_request, reply) => problem(reply, 404, { message: 'resource not found', category: 'OBJECT_NOT_FOUND' }));

  /** Counted with the request at hand. */
  function exceeded(at: number): string | null {
    if (weather.refusesEvery !== null && requests.length % weather.refusesEvery === 0) return 'TEN_SECONDLY_ROLLING';
    if (weather.allowance === null) return null;
    const within = (ms: number): typeof requests => requests.filter((request) => at - request.at < ms);
    if (within(10_000).length > weather.allowance.perTenSeconds) return 'TEN_SECONDLY_ROLLING';
    const searches = within(1_000).filter(({ path }) => path.endsWith('/search'));
    return searches.length > weather.allowance.searchesPerSecond ? 'SECONDLY' : null;
  }

  function unauthorized(request: FastifyRequest, reply: FastifyReply) {
    if (weather.expired) return problem(reply, 401, { message: 'The access token is expired', category: 'EXPIRED_AUTHENTICATION' });
    if (request.headers.authorization !== `Bearer ${accessToken}`)
      return problem(reply, 401, { message: 'Authentication credentials not found.', category: 'INVALID_AUTHENTICATION' });
    if (!weather.forbidden.some((path) => request.url.startsWith(path))) return undefined;
    const context = { requiredGranularScopes: [scopeOf(request.url)] };
    return problem(reply, 403, {
      message: 'This app hasn’t been granted all required scopes.',
      category: 'MISSING_SCOPES',
      errors: [{ message: 'One or more scopes are required', context }],
    });
  }

  return { app, weather, requests };
}

function scopeOf(path: string): string {
  if (path.startsWith('/crm/v3/owners')) return 'crm.objects.owners.read';
  const kind = /objects\/(\w+)/.exec(path)?.[1] as Kind | undefined;
  if (kind === 'emails') return 'sales-email-read';
  return kind === 'deals' || kind === 'companies' ? `crm.objects.${kind}.read` : 'crm.objects.contacts.read';
}
