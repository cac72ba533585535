import type { Change, Mute } from '../change.ts';
import type { Finding } from '../detectors/detector.ts';
import { isGoodNews } from '../detectors/index.ts';
import { type Assessment, runDetectors } from '../detectors/run-detectors.ts';
import { currentVisit, hasBegun, type Journey } from '../journey/journey.ts';
import type { JourneyConfig, JourneyMap, Notify } from '../journey/journey-map.ts';
import type { JourneyRow } from '../journey/journey-row.ts';
import { type EpochMs, earliest } from '../time.ts';
import type { Alert } from './alert.ts';
import type { Card } from './card.ts';
import { cardAlert, cardContent } from './card-content.ts';
import { endOf } from './end-of.ts';
import { inhibit } from './inhibit.ts';
import { rowOf, sameRow } from './journey-facts.ts';
import { noteSteps, wokenBy } from './note-steps.ts';
import { numberIn } from './place.ts';
import { withPlaybook } from './playbook.ts';
import { type Reconciled, reconcile } from './reconcile.ts';
import { escalationOf, type RouteFacts, routesOf } from './route.ts';
import { say } from './say.ts';
import { sinceItBegan } from './since-it-began.ts';
import { type Mention, mentionsOf } from './whom.ts';

/** All that a decision about one journey is made of. */
export type DecideInput = {
  journey: Journey;
  /** As stored; null: never evaluated. */
  row: JourneyRow | null;
  alerts: Alert[];
  cards: Card[];
  mute: Mute | null;
  feedStale: boolean;
  /** What is found now was found in history that has just come in. */
  history: boolean;
  config: JourneyConfig;
  now: EpochMs;
  newId(): string;
};

export type JudgeInput = Pick<DecideInput, 'journey' | 'alerts' | 'mute' | 'feedStale' | 'config' | 'now'>;

/**
 * Decides what to do about a journey: what is true of it now, which alerts open, change and end, what its cards show, what is to be said
 * where, and when to look again. Pure; deciding twice yields nothing the second time.
 */
export function decide(input: DecideInput): Change[] {
  const { journey, row, config, now } = input;
  const { map, assessment, muted, reconciled } = judge(input);
  const mentions = mentionsIn(journey, map, config);
  const said = say({
    ...input,
    about: journey,
    alerts: reconciled.alerts,
    muted,
    snoozeOver: wokenBy(reconciled.steps),
    contentOf: (channel, alerts) =>
      cardContent(journey, map, alerts, { channel, mutedUntil: muted ? (input.mute?.until ?? 'unmuted') : null, mentionsOf: mentions }),
    cardAlert: (alert) => cardAlert(alert, journey),
    mentionsOf: mentions,
  });
  const noted = noteSteps({
    about: journey.id,
    before: input.alerts,
    after: said.alerts,
    steps: [...reconciled.steps, ...said.steps],
    now,
    newId: input.newId,
  });
  const changes: Change[] = [...said.changes, ...noted];
  const muteEnds = muted ? (input.mute?.until ?? null) : null;
  const recheckAt = [said.recheckAt, snoozesEnd(said.alerts), muteEnds].reduce(earliest, earliest(assessment.recheckAt, journey.movesAt ?? null));
  const next = rowOf(journey, row, recheckAt, now);
  if (changes.length > 0 || row === null || !stillSays(row, next, now)) changes.push({ kind: 'journey.put', row: next });
  return changes;
}

