import type { z } from 'zod';
import { CrmRefusedError } from '../../../app/errors.ts';
import type { Clock, Logger } from '../../../app/ports.ts';
import type { EpochMs } from '../../../core/time.ts';
import { type CallPipedrive, createCaller } from './call-pipedrive.ts';
import {
  changeEntry,
  type Field,
  type FieldChange,
  fieldEntry,
  listAnswer,
  meAnswer,
  oneAnswer,
  type Participant,
  type ParticipantChange,
  type PipedriveStage,
  type Pipeline,
  participantChangeEntry,
  participantEntry,
  pipelineEntry,
  recentEntry,
  stageEntry,
  startAnswer,
  type User,
  userEntry,
} from './pipedrive-answers.ts';
import { type Activity, activityObject, type Kind, type Note, noteObject, type ObjectOf, objectSchemas } from './pipedrive-objects.ts';

/** Gone: deleted, merged into another, or out of our sight. `at`: when, where Pipedrive still knows. */
export type Found<Of extends Kind> = { gone: false; object: ObjectOf<Of> } | { gone: true; at: EpochMs | null };

export type ListPage<Item> = { items: Item[]; refused: { where: string; why: string }[]; next: string | null };

export type ListOptions = { updatedSince: EpochMs | null; cursor: string | null; limit: number; query?: Record<string, string> };

/** Pipedrive's API as far as it is used: v2 where there is one, else v1. Every method may throw CrmAwayError or CrmRefusedError. */
export type PipedriveApi = {
  /** By id; one entry for each. */
  read<Of extends Kind>(kind: Of, ids: string[]): Promise<Map<string, Found<Of>>>;
  /** In the order of ids. A cursor that Pipedrive no longer knows begins again. */
  list<Of extends Kind>(kind: Of, options: ListOptions): Promise<ListPage<ObjectOf<Of>>>;
  /** Archived deals are in no other list. */
  listArchived(options: ListOptions): Promise<ListPage<ObjectOf<'deals'>>>;
  listNotes(options: ListOptions): Promise<ListPage<Note>>;
  /** Persons, organizations and plans that Pipedrive tells are gone, among those changed since. */
  listGone(options: ListOptions): Promise<ListPage<Gone>>;
  /** What was changed of an object's fields, oldest first. */
  changelog(kind: 'deals' | 'organizations', id: string): Promise<FieldChange[]>;
  participants(dealId: string): Promise<Participant[]>;
  /** Oldest first. */
  participantChanges(dealId: string): Promise<ParticipantChange[]>;
  activitiesOf(dealId: string): Promise<Activity[]>;
  stages(): Promise<PipedriveStage[]>;
  pipelines(): Promise<Pipeline[]>;
  users(): Promise<User[]>;
  fields(of: 'personFields' | 'organizationFields'): Promise<Field[]>;
  me(): Promise<{ name: string | null; companyDomain: string | null; isAdmin: boolean; timezone: string | null }>;
};

/** `dealId`: for which it was planned; of activities alone. `at`: when, where Pipedrive knows. */
export type Gone = { kind: 'persons' | 'organizations' | 'activities'; id: string; dealId: string | null; at: EpochMs | null };

export type PipedriveApiDeps = {
  apiToken: string;
  clock: Clock;
  logger: Logger;
  baseUrl?: string;
  /** The smallest plan lets a token ask 20 times in two seconds. */
  requestsPerTwoSeconds?: number;
  timeoutMs?: number;
  /** Aborted when the bot stops: requests under way and waiting are given up. */
  stopping?: AbortSignal;
};

const idsAtOnce = 100;
const mostAPage = '500';
const countsOfDeals = { include_fields: 'participants_count,undone_activities_count' };

/** One allowance, two ways to use it: webhooks go before an import that takes hours. */
export function connectPipedrive(deps: PipedriveApiDeps): { soon: PipedriveApi; patiently: PipedriveApi } {
  const call = createCaller({ baseUrl: 'https://api.pipedrive.com', requestsPerTwoSeconds: 20, timeoutMs: 10_000, ...deps });
  return {
    soon: createPipedriveApi((path, options) => call(path, { ...options, urgent: true }), deps.logger),
    patiently: createPipedriveApi(call, deps.logger),
  };
}

