import * as v1 from 'pipedrive/v1';
import * as v2 from 'pipedrive/v2';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import { connectPipedrive } from '../../../../src/adapters/crm/pipedrive/pipedrive-api.ts';
import type {
  activityObject,
  dealObject,
  noteObject,
  organizationObject,
  personObject,
} from '../../../../src/adapters/crm/pipedrive/pipedrive-objects.ts';
import { createQuietLogger } from '../../http/quiet-logger.ts';
import { acme } from './acme.ts';
import { type Joined, joinPipedrive } from './joined.ts';

/** Pipedrive's own SDK as the judge: of what the bot asks, of the fields it reads, and of the local Pipedrive that the other tests believe. */
let joined: Joined;
let sdk: ReturnType<typeof connectSdk>;
beforeEach(async () => {
  joined = await joinPipedrive();
  sdk = connectSdk(joined);
});
afterEach(() => joined.close());

function connectSdk({ pipedrive: { apiToken, url } }: Joined) {
  const two = new v2.Configuration({ apiKey: apiToken, basePath: `${url}/api/v2` });
  const one = new v1.Configuration({ apiKey: apiToken, basePath: `${url}/v1` });
  return {
    deals: new v2.DealsApi(two),
    persons: new v2.PersonsApi(two),
    organizations: new v2.OrganizationsApi(two),
    activities: new v2.ActivitiesApi(two),
    stages: new v2.StagesApi(two),
    pipelines: new v2.PipelinesApi(two),
    personFields: new v2.PersonFieldsApi(two),
    organizationFields: new v2.OrganizationFieldsApi(two),
    dealsV1: new v1.DealsApi(one),
    organizationsV1: new v1.OrganizationsApi(one),
    notes: new v1.NotesApi(one),
    recents: new v1.RecentsApi(one),
    users: new v1.UsersApi(one),
  };
}

const ours = () => {
  const { apiToken, url } = joined.pipedrive;
  return connectPipedrive({ apiToken, baseUrl: url, clock: { now: joined.now }, logger: createQuietLogger(), requestsPerTwoSeconds: 1_000 })
    .patiently;
};

/** What was asked: the path, and the question in alphabetical order, with the token that came along. */
async function asked(ask: () => Promise<unknown>): Promise<{ path: string; query: [string, string][]; token: string | undefined }[]> {
  const before = joined.pipedrive.requests.length;
  await ask();
  return joined.pipedrive.requests.slice(before).map(({ path, token }) => {
    const { pathname, searchParams } = new URL(path, 'http://here');
    return { path: pathname, query: [...searchParams].sort(([a], [b]) => (a < b ? -1 : 1)), token };
  });
}

