import { touchpointId } from '../../../core/journey/happening.ts';
import type { Direction, Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { Known } from './directory.ts';
import { type Activity, bornAt, modifiedAt, type Note, recordId } from './pipedrive-objects.ts';
import { said } from './said.ts';
import { dayOf } from './times.ts';

const source = 'pipedrive';
/** Work of our own, of which the customer sees nothing. It can be a next step, and is no touchpoint. */
const ownWork = ['task', 'deadline'];

/**
 * A done activity as touchpoints of its deal (else its organization): one of everybody who was in it, or one of nobody. Their ids hold neither time nor
 * deal: an activity that is edited, or comes to another deal by a merge, stays the same touchpoint. `known` null: without the API nobody knows whose
 * it is.
 */
export function activitySignals(activity: Activity, known: Known | null): Signal[] {
  const { id, deal_id, org_id, participants } = activity;
  const type = (activity.type || 'activity').toLowerCase();
  if (activity.done !== true || ownWork.includes(type)) return [];
  const main = activity.person_id ?? participants?.find(({ primary }) => primary === true)?.person_id ?? null;
  const people = new Set([main, ...(participants ?? []).map(({ person_id }) => person_id)].flatMap((id) => (id == null ? [] : [recordId(id)])));
  const home = {
    ...(deal_id == null ? {} : { dealId: recordId(deal_id) }),
    ...(org_id == null ? {} : { accountId: recordId(org_id) }),
  };
  const touchpoint = (about: { personId?: string }): Signal => ({
    id: touchpointId(`pipedrive:activity:${id}`, about.personId ?? null),
    source,
    type: 'touchpoint.recorded',
    occurredAt: happenedAt(activity),
    touchpoint: { ...home, ...about, type, channel: channels.get(type) ?? type, direction: directionOf(type), ...byOf(activity.owner_id, known) },
  });
  if (people.size > 0) return [...people].map((personId) => touchpoint({ personId }));
  return Object.keys(home).length === 0 ? [] : [touchpoint({})];
}

const byOf = (userId: string | null | undefined, known: Known | null): { by?: string } => {
  const email = userId == null ? null : known?.ownerEmail(userId);
  return email == null ? {} : { by: email };
};

/** Types are the team's own words: one of them may be called as what every object has. */
const channels = new Map([
  ['call', 'phone'],
  ['lunch', 'meeting'],
]);

/** Pipedrive does not tell who acted. Meetings take two: they came. The rest was ours, unless the type's name says otherwise. */
function directionOf(type: string): Direction {
  if (/inbound|incoming|received/.test(type)) return 'inbound';
  return type === 'meeting' || type === 'lunch' ? 'inbound' : 'outbound';
}

/**
 * When it was due, as Pipedrive itself dates a done activity, but not later than it was ticked off: so history that was entered or imported
 * afterwards stays where it belongs. A day without a time counts from noon, UTC.
 */
function happenedAt(activity: Activity): EpochMs {
  const tickedOff = activity.marked_as_done_time ?? modifiedAt(activity);
  const due = dueAt(activity);
  return due === null ? tickedOff : Math.min(due, tickedOff);
}

function dueAt({ due_date, due_time }: Activity): EpochMs | null {
  const day = dayOf(due_date);
  if (day === null) return null;
  const [, time = '12:00'] = /^(\d{2}:\d{2})/.exec(due_time ?? '') ?? [];
  const at = Date.parse(`${day}T${time}:00Z`);
  return Number.isNaN(at) ? null : at;
}

/**
 * A deal's next step: of all its open activities the one that is furthest ahead. Nobody tells us when a day is over and the next plan counts, so with the
 * nearest one a deal with plans would soon look as if it had none, and whoever looks later would see another. It counts from the newest change of any of
 * them. `notBefore`: when one that is not among them any more went away, or some came with a merge. Nothing, where the deal never had one.
 */
export function nextStepSignals(dealId: string, activities: readonly Activity[], notBefore: EpochMs): Signal[] {
  const at = Math.max(notBefore, ...activities.map(modifiedAt));
  if (at <= 0) return [];
  const [next] = activities
    .flatMap((activity) => {
      const due = dayOf(activity.due_date);
      return activity.done === true || due === null ? [] : [{ id: Number(activity.id), title: activity.subject || activity.type || 'Activity', due }];
    })
    .sort((a, b) => (a.due === b.due ? a.id - b.id : a.due > b.due ? -1 : 1));
  return [nextStepSignal(dealId, next ?? null, at)];
}

export const nextStepSignal = (dealId: string, next: { title: string; due: string } | null, occurredAt: EpochMs): Signal =>
  said(`deal:${dealId}:next-step`, {
    source,
    type: 'next-step.set',
    occurredAt,
    nextStep: { dealId: recordId(dealId), title: next?.title ?? null, due: next?.due ?? null },
  });

/** Somebody wrote down what happened. Whom it was with is not told, so nobody counts as reached. */
export function noteSignals(note: Note, known: Known | null): Signal[] {
  const { deal_id, org_id, person_id } = note;
  const about =
    deal_id != null
      ? { dealId: recordId(deal_id) }
      : org_id != null
        ? { accountId: recordId(org_id) }
        : person_id != null
          ? { personId: recordId(person_id) }
          : null;
  if (about === null || note.active_flag === false) return [];
  return [
    {
      id: `pipedrive:note:${note.id}`,
      source,
      type: 'touchpoint.recorded',
      occurredAt: bornAt(note),
      touchpoint: { ...about, type: 'note', channel: 'note', direction: 'outbound', ...byOf(note.user_id, known) },
    },
  ];
}