/** Our own small client: the SDK brings axios and generated code for some hundred endpoints; in tests it checks our shapes. */
function createPipedriveApi(call: CallPipedrive, logger: Logger): PipedriveApi {
  const understand = <Schema extends z.ZodType>(schema: Schema, answer: unknown, path: string): z.output<Schema> => {
    const read = schema.safeParse(answer);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    logger.error({ path, at: issue?.path.join('.'), reason: issue?.message }, "Pipedrive's answer is not understood");
    throw new CrmRefusedError(`Pipedrive's answer to ${path} is not understood: look for a newer version of the bot`);
  };
  const page = async <Schema extends z.ZodType>(path: string, query: Record<string, string>, schema: Schema): Promise<ListPage<z.output<Schema>>> => {
    const answer = await call(`${path}?${new URLSearchParams(query)}`, { tolerant: query.cursor !== undefined });
    if (answer === null && query.cursor !== undefined) {
      const { cursor: _forgotten, ...rest } = query;
      return page(path, rest, schema);
    }
    const { data, additional_data } = understand(listAnswer, answer ?? nothingOf(path), path);
    return { ...entries(data ?? [], schema, path), next: additional_data?.next_cursor || null };
  };
  const all = async <Schema extends z.ZodType>(path: string, query: Record<string, string>, schema: Schema): Promise<z.output<Schema>[]> => {
    const items: z.output<Schema>[] = [];
    let cursor: string | null = null;
    do {
      const found: ListPage<z.output<Schema>> = await page(path, { ...query, limit: mostAPage, ...(cursor === null ? {} : { cursor }) }, schema);
      items.push(...found.items);
      cursor = found.next;
    } while (cursor !== null);
    return items;
  };
  /** v1: by a start and a limit. */
  const startPage = async <Schema extends z.ZodType>(
    path: string,
    query: Record<string, string>,
    schema: Schema,
  ): Promise<ListPage<z.output<Schema>>> => {
    const answer = await call(`${path}?${new URLSearchParams(query)}`);
    const { data, additional_data } = understand(startAnswer, answer ?? nothingOf(path), path);
    const more = additional_data?.more_items_in_collection === true;
    const next = additional_data?.next_start ?? Number(query.start ?? 0) + (data?.length ?? 0);
    return { ...entries(data ?? [], schema, path), next: more && (data?.length ?? 0) > 0 ? String(next) : null };
  };
  const listed = <Schema extends z.ZodType>(path: string, { updatedSince, cursor, limit, query = {} }: ListOptions, schema: Schema) =>
    page(
      path,
      {
        ...query,
        sort_by: 'id',
        sort_direction: 'asc',
        limit: String(limit),
        ...(updatedSince === null ? {} : { updated_since: inSeconds(updatedSince) }),
        ...(cursor === null ? {} : { cursor }),
      },
      schema,
    );

  return {
    async read(kind, ids) {
      const unique = [...new Set(ids)];
      const found = new Map<string, Found<typeof kind>>();
      const query = kind === 'deals' ? countsOfDeals : {};
      for (let start = 0; start < unique.length; start += idsAtOnce) {
        const slice = unique.slice(start, start + idsAtOnce);
        const { items } = await page(`/api/v2/${kind}`, { ...query, ids: slice.join(','), limit: mostAPage }, objectSchemas[kind]);
        for (const object of items as ObjectOf<typeof kind>[]) found.set(object.id, here(object));
      }
      // Lists leave out what was archived or deleted; asked for by itself it is there.
      const missing = unique.filter((id) => !found.has(id));
      await Promise.all(
        missing.map(async (id) => {
          const path = `/api/v2/${kind}/${id}`;
          const answer = await call(`${path}?${new URLSearchParams(query)}`);
          const { data } = answer === null ? { data: null } : understand(oneAnswer, answer, path);
          found.set(id, data == null ? { gone: true, at: null } : here(understand(objectSchemas[kind], data, path) as ObjectOf<typeof kind>));
        }),
      );
      return found;
    },
    list: (kind, options) => listed(`/api/v2/${kind}`, withCounts(kind, options), objectSchemas[kind]) as Promise<ListPage<ObjectOf<typeof kind>>>,
    listArchived: (options) => listed('/api/v2/deals/archived', withCounts('deals', options), objectSchemas.deals),
    listNotes: ({ updatedSince, cursor, limit }) =>
      startPage(
        '/v1/notes',
        { sort: 'id ASC', start: cursor ?? '0', limit: String(limit), ...(updatedSince === null ? {} : { updated_since: inSeconds(updatedSince) }) },
        noteObject,
      ),
    async listGone({ updatedSince, cursor, limit }) {
      const since = new Date(updatedSince ?? 0).toISOString().slice(0, 19).replace('T', ' ');
      const query = { since_timestamp: since, items: 'person,organization,activity', start: cursor ?? '0', limit: String(limit) };
      const { items, ...rest } = await startPage('/v1/recents', query, recentEntry);
      const gone = items.filter(({ data }) => data == null || data.active_flag === false || data.is_deleted === true);
      return { ...rest, items: gone.flatMap(goneOf) };
    },
    changelog: async (kind, id) => (await all(`/v1/${kind}/${id}/changelog`, {}, changeEntry)).sort((a, b) => a.time - b.time),
    async participants(dealId) {
      const found: Participant[] = [];
      let start: string | null = '0';
      do {
        const { items, next }: ListPage<Participant> = await startPage(
          `/v1/deals/${dealId}/participants`,
          { start, limit: mostAPage },
          participantEntry,
        );
        found.push(...items);
        start = next;
      } while (start !== null);
      return found;
    },
    participantChanges: async (dealId) =>
      (await all(`/v1/deals/${dealId}/participantsChangelog`, {}, participantChangeEntry)).sort((a, b) => a.at - b.at),
    activitiesOf: (dealId) => all('/api/v2/activities', { deal_id: dealId }, activityObject),
    stages: () => all('/api/v2/stages', {}, stageEntry),
    pipelines: () => all('/api/v2/pipelines', {}, pipelineEntry),
    users: async () => (await startPage('/v1/users', {}, userEntry)).items,
    fields: (of) => all(`/api/v2/${of}`, {}, fieldEntry),
    async me() {
      const { data } = understand(meAnswer, await call('/v1/users/me'), '/v1/users/me');
      const { name = null, company_domain, timezone_name, is_admin } = data;
      return { name, companyDomain: company_domain || null, isAdmin: is_admin === 1 || is_admin === true, timezone: timezone_name || null };
    },
  };
}

