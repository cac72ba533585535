import type { Alert } from './alerts/alert.ts';
import { cardAlert, worstFirst } from './alerts/card-content.ts';
import { byMute } from './alerts/inhibit.ts';
import type { StageLimit } from './detectors/detector.ts';
import { detectors } from './detectors/index.ts';
import { settingsFor } from './detectors/run-detectors.ts';
import { currentStay } from './detectors/stays.ts';
import { durationInWords } from './duration.ts';
import { healthOf, inputInWords, pullingDown } from './insight/health.ts';
import { currentVisit, type Journey, type PersonRole } from './journey/journey.ts';
import type { JourneyConfig, JourneyMap } from './journey/journey-map.ts';
import { wonAfter } from './journey/past.ts';
import { crmNameOf, type Source } from './journey/signal.ts';
import { furthestOf } from './journey/stage-signs.ts';
import { contactsDuring, momentsOf } from './stage-contacts.ts';
import { stageStandings } from './stage-standing.ts';
import type { AccountSummary, CommitteeRow, HeldRole, JourneySummary, TrackStep } from './summary.ts';
import type { EpochMs } from './time.ts';

const touchpointsShown = 5;

/** A journey as answers show it: its track, what it misses, what is open. */
export function summariseJourney(journey: Journey, map: JourneyMap, alerts: Alert[], config: JourneyConfig, now: EpochMs): JourneySummary {
  const current = currentVisit(journey);
  const stage = map.stages.find(({ key }) => key === current?.stage);
  const live = alerts.filter(({ state }) => state !== 'resolved');
  const held = live.filter((alert) => !isSaid(alert)).length;
  const resolvedByHand = alerts.filter(({ state, holds }) => state === 'resolved' && holds).length;
  return {
    journeyId: journey.id,
    kind: journey.kind,
    name: journey.name,
    url: journey.url,
    mapLabel: map.label,
    outcome: journey.outcome.state,
    stageLabel: current === null ? null : (stage?.label ?? current.crmStage),
    amount: journey.deal?.amount == null ? null : { value: journey.deal.amount, currency: journey.deal.currency },
    ownerEmail: journey.ownerEmail,
    closeDate: journey.deal?.closeDate?.day ?? null,
    nextStep: journey.nextStep === null ? null : { title: journey.nextStep.title, due: journey.nextStep.due },
    track: trackOf(journey, map, config, now),
    ...odds(journey, map, config, now),
    missingRoles: missingRoles(journey, map, config),
    alerts: live
      .filter(isSaid)
      .sort(worstFirst)
      .map((alert) => cardAlert(alert, journey)),
    ...(held > 0 ? { held } : {}),
    ...(resolvedByHand > 0 ? { resolvedByHand } : {}),
    ...offMap(journey, map),
  };
}

/** Whether its CRM has it in a stage that its map does not know. */
export function offMap(journey: Journey, map: JourneyMap): Pick<JourneySummary, 'offMap'> {
  const current = journey.outcome.state === 'open' ? currentVisit(journey) : null;
  return current === null || map.stages.some(({ key }) => key === current.stage) ? {} : { offMap: true };
}

/** A mute keeps alerts out of channels, not out of answers. */
const isSaid = ({ inhibitedBy }: Alert): boolean => inhibitedBy === null || inhibitedBy === byMute;

/** The health of the account whose journeys these are; nothing where no map of theirs says what it is made of. */
export function summariseHealth(journeys: readonly Journey[], config: JourneyConfig, now: EpochMs): Pick<AccountSummary, 'health'> {
  for (const journey of journeys) {
    const definition = journey.kind === 'account' ? config.maps.find(({ key }) => key === journey.mapKey)?.health : undefined;
    if (definition === undefined) continue;
    const health = healthOf(journey, definition, now);
    const missing = health.missing.map(({ label, why }) => `${label} (${why})`);
    return { health: { index: health.index, usual: health.usual, reasons: pullingDown(health).map(inputInWords), missing } };
  }
  return {};
}

/** `journeys`: those that its people travel, each at their own pace. */
export function committeeRows(journey: Pick<Journey, 'committee'>, config: JourneyConfig, journeys: readonly Journey[] = []): CommitteeRow[] {
  const labels = new Map(config.roles.map((role) => [role.key, role.label]));
  return journey.committee
    .map((person) => ({
      personId: person.id,
      name: person.name,
      title: person.title,
      roles: person.roles.map((held) => heldRole(held, labels.get(held.role) ?? held.role, person.source)),
      lastHeardAt: person.lastInboundAt,
      lastReachedAt: person.lastOutboundAt,
      ...ownStages(person.id, journeys, config),
    }))
    .sort((a, b) => (b.lastHeardAt ?? 0) - (a.lastHeardAt ?? 0) || (a.name < b.name ? -1 : 1));
}

function heldRole({ role: key, ...held }: PersonRole, label: string, source: Source): HeldRole {
  switch (held.origin) {
    case 'crm':
    case 'assigned':
      return { key, label, origin: held.origin, from: crmNameOf(source) };
    case 'title':
      return { key, label, origin: held.origin };
    case 'slack':
      return { key, label, ...held };
  }
}

