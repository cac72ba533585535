import type { FastifyInstance } from 'fastify';
import type { Records, Weather } from './hubspot-api-server.ts';
import type { Kept, Kind } from './hubspot-records.ts';
import { invalid } from './problem.ts';

type BatchRead = { inputs: { id: string }[]; properties?: string[]; propertiesWithHistory?: string[] };
type ListQuery = { limit?: string; after?: string; archived?: string; properties?: string; propertiesWithHistory?: string };
type Filter = { propertyName: string; operator: string; value?: string };
type Search = {
  filterGroups?: { filters: Filter[] }[];
  sorts?: ({ propertyName: string; direction?: string } | string)[];
  properties?: string[];
  limit?: number;
  after?: string;
};

/** Objects by id, in pages, and by what they are like; each with HubSpot's documented limit. */
export function addObjectRoutes(app: FastifyInstance, records: Records, weather: Weather): void {
  app.post<{ Params: { kind: Kind }; Body: BatchRead; Querystring: { archived?: string } }>('/crm/v3/objects/:kind/batch/read', (request, reply) => {
    const { inputs, properties = [], propertiesWithHistory = [] } = request.body;
    if (inputs.length > (propertiesWithHistory.length > 0 ? 50 : 100)) return invalid(reply, 'too many inputs');
    const ids = inputs.map(({ id }) => id);
    const failing = ids.filter((id) => weather.failing.includes(id));
    const archived = request.query.archived === 'true';
    const missing = ids.filter((id) => records.find(request.params.kind, id, { archived }) === null);
    const there = ids.filter((id) => !failing.includes(id)).flatMap((id) => records.find(request.params.kind, id, { archived }) ?? []);
    const found = new Map(there.map((object) => [object.id, object]));
    const problems = [
      ...(missing.length === 0 ? [] : [{ category: 'OBJECT_NOT_FOUND', context: { ids: missing } }]),
      ...failing.map((id) => ({ category: 'INTERNAL_ERROR', context: { ids: [id] } })),
    ];
    const errors = problems.map((one) => ({ status: 'error', message: 'Could not get some objects', ...one }));
    return reply.code(errors.length > 0 ? 207 : 200).send({
      status: 'COMPLETE',
      results: [...found.values()].map((object) => shown(object, properties, propertiesWithHistory)),
      ...(errors.length === 0 ? {} : { numErrors: errors.length, errors }),
      startedAt: new Date(0).toISOString(),
      completedAt: new Date(0).toISOString(),
    });
  });

  app.get<{ Params: { kind: Kind }; Querystring: ListQuery }>('/crm/v3/objects/:kind', (request, reply) => {
    const { limit = '10', after = '0', archived = 'false' } = request.query;
    const [properties, withHistory] = [split(request.query.properties), split(request.query.propertiesWithHistory)];
    const most = withHistory.length > 0 ? 50 : 100;
    if (!(Number(limit) >= 1 && Number(limit) <= most)) return invalid(reply, `limit must be 1 to ${most}`);
    const all = records.list(request.params.kind, { archived: archived === 'true' }).filter(({ id }) => Number(id) > Number(after));
    const page = all.slice(0, Number(limit));
    const last = page.at(-1)?.id;
    return reply.send({
      results: page.map((object) => shown(object, properties, withHistory)),
      ...(all.length > page.length && last !== undefined ? { paging: { next: { after: last, link: 'unused' } } } : {}),
    });
  });

  app.post<{ Params: { kind: Kind }; Body: Search }>('/crm/v3/objects/:kind/search', (request, reply) => {
    const { filterGroups = [], sorts = [], properties = [], limit = 10, after = '0' } = request.body;
    if (limit < 1 || limit > 200) return invalid(reply, 'limit must be 1 to 200');
    if (Number(after) + limit > 10_000) return invalid(reply, 'search results are limited to 10,000');
    if (filterGroups.length > 5 || filterGroups.some(({ filters }) => filters.length > 6) || sorts.length > 1)
      return invalid(reply, 'too many filters or sorts');
    const found = records
      .list(request.params.kind, { archived: false })
      .filter((object) => filterGroups.length === 0 || filterGroups.some(({ filters }) => filters.every((filter) => fits(object, filter))));
    const page = found.slice(Number(after), Number(after) + limit);
    const next = Number(after) + page.length;
    return reply.send({
      total: found.length,
      results: page.map((object) => shown(object, properties, [])),
      ...(next < found.length ? { paging: { next: { after: String(next), link: 'unused' } } } : {}),
    });
  });
}

const split = (list: string | undefined): string[] => (list ?? '').split(',').filter((name) => name !== '');

function shown(object: Kept, properties: string[], withHistory: string[]) {
  const names = [...properties, 'hs_object_id'];
  const history = (name: string) =>
    object.history
      .filter((entry) => entry.name === name)
      .map(({ value, timestamp }) => ({ value, timestamp: new Date(timestamp).toISOString(), sourceType: 'CRM_UI', sourceId: 'userId:1' }));
  return {
    id: object.id,
    properties: Object.fromEntries(names.map((name) => [name, name === 'hs_object_id' ? object.id : object.properties[name] || null])),
    ...(withHistory.length === 0 ? {} : { propertiesWithHistory: Object.fromEntries(withHistory.map((name) => [name, history(name)])) }),
    createdAt: new Date(object.createdAt).toISOString(),
    updatedAt: new Date(object.updatedAt).toISOString(),
    archived: object.archivedAt !== null,
    ...(object.archivedAt === null ? {} : { archivedAt: new Date(object.archivedAt).toISOString() }),
  };
}

/** HubSpot compares numbers and times as such; what has no value fits nothing but "is not". */
function fits(object: Kept, { propertyName, operator, value = '' }: Filter): boolean {
  const kept = propertyName === 'hs_object_id' ? object.id : object.properties[propertyName];
  const number = (text: string): number => (/^-?\d+$/.test(text) ? Number(text) : Date.parse(text));
  switch (operator) {
    case 'GTE':
      return kept !== undefined && number(kept) >= number(value);
    case 'GT':
      return kept !== undefined && number(kept) > number(value);
    case 'LTE':
      return kept !== undefined && number(kept) <= number(value);
    case 'NEQ':
      return kept !== value;
    default:
      throw new Error(`the local HubSpot does not know the operator ${operator}`);
  }
}