describe('the bot asks as the SDK does', () => {
  const counts = 'participants_count,undone_activities_count' as never;
  const page = { updatedSince: Date.parse('2026-06-01T10:00:00.500Z'), cursor: null, limit: 50 };
  const sorted = { sort_by: 'id', sort_direction: 'asc', updated_since: '2026-06-01T10:00:00Z', limit: 50 } as const;

  it.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
    ['deals', () => ours().list('deals', page), () => sdk.deals.getDeals({ ...sorted, include_fields: counts })],
    [
      'deleted deals',
      () => ours().list('deals', { ...page, query: { status: 'deleted' } }),
      () => sdk.deals.getDeals({ ...sorted, include_fields: counts, status: 'deleted' }),
    ],
    ['archived deals', () => ours().listArchived(page), () => sdk.deals.getArchivedDeals({ ...sorted, include_fields: counts })],
    ['persons', () => ours().list('persons', page), () => sdk.persons.getPersons(sorted)],
    ['organizations', () => ours().list('organizations', page), () => sdk.organizations.getOrganizations(sorted)],
    ['activities', () => ours().list('activities', page), () => sdk.activities.getActivities(sorted)],
    ['activities of a deal', () => ours().activitiesOf('7'), () => sdk.activities.getActivities({ deal_id: 7, limit: 500 })],
    ['stages', () => ours().stages(), () => sdk.stages.getStages({ limit: 500 })],
    ['pipelines', () => ours().pipelines(), () => sdk.pipelines.getPipelines({ limit: 500 })],
    ['fields of persons', () => ours().fields('personFields'), () => sdk.personFields.getPersonFields({ limit: 500 })],
    ['fields of organizations', () => ours().fields('organizationFields'), () => sdk.organizationFields.getOrganizationFields({ limit: 500 })],
    ['changes of a deal', () => ours().changelog('deals', '7'), () => sdk.dealsV1.getDealChangelog({ id: 7, limit: 500 })],
    [
      'changes of an organization',
      () => ours().changelog('organizations', '7'),
      () => sdk.organizationsV1.getOrganizationChangelog({ id: 7, limit: 500 }),
    ],
    ['changes of participants', () => ours().participantChanges('7'), () => sdk.dealsV1.getDealParticipantsChangelog({ id: 7, limit: 500 })],
    ['users', () => ours().users(), () => sdk.users.getUsers()],
    ['the user', () => ours().me(), () => sdk.users.getCurrentUser()],
    [
      'what is gone',
      () => ours().listGone(page),
      () => sdk.recents.getRecents({ since_timestamp: '2026-06-01 10:00:00', items: 'person,organization,activity' as never, start: 0, limit: 50 }),
    ],
  ])('for %s', async (_name, bot, vendor) => {
    expect(await asked(bot)).toEqual(await asked(vendor));
  });

  it('for participants', async () => {
    const { deal } = acme(joined);
    expect(await asked(() => ours().participants(String(deal)))).toEqual(
      await asked(() => sdk.dealsV1.getDealParticipants({ id: deal, start: 0, limit: 500 })),
    );
  });

  it('for objects by their ids, and for one that no list has', async () => {
    const { deal } = acme(joined);
    joined.pipedrive.records.update('deals', deal, { is_archived: true });
    expect(await asked(() => ours().read('deals', [String(deal)]))).toEqual(
      await asked(async () => {
        await sdk.deals.getDeals({ ids: String(deal), include_fields: counts, limit: 500 });
        await sdk.deals.getDeal({ id: deal, include_fields: counts });
      }),
    );
  });

  it('for notes', async () => {
    const [bot] = await asked(() => ours().listNotes(page));
    const [vendor] = await asked(() => sdk.notes.getNotes({ start: 0, limit: 50, sort: 'id ASC', updated_since: '2026-06-01T10:00:00Z' }));
    expect(bot).toEqual(vendor);
  });
});

describe('the local Pipedrive answers as the SDK expects', () => {
  it('with pages that its cursors lead through', async () => {
    for (let count = 0; count < 5; count += 1) joined.pipedrive.records.create('deals', { title: `Deal ${count}` });
    joined.pipedrive.weather.mostAPage = 2;
    const titles: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const { data, additional_data } = await sdk.deals.getDeals(cursor === undefined ? {} : { cursor });
      titles.push(...(data ?? []).map(({ title }) => title));
      cursor = additional_data?.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(titles).toEqual(Array.from({ length: 5 }, (_, count) => `Deal ${count}`));
  });

  it('with participants, their changes, and stages with their limits', async () => {
    const { deal, priya } = acme(joined);
    joined.pipedrive.records.addParticipant(deal, priya);
    expect((await sdk.dealsV1.getDealParticipants({ id: deal })).data?.map(({ person_id }) => person_id?.value)).toEqual([priya]);
    expect((await sdk.dealsV1.getDealParticipantsChangelog({ id: deal })).data).toMatchObject([{ person_id: priya, action: 'added' }]);
    expect((await sdk.stages.getStages()).data?.map(({ days_to_rotten }) => days_to_rotten)).toEqual([null, 14, 30]);
  });

  it('with 401 for a token that does not hold', async () => {
    joined.pipedrive.weather.tokenExpired = true;
    await expect(sdk.deals.getDeals()).rejects.toMatchObject({ success: false, errorCode: 401 });
  });
});

describe('the fields that are read', () => {
  type Read<Schema extends z.ZodType> = keyof z.input<Schema>;
  it('are fields of the SDK, by the same names', () => {
    // The two counts come only when they are asked for.
    expectTypeOf<Exclude<Read<typeof dealObject>, 'participants_count' | 'undone_activities_count'>>().toExtend<keyof v2.Deal>();
    expectTypeOf<Read<typeof personObject>>().toExtend<keyof v2.Person>();
    expectTypeOf<Read<typeof organizationObject>>().toExtend<keyof v2.OrganizationItem>();
    expectTypeOf<Read<typeof activityObject>>().toExtend<keyof v2.ActivityItem>();
    expectTypeOf<Exclude<Read<typeof noteObject>, 'is_deleted'>>().toExtend<keyof v1.Note>();
  });
});
