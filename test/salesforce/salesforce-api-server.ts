import { setTimeout } from 'node:timers/promises';
import fastify, { type FastifyReply } from 'fastify';
import type { SalesforceRecords } from './salesforce-records.ts';
import { fieldsOf, instantText, isInstant, type Kept, type ObjectName, relations } from './schema.ts';
import { checkFields, matches, readSoql, SoqlError } from './soql.ts';

/** How Salesforce behaves badly, to be switched during a test. */
export type Weather = {
  /** Answers everything with this code. */
  outage: number | null;
  /** No requests are left of the day's, or too many long ones are under way at this moment. */
  limited: boolean | 'concurrent';
  /** Not the API answers but what stands before it, or it breaks off. */
  page: { code: number; type: string; text: string } | null;
  /** Hangs up without an answer. */
  hangUp: boolean;
  /** Takes a request and never answers. */
  silent: boolean;
  /** Answers the token endpoint with this error. */
  tokenError: { error: string; error_description: string } | null;
  /** Objects, or `Object.Field`, that are not there, or that the run-as user may not see. Tasks have relations only with Shared Activities. */
  hidden: string[];
  /** Of how many people and records the activities of a query may be; more is too much for a user who may not see all data. */
  mostWhos: number;
  /** How many rows of an object a query may have to look through; with more it takes too long. */
  mostRows: number;
  /** How long a query takes. */
  queryMs: number;
  /** Rows to an answer; the rest comes with `nextRecordsUrl`. */
  batch: number;
};

export type ApiOptions = {
  records: SalesforceRecords;
  clientId: string;
  clientSecret: string;
  organizationId: string;
  now: () => number;
  /** The role values and record types that somebody has set up. */
  roles: string[];
  recordTypes: () => { id: string; developerName: string; name: string }[];
};

const version = '/services/data/v62.0';
const tokenMs = 2 * 60 * 60_000;

