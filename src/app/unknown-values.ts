import type { Change, UnknownValue } from '../core/change.ts';
import { mapOfDeal } from '../core/journey/assemble-journey.ts';
import { roleOf, saysNoRole } from '../core/journey/held-roles.ts';
import { currentVisit, type Journey } from '../core/journey/journey.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { JourneyRow } from '../core/journey/journey-row.ts';
import { accountMaps } from '../core/journey/lifecycle-stage.ts';
import { mapOfPipeline, unnamedPipeline } from '../core/journey/map-of-pipeline.ts';
import { ownerEmailOf } from '../core/journey/owner.ts';
import type { JourneyRecord } from '../core/journey/record.ts';
import type { Signal, Source } from '../core/journey/signal.ts';
import { stageMeaning } from '../core/journey/stage-lookup.ts';
import type { EpochMs } from '../core/time.ts';
import { unknownLifecycle } from './unknown-lifecycle.ts';

/** Values that the journey map does not know: kept with their records, noted here, never guessed. A record that says one again is not noted again. */
export function unknownInRecords(signals: readonly Signal[], changed: readonly JourneyRecord[], config: JourneyConfig, now: EpochMs): Change[] {
  const erased = new Set(changed.filter(({ kind, erasedAt }) => kind === 'person' && erasedAt !== null).map(({ id }) => id));
  return [
    ...signals.flatMap((signal) => unknownRoles(signal, erased, config, now)),
    // Of a person's roles the signals say which are news.
    ...changed.flatMap((record) => (record.kind === 'person' ? [] : unknownInRecord(record, config, now))),
  ];
}

/** What a record as it is now says: a person's roles; the owner of a deal or an account, a pipeline that no map takes, and a lifecycle stage that none knows. */
export function unknownInRecord(record: JourneyRecord, config: JourneyConfig, now: EpochMs): Change[] {
  const source = record.source?.value;
  if (source == null) return [];
  if (record.kind === 'person')
    return rolesNotKnown([...(record.roles?.value ?? []), ...Object.keys(record.assigned)], { source, personId: record.id, config, now });
  const seen = { kind: 'unknown.seen', source, journeyId: `${record.kind}:${record.id}`, at: now } as const;
  const owner = record.ownerEmail?.value;
  const changes: Change[] = [];
  if (owner != null && owner.trim() !== '' && ownerEmailOf(owner, config.owners) === null) changes.push({ ...seen, what: 'owner', value: owner });
  const lifecycle = record.kind === 'account' ? unknownLifecycle(record, config) : null;
  if (lifecycle !== null)
    changes.push({ ...seen, source: lifecycle.said.source, what: 'stage', value: lifecycle.said.stage, mapKey: lifecycle.mapKey });
  if (record.kind === 'deal' && mapOfDeal(record, config) === null)
    changes.push({ ...seen, what: 'pipeline', value: record.pipeline?.value ?? unnamedPipeline });
  return changes;
}

/** A stage is noted once a visit, and an owner when a changed map has forgotten whom it means. */
export function unknownInJourney(journey: Journey, row: JourneyRow | null, now: EpochMs): Change[] {
  const changes: Change[] = [];
  const { mapKey, source, unknownOwner } = journey;
  const journeyId = recordOf(journey);
  const visit = currentVisit(journey);
  const isNoted = row !== null && row.stage === null && row.stageEnteredAt === visit?.enteredAt;
  if (visit !== null && visit.stage === null && !isNoted)
    changes.push({ kind: 'unknown.seen', source: visit.source, what: 'stage', value: visit.crmStage, mapKey, journeyId, at: now });
  if (unknownOwner !== undefined && row !== null && row.ownerEmail !== null && row.ownerEmail !== journey.ownerEmail)
    changes.push({ kind: 'unknown.seen', source, what: 'owner', value: unknownOwner, journeyId, at: now });
  return changes;
}

/** Whether the map knows by now what it did not know, or is not the map any more that did not. */
export function isKnown({ source, what, value, mapKey }: Pick<UnknownValue, 'source' | 'what' | 'value' | 'mapKey'>, config: JourneyConfig): boolean {
  switch (what) {
    case 'stage': {
      const ofMap = config.maps.filter(({ key }) => mapKey === null || key === mapKey);
      // An account travels all maps for accounts: what one of them knows is known.
      const maps = ofMap.some((map) => map.for.kind === 'accounts') ? [...new Set([...ofMap, ...accountMaps(config)])] : ofMap;
      return maps.length === 0 || maps.some((map) => stageMeaning(map, source, value).kind !== 'unknown');
    }
    case 'pipeline':
      return mapOfPipeline(value, config) !== null;
    case 'role':
      return saysNoRole(value) || roleOf(value, config.roles) !== null;
    case 'owner':
      return ownerEmailOf(value, config.owners) !== null;
  }
}

function unknownRoles(signal: Signal, erased: ReadonlySet<string>, config: JourneyConfig, now: EpochMs): Change[] {
  const [personId, values] =
    signal.type === 'person.upserted'
      ? [signal.person.id, signal.person.roles ?? []]
      : signal.type === 'role.assigned'
        ? [signal.role.personId, [signal.role.role]]
        : ['', []];
  return erased.has(personId) ? [] : rolesNotKnown(values, { source: signal.source, personId, config, now });
}

type Said = { source: Source; personId: string; config: JourneyConfig; now: EpochMs };

const rolesNotKnown = (values: readonly string[], { source, personId, config, now }: Said): Change[] =>
  values
    .filter((value) => !saysNoRole(value) && roleOf(value, config.roles) === null)
    .map((value): Change => ({ kind: 'unknown.seen', source, what: 'role', value, journeyId: `person:${personId}`, at: now }));

const recordOf = ({ id, kind, account }: Journey): string => (kind === 'account' && account !== null ? `account:${account.id}` : id);
