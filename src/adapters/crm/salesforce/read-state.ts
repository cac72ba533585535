import type { Activity, Beside } from './activity-signals.ts';
import { readBeside } from './read-beside.ts';
import type { Row } from './rows.ts';
import type { SalesforceApi } from './salesforce-api.ts';
import { readTypeHistory, type TypeChange } from './type-history.ts';

/** Ids of what was mentioned, by object. */
export type Wanted = Record<'Opportunity' | 'Account' | 'Contact' | 'OpportunityContactRole' | 'Task' | 'Event', Set<string>>;

export type State = {
  deals: Map<string, Row<'Opportunity'>>;
  accounts: Map<string, Row<'Account'>>;
  contacts: Map<string, Row<'Contact'>>;
  history: Row<'OpportunityHistory'>[];
  typeHistory: TypeChange[];
  /** All roles of the contacts. */
  roles: Row<'OpportunityContactRole'>[];
  /** Those that were mentioned. */
  mentionedRoles: Map<string, Row<'OpportunityContactRole'>>;
  activities: Map<string, Activity>;
  /** All activities of the deals. */
  plans: Activity[];
  beside: Beside;
  origin: string;
};

/**
 * The present state of what was mentioned, and of what it says something about: a deal brings its history, contact roles, people, account and
 * plans; a contact role its contact and deal; a task or meeting the plans of its deal; a merged record the one it became.
 * @throws CrmAwayError, CrmRefusedError
 */
export async function readState(api: SalesforceApi, wanted: Wanted): Promise<State> {
  const [mentioned, tasks, events] = await Promise.all([
    api.readBy('OpportunityContactRole', 'Id', wanted.OpportunityContactRole),
    api.readBy('Task', 'Id', wanted.Task),
    api.readBy('Event', 'Id', wanted.Event),
  ]);
  const deals = await api.readBy('Opportunity', 'Id', [...wanted.Opportunity, ...mentioned.map(({ OpportunityId }) => OpportunityId)]);
  const dealIds = deals.map(({ Id }) => Id);
  const mentionedActivities: Activity[] = [...tasks.map(asTask), ...events.map(asEvent)];
  const [history, rolesOfDeals, plans, beside, origin] = await Promise.all([
    readHistory(api, dealIds),
    api.readBy('OpportunityContactRole', 'OpportunityId', dealIds),
    readPlans(api, [...dealIds, ...mentionedActivities.flatMap(({ row }) => dealOf(row) ?? [])]),
    readBeside(api, mentionedActivities),
    api.origin(),
  ]);
  const contacts = await withMasters([...wanted.Contact, ...[...mentioned, ...rolesOfDeals].flatMap(({ ContactId }) => ContactId ?? [])], (ids) =>
    api.readBy('Contact', 'Id', ids),
  );
  const [roles, accounts] = await Promise.all([
    api.readBy(
      'OpportunityContactRole',
      'ContactId',
      contacts.map(({ Id }) => Id),
    ),
    withMasters([...wanted.Account, ...[...deals, ...contacts].flatMap(({ AccountId }) => AccountId ?? [])], (ids) =>
      api.readBy('Account', 'Id', ids),
    ),
  ]);
  const typeHistory = await readTypeHistory(
    api,
    accounts.map(({ Id }) => Id),
  );
  return {
    deals: byId(deals),
    accounts: byId(accounts),
    contacts: byId(contacts),
    history,
    typeHistory,
    roles,
    mentionedRoles: byId(mentioned),
    activities: new Map(mentionedActivities.map((activity) => [activity.row.Id, activity])),
    plans,
    beside,
    origin,
  };
}

export const readHistory = (api: SalesforceApi, dealIds: string[]): Promise<Row<'OpportunityHistory'>[]> =>
  api.readBy('OpportunityHistory', 'OpportunityId', dealIds);

export async function readPlans(api: SalesforceApi, dealIds: string[]): Promise<Activity[]> {
  const [tasks, events] = await Promise.all([api.readBy('Task', 'WhatId', dealIds), api.readBy('Event', 'WhatId', dealIds)]);
  return [...tasks.map(asTask), ...events.map(asEvent)];
}

export const asTask = (row: Row<'Task'>): Activity => ({ name: 'Task', row });
export const asEvent = (row: Row<'Event'>): Activity => ({ name: 'Event', row });

export const dealOf = ({ WhatId }: { WhatId: string | null }): string | null => (WhatId?.startsWith('006') ? WhatId : null);

/** A record that was merged into another that was merged itself: as far as it goes, and not forever. */
async function withMasters<Kept extends { Id: string; MasterRecordId: string | null }>(
  ids: string[],
  read: (ids: string[]) => Promise<Kept[]>,
): Promise<Kept[]> {
  const found = await read(ids);
  const known = new Set(found.map(({ Id }) => Id));
  let fresh = found;
  for (let step = 0; step < 10; step += 1) {
    const masters = [...new Set(fresh.flatMap(({ MasterRecordId }) => MasterRecordId ?? []))].filter((id) => !known.has(id));
    if (masters.length === 0) break;
    fresh = await read(masters);
    for (const row of fresh) known.add(row.Id);
    found.push(...fresh);
  }
  return found;
}

const byId = <Kept extends { Id: string }>(rows: readonly Kept[]): Map<string, Kept> => new Map(rows.map((row) => [row.Id, row]));