function ownStages(personId: string, journeys: readonly Journey[], { maps }: JourneyConfig): Pick<CommitteeRow, 'ownStages'> {
  const labels = journeys.flatMap(({ outcome, mapKey, touchpoints }) => {
    const map = outcome.state === 'open' ? maps.find(({ key }) => key === mapKey) : undefined;
    const furthest = map === undefined ? null : furthestOf(personId, touchpoints, map);
    return furthest === null ? [] : [map?.stages[furthest.index]?.label ?? ''];
  });
  return labels.length === 0 ? {} : { ownStages: [...new Set(labels)] };
}

export function lastTouchpoints(journeys: Pick<Journey, 'touchpoints' | 'committee'>[]): AccountSummary['touchpoints'] {
  const names = new Map(journeys.flatMap(({ committee }) => committee.map((person) => [person.id, person.name] as const)));
  const all = new Map(journeys.flatMap(({ touchpoints }) => touchpoints.map((touchpoint) => [touchpoint.id, touchpoint] as const)));
  return [...all.values()]
    .sort((a, b) => b.at - a.at)
    .slice(0, touchpointsShown)
    .map(({ at, type, direction, personId, asset, sentiment, note }) => ({
      at,
      type,
      direction,
      personName: personId === null ? null : (names.get(personId) ?? null),
      asset,
      sentiment,
      ...(note === undefined ? {} : { note }),
    }));
}

/** Every stage of the map: where it was, how long in working days against what is expected there, and what was jumped over. */
function trackOf(journey: Journey, map: JourneyMap, config: JourneyConfig, now: EpochMs): TrackStep[] {
  const current = currentVisit(journey);
  const standings = stageStandings(journey.visits, map);
  const end = journey.outcome.state === 'open' ? now : journey.outcome.at;
  return map.stages.map(({ key, label, expects }, index) => {
    const visits = journey.visits.filter((visit) => visit.stage === key);
    const isCurrent = current?.stage === key && journey.outcome.state === 'open';
    const counted = isCurrent ? visits.slice(-1) : visits;
    const workingDays = counted.reduce((days, visit) => days + config.calendar.workingDaysBetween(visit.enteredAt, visit.leftAt ?? end), 0);
    const limit = stageLimit(journey, map, key, isCurrent ? (counted[0]?.enteredAt ?? null) : null);
    const overdueAt = limit === null || limit.from === null ? null : config.calendar.add(limit.from, limit.after);
    const from = limit?.from ?? counted[0]?.enteredAt ?? now;
    const reached = visits.length > 0;
    const overdue = overdueAt !== null && overdueAt <= now;
    const standing = standings[index] ?? 'ahead';
    const state = isCurrent ? 'current' : standing === 'reached' ? 'done' : standing;
    // Of a stage whose time is not over, what has not happened is still to come; of one that lies behind, it is not expected any more.
    const moments = momentsOf(journey, expects.moments, reached && (!isCurrent || overdue)).filter(
      (moment) => (state !== 'skipped' && state !== 'unseen') || moment.state !== 'ahead',
    );
    return {
      key,
      label,
      state,
      enteredAt: counted[0]?.enteredAt ?? null,
      workingDays: visits.length === 0 ? null : workingDays,
      expected: limit === null ? null : durationInWords(limit.after),
      overdue,
      ...(limit === null ? {} : { expectedDays: config.calendar.workingDaysBetween(from, config.calendar.add(from, limit.after)) }),
      ...(reached ? { contacts: contactsDuring(counted, journey.touchpoints) } : {}),
      ...(moments.length === 0 ? {} : { moments }),
    };
  });
}

/** How long a stage is expected to take: what the first rule that knows says. `enteredAt`: of the stage that it is in now. */
export function stageLimit(journey: Journey, map: JourneyMap, stage: string, enteredAt: EpochMs | null): StageLimit | null {
  const there = { ...journey, visits: [{ stage, crmStage: stage, source: journey.source, enteredAt: 0, leftAt: null }] };
  const settingsOf = settingsFor(there, map);
  for (const rule of detectors) {
    const settings = rule.stageLimit === undefined ? null : settingsOf(rule.name);
    if (settings !== null) return rule.stageLimit?.(settings.params, enteredAt === null ? null : { journey, enteredAt }) ?? null;
  }
  return null;
}

function odds(journey: Journey, map: JourneyMap, { calendar }: JourneyConfig, now: EpochMs): Pick<JourneySummary, 'odds'> {
  const stay = currentStay(journey);
  if (stay?.stage == null || journey.outcome.state !== 'open') return {};
  const past = stageLimit(journey, map, stay.stage, stay.enteredAt)?.past;
  const days = calendar.workingDaysBetween(stay.enteredAt, now);
  const known = wonAfter(past?.stays ?? [], days);
  return past === undefined || known.ended < past.sample ? {} : { odds: { days, ...known } };
}

function missingRoles(journey: Journey, map: JourneyMap, config: JourneyConfig): string[] {
  const index = map.stages.findIndex(({ key }) => key === currentVisit(journey)?.stage);
  const expected = new Set(map.stages.slice(0, index + 1).flatMap((stage) => stage.expects.roles));
  for (const { roles } of journey.committee) for (const { role } of roles) expected.delete(role);
  return [...expected].map((key) => config.roles.find((role) => role.key === key)?.label ?? key);
}
