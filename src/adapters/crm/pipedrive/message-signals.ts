import type { Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import { activitySignals, nextStepSignal, noteSignals } from './activity-signals.ts';
import { linkSignal, stageSignal } from './deal-signals.ts';
import { organizationSignals, personSignals } from './people-signals.ts';
import {
  type Activity,
  activityObject,
  bornAt,
  type Deal,
  dealObject,
  idText,
  modifiedAt,
  objectSchemas,
  organizationObject,
  personObject,
  recordId,
} from './pipedrive-objects.ts';
import { deletionSignal, type Told, type Want } from './read-webhook.ts';
import { said } from './said.ts';
import { dayOf, timeOf } from './times.ts';
import type { Webhook } from './webhook.ts';

/**
 * What webhooks say by themselves, for a team without an API token. A webhook brings the whole present object and what was changed; what it cannot say stays
 * unknown: owners (it has their id alone), roles, participants, anything from before.
 */
export function messageSignals(webhook: Webhook, told: Told): Signal[] {
  return [
    ...told.signals,
    ...told.notes.flatMap((note) => noteSignals(note, null)),
    ...told.wants.flatMap((want) => wanted(want, webhook)),
    ...(webhook.meta.action === 'delete' ? told.nextSteps.map(({ dealId, at }) => nextStepSignal(dealId, null, at)) : []),
  ];
}

function wanted({ kind, id, at, cause }: Want, webhook: Webhook): Signal[] {
  // The survivor's own webhook of a merge holds it; that of what was merged away does not.
  if (cause === 'merged' && webhook.meta.action === 'delete') return [];
  if (cause === 'deleted') return kind === 'activities' ? [] : [deletionSignal(kind, id, at)];
  const read = objectSchemas[kind].safeParse({ ...webhook.data, id });
  if (!read.success) return [];
  const data = { ...webhook.data, id };
  switch (kind) {
    case 'deals':
      return dealSaid(dated(dealObject.parse(data), at), webhook);
    case 'persons':
      return personSignals(dated(personObject.parse(data), at), null);
    case 'organizations':
      return organizationSignals(dated(organizationObject.parse(data), at), [], null);
    case 'activities':
      return activitySaid(dated(activityObject.parse(data), at), webhook);
  }
}

function activitySaid(activity: Activity, { previous }: Webhook): Signal[] {
  const { deal_id, done, subject, type } = activity;
  const due = dayOf(activity.due_date);
  const next = done === true || due === null ? null : { title: subject || type || 'Activity', due };
  // Only what was planned can cease to be the next step.
  const planned = next !== null || previous?.done !== undefined;
  return [...activitySignals(activity, null), ...(deal_id == null || !planned ? [] : [nextStepSignal(deal_id, next, modifiedAt(activity))])];
}

function dealSaid(deal: Deal, { meta, previous }: Webhook): Signal[] {
  const at = modifiedAt(deal);
  const before: Record<string, unknown> = previous ?? {};
  const upsert = (occurredAt: EpochMs, fields: Omit<Extract<Signal, { type: 'deal.upserted' }>['deal'], 'id'>): Signal =>
    said(`deal:${deal.id}`, { source: 'pipedrive', type: 'deal.upserted', occurredAt, deal: { id: recordId(deal.id), ...fields } });
  const moved = meta.action === 'create' || before.stage_id !== undefined;
  const formerPerson = idText.safeParse(before.person_id);
  const status = deal.status === 'won' || deal.status === 'lost' ? deal.status : 'open';
  return [
    upsert(at, {
      ...(meta.host ? { url: `https://${meta.host}/deal/${deal.id}` } : {}),
      name: deal.title || `Deal ${deal.id}`,
      accountId: deal.org_id == null ? null : recordId(deal.org_id),
      pipeline: deal.pipeline_id ?? null,
      stage: deal.stage_id ?? null,
      amount: deal.value ?? null,
      currency: deal.currency || null,
      closeDate: dayOf(deal.expected_close_date),
      status,
    }),
    ...(moved && deal.stage_id != null
      ? [stageSignal(deal.id, deal.stage_id, meta.action === 'create' ? bornAt(deal) : (timeOf(deal.stage_change_time) ?? at))]
      : []),
    ...(deal.person_id == null ? [] : [linkSignal(deal.id, deal.person_id, true, at)]),
    ...(formerPerson.success ? [linkSignal(deal.id, formerPerson.data, false, at)] : []),
  ];
}

/** An object without times counts from the webhook. */
const dated = <Dated extends { add_time: number | null; update_time: number | null }>(object: Dated, at: EpochMs): Dated =>
  modifiedAt(object) > 0 ? object : { ...object, update_time: at };