/** What is true of a journey now, and what that makes of its alerts: all of a decision but what is said where. */
export function judge(input: JudgeInput): { map: JourneyMap; assessment: Assessment; muted: boolean; reconciled: Reconciled } {
  const { journey, config, now } = input;
  const map = mapOf(journey, config);
  const assessment = assess(journey, map, config, now);
  const muted = input.mute !== null && (input.mute.until === null || input.mute.until > now);
  const stage = currentVisit(journey)?.stage ?? null;
  const factsOf = ({ rule, severity }: Finding): RouteFacts => ({
    segments: journey.segments,
    mapKey: map.key,
    stage,
    rule,
    severity,
    ownerEmail: journey.ownerEmail,
    amount: journey.deal?.amount ?? null,
  });
  const isSaid = ({ severity }: Finding): boolean => !config.alerts.digestOnly.includes(severity);
  const inhibitedBy = inhibit(assessment.findings, { muted, feedStale: input.feedStale, isSaid });
  const reconciled = reconcile({
    journey: { id: journey.id, accountId: journey.account?.id ?? null, dealId: journey.deal?.id ?? null, stage },
    alerts: input.alerts,
    findings: assessment.findings.map((finding) => sinceItBegan(finding, journey.id, input.alerts)),
    inhibitedBy,
    routesOf: (finding) => (isSaid(finding) ? routesOf(config.routes, factsOf(finding)) : []),
    escalationOf: (finding) => (isSaid(finding) && !isGoodNews(finding.rule) ? escalationOf(config.routes, factsOf(finding)) : null),
    placeOf: ({ rule }) => {
      const where = { stage, segments: journey.segments };
      return { map: map.key, ...where, number: numberIn(map, rule, where) };
    },
    undecided: (rule, subject) => {
      const undecided = assessment.undecided.get(rule);
      return undecided === 'all' || (undecided?.includes(subject) ?? false);
    },
    endOf: (alert) => endOf(alert, { ...input, map, assessment }),
    now,
  });
  return { map, assessment, muted, reconciled };
}

/** What the rules say; nothing once the journey has ended, nor before it has begun. */
export const assess = (journey: Journey, map: JourneyMap, config: JourneyConfig, now: EpochMs): Assessment =>
  journey.outcome.state === 'open' && hasBegun(journey)
    ? inOurWords(runDetectors(journey, { map, roles: config.roles, calendar: config.calendar, now }), journey, config)
    : { findings: [], recheckAt: null, undecided: new Map(), rules: [] };

/** With the next steps of the playbook. */
const inOurWords = (assessment: Assessment, journey: Journey, { playbook }: JourneyConfig): Assessment =>
  playbook.length === 0 ? assessment : { ...assessment, findings: assessment.findings.map((finding) => withPlaybook(finding, journey, playbook)) };

/** Who the manager and the team of a journey are now. */
export function mentionsIn(journey: Journey, map: JourneyMap, config: JourneyConfig): (notify: readonly Notify[]) => Mention[] {
  const key = currentVisit(journey)?.stage ?? null;
  const team = map.stages.find((stage) => stage.key === key)?.team ?? null;
  return (notify) => mentionsOf(notify, { ownerEmail: journey.ownerEmail, team }, config);
}

/** @throws Error when the journey was assembled with another config. */
export function mapOf(journey: Journey, config: JourneyConfig): JourneyMap {
  const map = config.maps.find(({ key }) => key === journey.mapKey);
  if (map === undefined) throw new Error(`journey ${journey.id} travels a map that is not in journey.yml: ${journey.mapKey}`);
  return map;
}

/**
 * Whether the stored row will do. Most signals only put off the time to look again: then the earlier time may stay, at the price of one look
 * that finds nothing, and saves a write at every signal. Until that time nothing can be found, by what was known before or is known now.
 */
const stillSays = (row: JourneyRow, next: JourneyRow, now: EpochMs): boolean =>
  sameRow(
    row,
    row.recheckAt !== null && row.recheckAt > now && (next.recheckAt === null || next.recheckAt > row.recheckAt)
      ? { ...next, recheckAt: row.recheckAt }
      : next,
  );

const snoozesEnd = (alerts: Alert[]): EpochMs | null =>
  alerts.reduce<EpochMs | null>(
    (end, { state, snooze }) => (state === 'resolved' || snooze === null || snooze.until === 'stage-change' ? end : earliest(end, snooze.until)),
    null,
  );
