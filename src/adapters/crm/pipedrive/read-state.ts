import type { EpochMs } from '../../../core/time.ts';
import type { DealState } from './deal-signals.ts';
import type { Directory, Known } from './directory.ts';
import type { FieldChange } from './pipedrive-answers.ts';
import type { Found, PipedriveApi } from './pipedrive-api.ts';
import { type Activity, type Deal, type Kind, modifiedAt, type Organization } from './pipedrive-objects.ts';
import type { Told, Want } from './read-webhook.ts';

/** What Pipedrive said of the objects that webhooks ask for, and of those beside them. */
export type State = {
  found: { [Of in Kind]: Map<string, Found<Of>> };
  deals: Map<string, DealState>;
  organizationChanges: Map<string, FieldChange[]>;
  /** By deal: all its activities, and when others went away or came with a merge. */
  activities: Map<string, { all: Activity[]; notBefore: EpochMs }>;
  known: Known;
};

/** Deals come with their people and organization, so that one never stands there without the names of its committee. @throws CrmAwayError, CrmRefusedError */
export async function readState(api: PipedriveApi, directory: Directory, told: Told[]): Promise<State> {
  const wants = told.flatMap((one) => one.wants);
  const wanted = (kind: Kind): string[] => wants.filter((want) => want.kind === kind).map((want) => want.id);
  const [deals, activities] = await Promise.all([api.read('deals', wanted('deals')), api.read('activities', wanted('activities'))]);
  const states = await readDeals(api, objectsIn(deals));
  const persons = await api.read('persons', [...wanted('persons'), ...states.flatMap(peopleOn)]);
  const organizations = await api.read('organizations', [
    ...wanted('organizations'),
    ...[...objectsIn(deals), ...objectsIn(persons)].flatMap(({ org_id }) => org_id ?? []),
  ]);
  const nextSteps = await readNextSteps(api, told, wants, objectsIn(activities));
  const known = await knownFor(directory, objectsIn(deals), [
    ...objectsIn(organizations),
    ...[...objectsIn(activities), ...[...nextSteps.values()].flatMap(({ all }) => all)],
    ...told.flatMap(({ notes }) => notes.map(({ user_id }) => ({ owner_id: user_id }))),
  ]);
  return {
    found: { deals, persons, organizations, activities },
    deals: new Map(states.map((state) => [state.deal.id, state])),
    organizationChanges: await readOrganizationChanges(api, objectsIn(organizations), known),
    activities: nextSteps,
    known,
  };
}

export const objectsIn = <Of extends Kind>(found: Map<string, Found<Of>>) => [...found.values()].flatMap((one) => (one.gone ? [] : [one.object]));

/** `others`: what has an owner beside the deals. */
export const knownFor = (directory: Directory, deals: Deal[], others: Pick<Deal, 'owner_id'>[]): Promise<Known> =>
  directory.prepare({
    stages: deals.flatMap(({ stage_id }) => stage_id ?? []),
    owners: [...deals, ...others].flatMap(({ owner_id }) => owner_id ?? []),
  });

/** With what Pipedrive remembers of each. What was never changed has no history, and saves the requests. */
export const readDeals = (api: PipedriveApi, deals: Deal[]): Promise<DealState[]> =>
  Promise.all(
    deals.map(async (deal) => {
      const untouched = deal.add_time !== null && modifiedAt(deal) === deal.add_time;
      const count = deal.participants_count;
      const alone = count === 0 || (count === 1 && deal.person_id != null);
      const [changes, participants, participantChanges] = await Promise.all([
        untouched ? [] : api.changelog('deals', deal.id),
        alone ? [] : api.participants(deal.id),
        untouched ? [] : api.participantChanges(deal.id),
      ]);
      const known = changes ?? lastMove(deal);
      // Who is on it is not known: only the main contact is.
      if (participants === null)
        return { deal, changes: known.filter(({ field_key }) => field_key !== 'person_id'), participants: [], participantChanges: [] };
      return { deal, changes: known, participants, participantChanges };
    }),
  );

/** All that a deal itself says of its history: since when it is in its stage. */
const lastMove = ({ stage_id, stage_change_time }: Deal): FieldChange[] =>
  stage_id == null || stage_change_time === null ? [] : [{ field_key: 'stage_id', old_value: null, new_value: stage_id, time: stage_change_time }];

/** Only where the team has a field for the lifecycle stage: its history becomes the account's stage visits. */
export async function readOrganizationChanges(
  api: PipedriveApi,
  organizations: Organization[],
  { fields }: Known,
): Promise<Map<string, FieldChange[]>> {
  if (fields.lifecycle === null) return new Map();
  return new Map(
    await Promise.all(
      organizations.map(async (organization): Promise<[string, FieldChange[]]> => {
        const untouched = organization.add_time !== null && modifiedAt(organization) === organization.add_time;
        return [organization.id, untouched ? [] : ((await api.changelog('organizations', organization.id)) ?? [])];
      }),
    ),
  );
}

const peopleOn = ({ deal, participants }: DealState): string[] => [
  ...(deal.person_id == null ? [] : [deal.person_id]),
  ...participants.map(({ personId }) => personId),
];

/** One activity never tells which is next: all of its deal do. A merged deal has got those of the other, with the merge. */
async function readNextSteps(api: PipedriveApi, told: Told[], wants: Want[], activities: Activity[]): Promise<State['activities']> {
  const merged = wants.filter(({ kind, cause }) => kind === 'deals' && cause === 'merged').map(({ id, at }) => ({ dealId: id, at }));
  const others = [...told.flatMap((one) => one.nextSteps), ...merged];
  const deals = new Set([...activities.flatMap(({ deal_id }) => deal_id ?? []), ...others.map(({ dealId }) => dealId)]);
  return new Map(
    await Promise.all(
      [...deals].map(async (dealId): Promise<[string, { all: Activity[]; notBefore: EpochMs }]> => {
        const all = await api.activitiesOf(dealId);
        return [dealId, { all, notBefore: Math.max(0, ...others.filter((one) => one.dealId === dealId).map(({ at }) => at)) }];
      }),
    ),
  );
}