/** The endpoints that an app with the client credentials flow may call, in Salesforce's own shapes. */
export function createSalesforceApiServer({ records, clientId, clientSecret, organizationId, now, roles, recordTypes }: ApiOptions) {
  const app = fastify({ logger: false, forceCloseConnections: true });
  const weather: Weather = {
    outage: null,
    page: null,
    limited: false,
    hangUp: false,
    silent: false,
    tokenError: null,
    hidden: ['TaskRelation'],
    mostWhos: 100_000,
    mostRows: Number.POSITIVE_INFINITY,
    queryMs: 0,
    batch: 2_000,
  };
  const requests: string[] = [];
  const tokens = new Map<string, number>();
  const locators = new Map<string, { rows: unknown[]; total: number }>();
  let lastToken = 0;

  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  );
  const isValid = (authorization: string | undefined): boolean => {
    const token = authorization?.replace(/^(?:Bearer|OAuth) /, '') ?? '';
    return (tokens.get(token) ?? 0) > now();
  };
  const maySee = (object: ObjectName, field: string): boolean =>
    !weather.hidden.includes(`${object}.${field}`) && !(field === 'RecordTypeId' && recordTypes().length === 0);

  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/cometd')) return undefined;
    requests.push(decodeURIComponent(request.url));
    if (weather.silent || weather.hangUp) {
      reply.hijack();
      if (weather.hangUp) request.raw.socket.destroy();
      return reply;
    }
    if (weather.page !== null) return reply.code(weather.page.code).type(weather.page.type).send(weather.page.text);
    if (weather.outage !== null) return reply.code(weather.outage).header('content-type', 'text/html').send('<html>Service Unavailable</html>');
    if (request.url.startsWith('/services/oauth2')) return undefined;
    if (!isValid(request.headers.authorization)) return problem(reply, 401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    const limit = weather.limited === 'concurrent' ? 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.' : 'TotalRequests Limit exceeded.';
    if (weather.limited !== false) return problem(reply, 403, 'REQUEST_LIMIT_EXCEEDED', limit);
    return undefined;
  });

  app.post<{ Body: URLSearchParams }>('/services/oauth2/token', (request, reply) => {
    const { body } = request;
    if (weather.tokenError !== null) return reply.code(400).send(weather.tokenError);
    if (body.get('grant_type') !== 'client_credentials')
      return reply.code(400).send({ error: 'unsupported_grant_type', error_description: 'grant type not supported' });
    if (body.get('client_id') !== clientId)
      return reply.code(400).send({ error: 'invalid_client_id', error_description: 'client identifier invalid' });
    if (body.get('client_secret') !== clientSecret)
      return reply.code(400).send({ error: 'invalid_client', error_description: 'invalid client credentials' });
    lastToken += 1;
    const token = `00D!token${lastToken}`;
    tokens.set(token, now() + tokenMs);
    const instance = `http://${request.headers.host}`;
    return {
      access_token: token,
      instance_url: instance,
      id: `${instance}/id/${organizationId}/005000000000001AAA`,
      token_type: 'Bearer',
      scope: 'api',
      issued_at: String(now()),
      signature: 'x',
    };
  });

  for (const kind of ['query', 'queryAll']) {
    app.get<{ Querystring: { q: string } }>(`${version}/${kind}`, async (request, reply) => {
      if (weather.queryMs > 0) await setTimeout(weather.queryMs);
      try {
        return run(request.query.q, kind === 'queryAll');
      } catch (error) {
        if (error instanceof SoqlError) return problem(reply, 400, error.errorCode, error.message);
        throw error;
      }
    });
  }
  app.get<{ Params: { locator: string } }>(`${version}/query/:locator`, (request, reply) => {
    const found = locators.get(request.params.locator);
    if (found === undefined) return problem(reply, 400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    locators.delete(request.params.locator);
    return page(found.rows, found.total);
  });
  app.get<{ Params: { object: string } }>(`${version}/sobjects/:object/describe`, (request, reply) => {
    const object = known(request.params.object);
    if (object === null) return problem(reply, 404, 'NOT_FOUND', 'The requested resource does not exist');
    const values: Record<string, string[]> = {
      'OpportunityContactRole.Role': roles,
      'Account.Type': ['Prospect', 'Customer - Direct', 'Pilot customer'],
    };
    return {
      name: object,
      fields: fieldsOf[object]
        .filter((field) => maySee(object, field))
        .map((name) => ({
          name,
          picklistValues: (values[`${object}.${name}`] ?? []).map((value) => ({ active: true, defaultValue: false, label: value, value })),
        })),
      recordTypeInfos: [
        { active: true, available: true, developerName: 'Master', master: true, name: 'Master', recordTypeId: '012000000000000AAA' },
        ...(object === 'Opportunity' ? recordTypes() : []).map(({ id, developerName, name }) => ({
          active: true,
          available: true,
          developerName,
          master: false,
          name,
          recordTypeId: id,
        })),
      ],
    };
  });
  app.setNotFoundHandler((_request, reply) => problem(reply, 404, 'NOT_FOUND', 'The requested resource does not exist'));

  function known(name: string): ObjectName | null {
    return Object.hasOwn(fieldsOf, name) && !weather.hidden.includes(name) ? (name as ObjectName) : null;
  }

  function run(soql: string, withDeleted: boolean) {
    const query = readSoql(soql);
    const object = known(query.from);
    if (object === null)
      throw new SoqlError('INVALID_TYPE', `\nFROM ${query.from}\n^\nERROR at Row:1:Column:1\nsObject type '${query.from}' is not supported.`);
    checkFields(query, object, maySee);
    const matching = records.rows(object).filter((row) => (withDeleted || row.IsDeleted !== true) && matches(row, query.where));
    if (matching.length > weather.mostRows) throw new SoqlError('QUERY_TIMEOUT', 'Your query request was running for too long.');
    if (new Set(matching.flatMap(({ WhatId, WhoId }) => [WhatId, WhoId]).filter((id) => id != null)).size > weather.mostWhos)
      throw new SoqlError('OPERATION_TOO_LARGE', "exceeded 100000 distinct who/what's");
    const found = matching
      .sort((a, b) => query.order.map((field) => order(a[field] ?? null, b[field] ?? null)).find((sign) => sign !== 0) ?? 0)
      .slice(0, query.limit ?? Number.POSITIVE_INFINITY);
    const { columns } = query;
    if (columns === 'count') return { totalSize: found.length, done: true, records: [] };
    return page(
      found.map((row) => written(object, row, columns)),
      found.length,
    );
  }

  function page(rows: unknown[], total: number) {
    const rest = rows.slice(weather.batch);
    if (rest.length === 0) return { totalSize: total, done: true, records: rows };
    const locator = `01g${String(locators.size + requests.length).padStart(12, '0')}-${weather.batch}`;
    locators.set(locator, { rows: rest, total });
    return { totalSize: total, done: false, nextRecordsUrl: `${version}/query/${locator}`, records: rows.slice(0, weather.batch) };
  }

  function written(object: ObjectName, row: Kept, columns: string[]) {
    const text = (field: string, value: Kept[string]) => (isInstant(field) && typeof value === 'number' ? instantText(value) : value);
    const answer: Record<string, unknown> = { attributes: { type: object, url: `${version}/sobjects/${object}/${row.Id}` } };
    for (const column of columns) {
      const [relation = '', far] = column.split('.');
      if (far === undefined) answer[column] = text(column, row[column] ?? null);
      else {
        const to = relations[relation];
        const other = to === undefined ? undefined : records.find(to.to, String(row[to.by] ?? ''));
        answer[relation] = other === undefined ? null : { attributes: { type: to?.to }, [far]: other[far] ?? null };
      }
    }
    return answer;
  }

  return {
    app,
    weather,
    requests,
    isValid,
    /** As if two hours had gone by, or an administrator had ended the session. */
    expireTokens: (): void => tokens.clear(),
  };
}

/** Ids are ordered as they are, by bytes. */
const order = (a: Kept[string], b: Kept[string]): number => (a === b ? 0 : a === null || (b !== null && a < b) ? -1 : 1);

/** Errors come in a list. */
const problem = (reply: FastifyReply, status: number, errorCode: string, message: string) => reply.code(status).send([{ message, errorCode }]);
