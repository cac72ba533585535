import { type DealStatus, dealStatuses, type Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { Known } from './directory.ts';
import type { FieldChange, Participant, ParticipantChange, PipedriveStage } from './pipedrive-answers.ts';
import { bornAt, type Deal, modifiedAt, recordId } from './pipedrive-objects.ts';
import { said } from './said.ts';
import { dayOf } from './times.ts';
import { valueHistory } from './value-history.ts';

/** A deal with what Pipedrive remembers of it. */
export type DealState = { deal: Deal; changes: FieldChange[]; participants: Participant[]; participantChanges: ParticipantChange[] };

const source = 'pipedrive';

/**
 * The signals that a deal's present state and its history amount to. All times are Pipedrive's: what it is now counts from its last modification, its
 * stages, close dates, status and people from when each was changed, so that it does not matter when, how often and why a deal is looked at.
 */
export function dealSignals(state: DealState, known: Known): Signal[] {
  const { deal, changes } = state;
  const id = recordId(deal.id);
  const born = bornAt(deal);
  const upsert = (occurredAt: EpochMs, fields: Omit<Extract<Signal, { type: 'deal.upserted' }>['deal'], 'id'>): Signal =>
    said(`deal:${deal.id}`, { source, type: 'deal.upserted', occurredAt, deal: { id, ...fields } });
  const owner = deal.owner_id == null ? null : known.ownerEmail(deal.owner_id);
  const stage = deal.stage_id == null ? undefined : known.stage(deal.stage_id);
  const stages = valueHistory(changes, 'stage_id', deal.stage_id ?? null, born);
  const status = statusMoment(deal, changes);
  // The core takes a move for newer than a status from before it. In Pipedrive a won deal can be moved, and stays won.
  const statusAt = Math.max(status.at, stages.at(-1)?.at ?? 0);
  return [
    upsert(modifiedAt(deal), {
      url: `${known.site}/deal/${deal.id}`,
      name: deal.title || `Deal ${deal.id}`,
      accountId: deal.org_id == null ? null : recordId(deal.org_id),
      pipeline: deal.pipeline_id ?? null,
      amount: deal.value ?? null,
      currency: deal.currency || null,
      ...(owner === undefined ? {} : { ownerEmail: owner }),
    }),
    upsert(statusAt, { status: status.status }),
    ...stages.flatMap(({ at, value }) => (value === null ? [] : [stageSignal(deal.id, value, at)])),
    ...valueHistory(changes, 'expected_close_date', deal.expected_close_date ?? null, born)
      .filter(({ value }, index) => value !== null || index > 0)
      .map(({ at, value }) => upsert(at, { closeDate: dayOf(value) })),
    ...(stage === undefined ? [] : [stallLimitSignal(deal, stage)]),
    ...linkSignals(state),
  ];
}

export const stageSignal = (dealId: string, stage: string, at: EpochMs): Signal => ({
  id: `pipedrive:deal:${dealId}:stage:${at}:${stage}`,
  source,
  type: 'stage.entered',
  occurredAt: at,
  stage: { dealId: recordId(dealId), stage },
});

/** The stage's own limit, as of the newer of the two: the deal came into the stage, or the limit was changed. */
export function stallLimitSignal(deal: Deal, stage: PipedriveStage): Signal {
  const days = stage.is_deal_rot_enabled === false ? null : (stage.days_to_rotten ?? null);
  return said(`deal:${deal.id}`, {
    source,
    type: 'deal.upserted',
    occurredAt: Math.max(deal.stage_change_time ?? bornAt(deal), stage.update_time ?? stage.add_time ?? 0),
    deal: { id: recordId(deal.id), stallLimit: { stage: stage.id, days } },
  });
}

/** Who is on a deal, as of when that was last changed for each; also who is no longer. */
function linkSignals({ deal, changes, participants, participantChanges }: DealState): Signal[] {
  const born = bornAt(deal);
  const on = new Set([...participants.map(({ personId }) => personId), ...(deal.person_id == null ? [] : [deal.person_id])]);
  const times = new Map<string, EpochMs>();
  const at = (personId: string | null, time: EpochMs): void => {
    if (personId !== null) times.set(personId, Math.max(time, times.get(personId) ?? 0));
  };
  for (const { personId, addedAt } of participants) at(personId, addedAt ?? born);
  for (const { personId, at: time } of participantChanges) at(personId, time);
  const main = changes.filter(({ field_key }) => field_key === 'person_id');
  at(main[0] === undefined ? (deal.person_id ?? null) : main[0].old_value, born);
  for (const { old_value, new_value, time } of main) {
    // Whoever was the main contact until then may have left with that.
    at(old_value, time);
    at(new_value, time);
  }
  return [...times].map(([personId, occurredAt]) => linkSignal(deal.id, personId, on.has(personId), occurredAt));
}

export const linkSignal = (dealId: string, personId: string, linked: boolean, occurredAt: EpochMs): Signal =>
  said(`deal:${dealId}:person:${personId}`, {
    source,
    type: 'person.upserted',
    occurredAt,
    person: { id: recordId(personId), dealLinks: [{ dealId: recordId(dealId), linked }] },
  });

/** Since when a deal has been open, won or lost. */
function statusMoment(deal: Deal, changes: readonly FieldChange[]): { at: EpochMs; status: DealStatus } {
  const status = statusOf(deal.status);
  const changed = valueHistory(changes, 'status', deal.status ?? null, bornAt(deal)).at(-1);
  const closedAt = status === 'won' ? deal.won_time : status === 'lost' ? deal.lost_time : null;
  return { status, at: closedAt ?? changed?.at ?? bornAt(deal) };
}

const statusOf = (status: string | null | undefined): DealStatus => dealStatuses.find((known) => known === status) ?? 'open';
