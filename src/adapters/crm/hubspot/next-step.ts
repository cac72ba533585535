import type { Signal } from '../../../core/journey/signal.ts';
import { dayMs, type EpochMs } from '../../../core/time.ts';
import type { Directory } from './directory.ts';
import type { HubspotObject } from './hubspot-answers.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { recordId } from './object-kinds.ts';
import { readProperties, timeOf } from './record-fields.ts';

const plannedObjects = ['tasks', 'meetings'] as const;
type PlannedObject = (typeof plannedObjects)[number];
export const isPlanned = (kind: string): kind is PlannedObject => plannedObjects.some((planned) => planned === kind);

/** All tasks and meetings of some deals, by deal. */
export type Plans = ReadonlyMap<string, readonly { kind: PlannedObject; object: HubspotObject }[]>;

/** What a task is called as a next step; its subject is not read. */
const taskTitles: Record<string, string> = { CALL: 'Call', EMAIL: 'E-mail' };
export const doneTasks = ['COMPLETED', 'DEFERRED'];
const overMeetings = ['COMPLETED', 'CANCELED', 'RESCHEDULED', 'NO_SHOW'];

/** One task never tells which is next: all of its deal do. */
export async function readPlans(api: Pick<HubspotApi, 'readAssociations' | 'readObjects'>, dealIds: string[]): Promise<Plans> {
  const plans = new Map<string, { kind: PlannedObject; object: HubspotObject }[]>();
  if (dealIds.length === 0) return plans;
  await Promise.all(
    plannedObjects.map(async (kind) => {
      const links = await api.readAssociations('deals', kind, dealIds);
      const ids = [...new Set([...links.values()].flatMap((list) => list.map(({ id }) => id)))];
      const objects = new Map((await api.readObjects(kind, ids, readProperties[kind])).map((object) => [object.id, object]));
      for (const [dealId, list] of links) {
        const found = list.flatMap(({ id }) => objects.get(id) ?? []).map((object) => ({ kind, object }));
        plans.set(dealId, [...(plans.get(dealId) ?? []), ...found]);
      }
    }),
  );
  return plans;
}

/**
 * A deal's next step: of its tasks that are to be done and its meetings that are to come the one that is furthest ahead. Nobody tells us when a meeting is
 * over and the next one counts, so with the nearest one a deal with plans would soon look as if it had none. It is seen from the newest change of any of
 * them, and counts from then: whoever looks later sees the same. It is due on the day that it is then where the account is.
 */
export function nextStepSignals(dealId: string, plans: Plans, directory: Pick<Directory, 'dayOf'>): Signal[] {
  const planned = plans.get(dealId) ?? [];
  if (planned.length === 0) return [];
  const changedAt = Math.max(...planned.map(({ object }) => saidAt(object)));
  const [step] = planned
    .flatMap(({ kind, object }) => {
      const at = startsAt(object);
      const due = at !== null && at > changedAt && isOpen(kind, object) ? directory.dayOf(String(at)) : null;
      return due === null ? [] : [{ due, title: titleOf(kind, object), id: object.id }];
    })
    .sort((a, b) => (a.due === b.due ? Number(a.id) - Number(b.id) : a.due < b.due ? 1 : -1));
  return [
    {
      id: `hubspot:deal:${dealId}:next-step:${changedAt}:${step === undefined ? 'none' : `${step.id}:${step.due}`}`,
      source: 'hubspot',
      type: 'next-step.set',
      occurredAt: changedAt,
      nextStep: { dealId: recordId(dealId), title: step?.title ?? null, due: step?.due ?? null },
    },
  ];
}

/** For so long a change of plans is of interest to whoever reads everything. */
export const planMemoryMs = 90 * dayMs;

/** Whether it can make a difference: it may be the next step, however long that is overdue, or was changed a while ago. Years of tasks that are done say nothing. */
export const concernsNextStep = (kind: PlannedObject, object: HubspotObject, now: EpochMs): boolean =>
  (isOpen(kind, object) && (startsAt(object) ?? 0) > saidAt(object)) || saidAt(object) > now - planMemoryMs;

const isOpen = (kind: PlannedObject, { properties }: HubspotObject): boolean =>
  kind === 'tasks' ? !doneTasks.includes(properties.hs_task_status ?? '') : !overMeetings.includes(properties.hs_meeting_outcome ?? '');

const titleOf = (kind: PlannedObject, { properties }: HubspotObject): string =>
  kind === 'meetings' ? 'Meeting' : (taskTitles[properties.hs_task_type ?? ''] ?? 'Task');

const startsAt = ({ properties }: HubspotObject): EpochMs | null => timeOf(properties.hs_timestamp) ?? timeOf(properties.hs_meeting_start_time);

const saidAt = ({ properties, updatedAt }: HubspotObject): EpochMs => timeOf(properties.hs_lastmodifieddate ?? updatedAt) ?? 0;