const here = <Of extends Kind>(object: ObjectOf<Of>): Found<Of> =>
  object.is_deleted === true ? { gone: true, at: object.update_time } : { gone: false, object };

const withCounts = (kind: Kind, options: ListOptions): ListOptions =>
  kind === 'deals' ? { ...options, query: { ...countsOfDeals, ...options.query } } : options;

/** What hangs on an object may be gone with it; a list of its own is always there. */
function nothingOf(path: string): { data: [] } {
  if (/\/\d+\//.test(path)) return { data: [] };
  throw new CrmRefusedError(`Pipedrive has no ${path} (404): is PIPEDRIVE_API_URL the right one?`);
}

/** RFC 3339 without a fraction. */
const inSeconds = (at: EpochMs): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

function entries<Schema extends z.ZodType>(data: unknown[], schema: Schema, path: string): Omit<ListPage<z.output<Schema>>, 'next'> {
  const items: z.output<Schema>[] = [];
  const refused: { where: string; why: string }[] = [];
  for (const entry of data) {
    const read = schema.safeParse(entry);
    if (read.success) items.push(read.data);
    else
      refused.push({
        where: `${path.split('/').at(-1)} ${idIn(entry)}`,
        why: `${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`,
      });
  }
  return { items, refused };
}

const idIn = (entry: unknown): string => String((entry as { id?: unknown } | null)?.id ?? '?').slice(0, 40);

const goneKinds: Record<string, Gone['kind']> = { person: 'persons', organization: 'organizations', activity: 'activities' };

function goneOf({ item, id, data }: z.output<typeof recentEntry>): Gone[] {
  const kind = Object.hasOwn(goneKinds, item) ? goneKinds[item] : undefined;
  return kind === undefined ? [] : [{ kind, id, dealId: kind === 'activities' ? (data?.deal_id ?? null) : null, at: data?.update_time ?? null }];
}
