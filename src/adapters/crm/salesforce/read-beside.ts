import { z } from 'zod';
import { to18 } from '../salesforce-id.ts';
import type { Activity, Beside } from './activity-signals.ts';
import { objectNameOfId } from './object-names.ts';
import type { SalesforceApi } from './salesforce-api.ts';

const user = z.object({ Id: z.string(), Email: z.string().nullish() });
const email = z.object({ ActivityId: z.string(), Incoming: z.boolean() });
const relation = z
  .object({
    EventId: z.string().optional(),
    TaskId: z.string().optional(),
    RelationId: z.string(),
    IsDeleted: z.boolean(),
    Status: z.string().nullish(),
  })
  .transform(({ EventId, TaskId, RelationId, IsDeleted, Status }) => ({
    activityId: EventId ?? TaskId ?? '',
    contactId: RelationId,
    isGone: IsDeleted,
    hasDeclined: Status === 'Declined',
  }));

/**
 * What tasks and events do not say of themselves, and objects beside them do, in orgs that have these: whether an e-mail came in (Enhanced
 * Email), who else was there (tasks: only with Shared Activities), and who of us that was. A task may also belong to a queue, which is nobody.
 * @throws CrmAwayError
 */
export async function readBeside(api: SalesforceApi, activities: readonly Activity[]): Promise<Beside> {
  const tasks = activities.flatMap(({ name, row }) => (name === 'Task' ? row.Id : []));
  const events = activities.flatMap(({ name, row }) => (name === 'Event' ? row.Id : []));
  const ownerIds = activities.flatMap(({ row }) => (row.OwnerId?.startsWith('005') ? row.OwnerId : []));
  const [emails, ofTasks, ofEvents, owners] = await Promise.all([
    api.readIfThere(email, { object: 'EmailMessage', columns: ['ActivityId', 'Incoming'], field: 'ActivityId' }, tasks),
    api.readIfThere(relation, { object: 'TaskRelation', columns: ['TaskId', 'RelationId', 'IsDeleted'], field: 'TaskId' }, tasks),
    api.readIfThere(relation, { object: 'EventRelation', columns: ['EventId', 'RelationId', 'IsDeleted', 'Status'], field: 'EventId' }, events),
    api.readIfThere(user, { object: 'User', columns: ['Id', 'Email'], field: 'Id' }, ownerIds),
  ]);
  // What was deleted took its relations with it.
  const deleted = new Set(activities.flatMap(({ row }) => (row.IsDeleted ? row.Id : [])));
  const people = Map.groupBy(
    [...ofTasks, ...ofEvents].filter(
      ({ activityId, contactId, isGone, hasDeclined }) =>
        !hasDeclined && (!isGone || deleted.has(activityId)) && objectNameOfId(contactId) === 'Contact',
    ),
    ({ activityId }) => activityId,
  );
  return {
    incoming: new Map(emails.map(({ ActivityId, Incoming }) => [ActivityId, Incoming])),
    addresses: new Map(owners.flatMap(({ Id, Email }) => (Email ? [[to18(Id), Email] as const] : []))),
    people: new Map([...people].map(([id, found]) => [id, found.map(({ contactId }) => contactId)])),
  };
}
