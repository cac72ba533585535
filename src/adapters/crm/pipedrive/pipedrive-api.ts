import type { z } from 'zod';
import type { Clock, Logger } from '../../../app/ports.ts';
import type { EpochMs } from '../../../core/time.ts';
import { type CallPipedrive, createCaller } from './call-pipedrive.ts';
import { createMissing, type Missing } from './missing.ts';
import { createPages, type ListPage } from './pages.ts';
import {
  changeEntry,
  type Field,
  type FieldChange,
  fieldEntry,
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
  type User,
  userEntry,
} from './pipedrive-answers.ts';
import { type Activity, activityObject, type Kind, type Note, noteObject, type ObjectOf, objectSchemas } from './pipedrive-objects.ts';

/** Gone: deleted, merged into another, or out of our sight. `at`: when, where Pipedrive still knows. */
export type Found<Of extends Kind> = { gone: false; object: ObjectOf<Of> } | { gone: true; at: EpochMs | null };

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
  /** What was changed of an object's fields, oldest first. Null: Pipedrive no longer tells. */
  changelog(kind: 'deals' | 'organizations', id: string): Promise<FieldChange[] | null>;
  /** Null: Pipedrive no longer tells. */
  participants(dealId: string): Promise<Participant[] | null>;
  /** Oldest first. */
  participantChanges(dealId: string): Promise<ParticipantChange[]>;
  activitiesOf(dealId: string): Promise<Activity[]>;
  stages(): Promise<PipedriveStage[]>;
  pipelines(): Promise<Pipeline[]>;
  users(): Promise<User[]>;
  fields(of: 'personFields' | 'organizationFields'): Promise<Field[]>;
  /** Null: Pipedrive no longer tells. */
  me(): Promise<{ name: string | null; companyDomain: string | null; isAdmin: boolean; timezone: string | null } | null>;
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
export function connectPipedrive(deps: PipedriveApiDeps): { soon: PipedriveApi; patiently: PipedriveApi; missing: Missing } {
  const call = createCaller({ baseUrl: 'https://api.pipedrive.com', requestsPerTwoSeconds: 20, timeoutMs: 10_000, ...deps });
  const missing = createMissing(deps);
  return {
    soon: createPipedriveApi((path, options) => call(path, { ...options, urgent: true }), deps.logger, missing),
    patiently: createPipedriveApi(call, deps.logger, missing),
    missing,
  };
}

/** Our own small client: the SDK brings axios and generated code for some hundred endpoints; in tests it checks our shapes. */
function createPipedriveApi(call: CallPipedrive, logger: Logger, missing: Missing): PipedriveApi {
  const { understand, page, all, listV1, allUnder, allUnderByStart } = createPages(call, logger, missing);
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

  /** What hangs on an object may be gone with it. Where the object is there, the list is not: Pipedrive has given it up. */
  const unlessMissing = async <Item>(
    kind: Kind,
    id: string,
    list: string,
    read: (path: string) => Promise<Item[] | null>,
  ): Promise<Item[] | null> => {
    const items = await read(`/v1/${kind}/${id}/${list}`);
    if (items !== null) return items;
    const lists = `/v1/${kind}/{id}/${list}`;
    if (!missing.has(lists) && (await call(`/api/v2/${kind}/${id}`)) === null) return [];
    missing.note(lists);
    return null;
  };

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
      listV1(
        '/v1/notes',
        { sort: 'id ASC', start: cursor ?? '0', limit: String(limit), ...(updatedSince === null ? {} : { updated_since: inSeconds(updatedSince) }) },
        noteObject,
      ),
    async listGone({ updatedSince, cursor, limit }) {
      const since = new Date(updatedSince ?? 0).toISOString().slice(0, 19).replace('T', ' ');
      const query = { since_timestamp: since, items: 'person,organization,activity', start: cursor ?? '0', limit: String(limit) };
      const { items, ...rest } = await listV1('/v1/recents', query, recentEntry);
      const gone = items.filter(({ data }) => data == null || data.active_flag === false || data.is_deleted === true);
      return { ...rest, items: gone.flatMap(goneOf) };
    },
    changelog: async (kind, id) => {
      const changes = await unlessMissing(kind, id, 'changelog', (path) => allUnder(path, changeEntry));
      return changes?.sort((a, b) => a.time - b.time) ?? null;
    },
    participants: (dealId) => unlessMissing('deals', dealId, 'participants', (path) => allUnderByStart(path, participantEntry)),
    participantChanges: async (dealId) => {
      const changes = await unlessMissing('deals', dealId, 'participantsChangelog', (path) => allUnder(path, participantChangeEntry));
      return changes?.sort((a, b) => a.at - b.at) ?? [];
    },
    activitiesOf: (dealId) => all('/api/v2/activities', { deal_id: dealId }, activityObject),
    stages: () => all('/api/v2/stages', {}, stageEntry),
    pipelines: () => all('/api/v2/pipelines', {}, pipelineEntry),
    users: async () => (await listV1('/v1/users', {}, userEntry)).items,
    fields: (of) => all(`/api/v2/${of}`, {}, fieldEntry),
    async me() {
      const answer = await call('/v1/users/me');
      if (answer === null) {
        missing.note('/v1/users/me');
        return null;
      }
      const { data } = understand(meAnswer, answer, '/v1/users/me');
      const { name = null, company_domain, timezone_name, is_admin } = data;
      return { name, companyDomain: company_domain || null, isAdmin: is_admin === 1 || is_admin === true, timezone: timezone_name || null };
    },
  };
}

const here = <Of extends Kind>(object: ObjectOf<Of>): Found<Of> =>
  object.is_deleted === true ? { gone: true, at: object.update_time } : { gone: false, object };

const withCounts = (kind: Kind, options: ListOptions): ListOptions =>
  kind === 'deals' ? { ...options, query: { ...countsOfDeals, ...options.query } } : options;

/** RFC 3339 without a fraction. */
const inSeconds = (at: EpochMs): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

const goneKinds: Record<string, Gone['kind']> = { person: 'persons', organization: 'organizations', activity: 'activities' };

function goneOf({ item, id, data }: z.output<typeof recentEntry>): Gone[] {
  const kind = Object.hasOwn(goneKinds, item) ? goneKinds[item] : undefined;
  return kind === undefined ? [] : [{ kind, id, dealId: kind === 'activities' ? (data?.deal_id ?? null) : null, at: data?.update_time ?? null }];
}
