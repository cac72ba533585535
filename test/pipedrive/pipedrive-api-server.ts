import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { createPipedriveRecords, Fields, Kept, Kind } from './pipedrive-records.ts';

type Records = ReturnType<typeof createPipedriveRecords>;
export type Settings = { pipelines: Fields[]; stages: Fields[]; users: Fields[]; personFields: Fields[]; organizationFields: Fields[] };
export type ApiOptions = { records: Records; settings: Settings; apiToken: string; companyDomain: string };

/** How Pipedrive's API behaves badly, to be switched during a test. */
export type Weather = {
  outage: number | null;
  /** Answers 429 to the next so many requests. */
  limited: number;
  retryAfterSeconds: number | null;
  /** The day's tokens are used up. */
  budgetGone: boolean;
  /** Path beginnings that the token's user has no access to. */
  forbidden: string[];
  /** What Pipedrive has given up, and how it says so. */
  retired: { path: RegExp; code: number; text: string } | null;
  /** Not the API answers but what stands before it. */
  page: { code: number; text: string } | null;
  tokenExpired: boolean;
  /** Hangs up without an answer. */
  hangUp: boolean;
  /** Never answers. */
  silent: boolean;
  /** Cursors from before are unknown. */
  cursorsForgotten: boolean;
  /** Lists have so many entries at the most, whatever is asked for. */
  mostAPage: number;
};

/** The parameters that each list knows: v2 refuses others. */
const paging = ['limit', 'cursor', 'sort_by', 'sort_direction', 'updated_since', 'updated_until', 'ids', 'filter_id', 'owner_id', 'custom_fields'];
const known: Record<string, string[]> = {
  deals: [...paging, 'person_id', 'org_id', 'pipeline_id', 'stage_id', 'status', 'include_fields', 'include_option_labels', 'include_labels'],
  persons: [...paging, 'org_id', 'deal_id', 'include_fields', 'include_option_labels', 'include_labels'],
  organizations: [...paging, 'include_fields', 'include_option_labels', 'include_labels'],
  activities: [...paging, 'deal_id', 'lead_id', 'person_id', 'org_id', 'done', 'include_fields'],
  stages: ['pipeline_id', 'limit', 'cursor', 'sort_by', 'sort_direction'],
  pipelines: ['limit', 'cursor', 'sort_by', 'sort_direction'],
  personFields: ['limit', 'cursor', 'include_fields'],
  organizationFields: ['limit', 'cursor', 'include_fields'],
};
type Query = Record<string, string | undefined>;

