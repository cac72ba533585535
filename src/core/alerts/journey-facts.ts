import { currentVisit, type Journey } from '../journey/journey.ts';
import type { JourneyRow } from '../journey/journey-row.ts';
import type { EpochMs } from '../time.ts';

/** A journey's row after an evaluation at `now`. */
export function rowOf(journey: Journey, row: JourneyRow | null, recheckAt: EpochMs | null, now: EpochMs): JourneyRow {
  const visit = currentVisit(journey);
  return {
    id: journey.id,
    kind: journey.kind,
    accountId: journey.account?.id ?? null,
    dealId: journey.deal?.id ?? null,
    mapKey: journey.mapKey,
    stage: visit?.stage ?? null,
    stageEnteredAt: visit?.enteredAt ?? null,
    segments: journey.segments,
    name: journey.name,
    ownerEmail: journey.ownerEmail,
    amount: journey.deal?.amount ?? null,
    currency: journey.deal?.currency ?? null,
    url: journey.url,
    outcome: journey.outcome.state,
    outcomeAt: journey.outcome.state === 'open' ? null : journey.outcome.at,
    source: journey.source,
    recheckAt,
    settlingSince: null,
    evaluatedAt: now,
    revision: row?.revision ?? 0,
  };
}

/** Whether two rows say the same, but for when they were evaluated. */
export const sameRow = (a: JourneyRow, b: JourneyRow): boolean => facts.every((fact) => a[fact] === b[fact]) && sameSegments(a, b);

const sameSegments = ({ segments: a }: JourneyRow, { segments: b }: JourneyRow): boolean =>
  a.length === b.length && a.every((key, index) => key === b[index]);

const facts = [
  'id',
  'accountId',
  'mapKey',
  'stage',
  'stageEnteredAt',
  'name',
  'ownerEmail',
  'amount',
  'currency',
  'url',
  'outcome',
  'outcomeAt',
  'source',
  'recheckAt',
  'settlingSince',
] as const satisfies readonly (keyof JourneyRow)[];