/** The endpoints that are read, in Pipedrive's own shapes: v2 with cursors, v1 with starts and limits. */
export function createPipedriveApiServer({ records, settings, apiToken, companyDomain }: ApiOptions) {
  const app = fastify({ logger: false, forceCloseConnections: true });
  const weather: Weather = {
    outage: null,
    limited: 0,
    retryAfterSeconds: null,
    budgetGone: false,
    forbidden: [],
    retired: null,
    page: null,
    tokenExpired: false,
    hangUp: false,
    silent: false,
    cursorsForgotten: false,
    mostAPage: 500,
  };
  const requests: { path: string; token: string | undefined; at: number }[] = [];

  app.addHook('preHandler', async (request, reply) => {
    const token = request.headers['x-api-token'];
    requests.push({ path: request.url, token: typeof token === 'string' ? token : undefined, at: Date.now() });
    if (weather.silent) {
      reply.hijack();
      return reply;
    }
    if (weather.hangUp) {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    if (weather.outage !== null) return problem(reply, weather.outage, 'Internal server error');
    if (weather.page !== null) return reply.code(weather.page.code).type('text/html').send(weather.page.text);
    if (weather.budgetGone) return problem(reply, 429, 'Daily API token budget exceeded');
    if (weather.limited > 0) {
      weather.limited -= 1;
      reply.header('x-ratelimit-limit', '20').header('x-ratelimit-remaining', '0').header('x-ratelimit-reset', '2');
      if (weather.retryAfterSeconds !== null) reply.header('retry-after', String(weather.retryAfterSeconds));
      return problem(reply, 429, 'Request over limit');
    }
    if (weather.tokenExpired || token !== apiToken) return problem(reply, 401, 'unauthorized access');
    if (weather.forbidden.some((path) => request.url.startsWith(path))) return problem(reply, 403, 'Scope and URL mismatch');
    if (weather.retired?.path.test(request.url)) return reply.code(weather.retired.code).send(weather.retired.text);
    reply.header('x-ratelimit-limit', '20').header('x-ratelimit-remaining', '19').header('x-ratelimit-reset', '2');
    return undefined;
  });

  /** v2: by an opaque cursor. */
  const cursorPage = (reply: FastifyReply, list: Fields[], { limit = '100', cursor }: Query) => {
    if (cursor !== undefined && weather.cursorsForgotten) return problem(reply, 400, 'Invalid cursor');
    const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64url').toString().replace('row:', ''));
    const size = Math.min(Number(limit), weather.mostAPage, 500);
    const next = start + size < list.length ? Buffer.from(`row:${start + size}`).toString('base64url') : null;
    return { success: true, data: list.slice(start, start + size), additional_data: { next_cursor: next } };
  };
  /** v1: by a start. */
  const startPage = (list: Fields[], { start = '0', limit = '100' }: Query) => {
    const size = Math.min(Number(limit), weather.mostAPage, 500);
    const end = Number(start) + size;
    const more = end < list.length;
    return {
      start: Number(start),
      limit: size,
      more_items_in_collection: more,
      ...(more ? { next_start: end } : {}),
      list: list.slice(Number(start), end),
    };
  };
  const refuseUnknown = (name: string, query: Query): string | undefined => Object.keys(query).find((parameter) => !known[name]?.includes(parameter));

  const listOf =
    (kind: Kind, choose: (kept: Kept, query: Query) => boolean) => (request: FastifyRequest<{ Querystring: Query }>, reply: FastifyReply) => {
      const { query } = request;
      const unknown = refuseUnknown(kind, query);
      if (unknown !== undefined) return problem(reply, 400, `Parameter ${unknown} is not allowed`);
      if (Number(query.limit ?? 100) > 500) return problem(reply, 400, 'limit must be at most 500');
      const ids = query.ids?.split(',').map(Number);
      if (ids !== undefined && ids.length > 100) return problem(reply, 400, 'too many ids');
      const found = records
        .all(kind)
        .filter((kept) => choose(kept, query) && (ids === undefined || ids.includes(kept.id)))
        .filter((kept) => query.updated_since === undefined || Date.parse(kept.update_time ?? kept.add_time) >= Date.parse(query.updated_since))
        .map((kept) => shown(kind, kept, query));
      return cursorPage(reply, found, query);
    };
  const oneOf = (kind: Kind) => (request: FastifyRequest<{ Params: { id: string }; Querystring: Query }>, reply: FastifyReply) => {
    const kept = records.find(kind, Number(request.params.id));
    return kept === null ? problem(reply, 404, 'not found') : { success: true, data: shown(kind, kept, request.query) };
  };
  const shown = (kind: Kind, kept: Kept, { include_fields = '' }: Query): Fields => ({
    ...kept,
    update_time: kept.update_time ?? kept.add_time,
    ...(kind === 'deals' && include_fields.includes('participants_count') ? { participants_count: records.participantsOf(kept.id).length } : {}),
    ...(kind === 'deals' && include_fields.includes('undone_activities_count')
      ? {
          undone_activities_count: records
            .all('activities')
            .filter(({ deal_id, done, is_deleted }) => deal_id === kept.id && done !== true && !is_deleted).length,
        }
      : {}),
  });
  const same = (value: unknown, asked: string | undefined): boolean => asked === undefined || String(value) === asked;

  app.get(
    '/api/v2/deals',
    listOf('deals', (deal, { status, stage_id, person_id, org_id }) => {
      const statuses = status?.split(',');
      const wanted = deal.is_deleted ? (statuses?.includes('deleted') ?? false) : (statuses?.includes(String(deal.status)) ?? true);
      return wanted && deal.is_archived !== true && same(deal.stage_id, stage_id) && same(deal.person_id, person_id) && same(deal.org_id, org_id);
    }),
  );
  app.get(
    '/api/v2/deals/archived',
    listOf('deals', (deal) => deal.is_archived === true && !deal.is_deleted),
  );
  app.get(
    '/api/v2/persons',
    listOf('persons', (person, { org_id }) => !person.is_deleted && same(person.org_id, org_id)),
  );
  app.get(
    '/api/v2/organizations',
    listOf('organizations', (organization) => !organization.is_deleted),
  );
  app.get(
    '/api/v2/activities',
    listOf('activities', (activity, { deal_id }) => !activity.is_deleted && same(activity.deal_id, deal_id)),
  );
  for (const kind of ['deals', 'persons', 'organizations', 'activities'] as const) app.get(`/api/v2/${kind}/:id`, oneOf(kind));
  for (const name of ['stages', 'pipelines', 'personFields', 'organizationFields'] as const) {
    app.get<{ Querystring: Query }>(`/api/v2/${name}`, (request, reply) => {
      const unknown = refuseUnknown(name, request.query);
      return unknown === undefined ? cursorPage(reply, settings[name], request.query) : problem(reply, 400, `Parameter ${unknown} is not allowed`);
    });
  }
  app.get('/v1/users', () => ({ success: true, data: settings.users, additional_data: {} }));
  app.get('/v1/users/me', () => ({
    success: true,
    data: { ...settings.users[0], is_admin: 1, company_id: 4_242, company_name: 'Us', company_domain: companyDomain, timezone_name: 'Europe/Berlin' },
  }));
  for (const kind of ['deals', 'organizations'] as const) {
    app.get<{ Params: { id: string }; Querystring: Query }>(`/v1/${kind}/:id/changelog`, ({ params, query }, reply) =>
      cursorPage(
        reply,
        records.changesOf(kind, Number(params.id)).map((change) => ({ ...change, actor_user_id: 11, change_source: 'app' })),
        query,
      ),
    );
  }
  app.get<{ Params: { id: string }; Querystring: Query }>('/v1/deals/:id/participantsChangelog', ({ params, query }, reply) =>
    cursorPage(reply, records.participantChangesOf(Number(params.id)), query),
  );
  app.get<{ Params: { id: string }; Querystring: Query }>('/v1/deals/:id/participants', ({ params, query }) => {
    const all = records.participantsOf(Number(params.id)).map(({ id, person_id, add_time }) => ({
      id,
      person_id: { active_flag: true, name: String(records.find('persons', person_id)?.name), value: person_id },
      add_time: add_time.replace('T', ' ').replace('Z', ''),
      active_flag: true,
      related_item_type: 'deal',
    }));
    const { list, ...additional_data } = startPage(all, query);
    return { success: true, data: list, additional_data };
  });
  app.get<{ Querystring: Query }>('/v1/notes', ({ query }) => {
    const all = records
      .all('notes')
      .filter(
        (note) => !note.is_deleted && Date.parse(note.update_time ?? note.add_time) >= Date.parse(query.updated_since ?? '1970-01-01T00:00:00Z'),
      )
      .map((note) => ({ ...note, add_time: inV1(note.add_time), update_time: inV1(note.update_time ?? note.add_time) }));
    const { list, ...pagination } = startPage(all, query);
    return { success: true, data: list, additional_data: { pagination } };
  });
  app.get<{ Querystring: Query }>('/v1/recents', ({ query }, reply) => {
    if (query.since_timestamp === undefined) return problem(reply, 400, 'since_timestamp is missing');
    const since = Date.parse(`${query.since_timestamp.replace(' ', 'T')}Z`);
    const items = query.items?.split(',') ?? [];
    const all = (['persons', 'organizations', 'activities'] as const).flatMap((kind) => {
      const item = { persons: 'person', organizations: 'organization', activities: 'activity' }[kind];
      if (!items.includes(item)) return [];
      return records
        .all(kind)
        .filter((kept) => Date.parse(kept.update_time ?? kept.add_time) >= since)
        .map((kept) => ({
          item,
          id: kept.id,
          data: {
            ...{ id: kept.id, active_flag: !kept.is_deleted, update_time: inV1(kept.update_time ?? kept.add_time) },
            ...(kind === 'activities' ? { deal_id: kept.deal_id } : {}),
          },
        }));
    });
    const { list, ...pagination } = startPage(all, query);
    return { success: true, data: list, additional_data: { since_timestamp: query.since_timestamp, pagination } };
  });
  app.setNotFoundHandler((_request, reply) => problem(reply, 404, 'Unknown method .'));

  return { app, weather, requests };
}

const inV1 = (time: string): string => time.replace('T', ' ').replace('Z', '');

const problem = (reply: FastifyReply, status: number, error: string) =>
  reply.code(status).send({ success: false, error, errorCode: status, error_info: 'Please check developers.pipedrive.com' });
