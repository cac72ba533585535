import { knownStays } from './detectors/stays.ts';
import { momentInSentence } from './detectors/words.ts';
import { durationInWords } from './duration.ts';
import type { Journey, StageVisit } from './journey/journey.ts';
import type { JourneyConfig, JourneyMap, StageDefinition } from './journey/journey-map.ts';
import { foldName, isCalled, remembersAll } from './journey/stage-signs.ts';
import { type StageStanding, stageStandings } from './stage-standing.ts';
import { stageLimit } from './summarise.ts';
import type { EpochMs } from './time.ts';

/** A journey's real path against the ideal one: the stages of its map in their order, each in time. */
export type PathSummary = {
  journeyId: string;
  kind: 'deal' | 'account';
  name: string;
  url: string | null;
  mapLabel: string;
  outcome: Journey['outcome']['state'];
  stages: PathStage[];
  /** What the ideal path does not have, oldest first. */
  extra: PathExtra[];
};

/**
 * - `matched`: it was there, and left in time, or may still.
 * - `late`: one of its stays was longer than expected.
 * - `missing`: jumped over, or not observed.
 * - `unseen`: before the first stage that was observed: nobody can tell.
 * - `ahead`: still to come.
 *
 * `days`: working days of all its stays together. `expected`: how long a stay may be. `lacks`: people and moments that the stage expects and the journey has not had.
 */
export type PathStage = {
  label: string;
  verdict: 'matched' | 'late' | 'missing' | 'unseen' | 'ahead';
  isCurrent: boolean;
  required: boolean;
  enteredAt: EpochMs | null;
  days: number | null;
  expected: string | null;
  /** How often it came back. */
  loops: number;
  lacks: string[];
};

/** A move back, or a stay in a stage that the map does not know. `allowed`: the map says that such a move is fine. */
export type PathExtra =
  | { what: 'back'; from: string; to: string; at: EpochMs; allowed: boolean }
  | { what: 'unknown'; stage: string; at: EpochMs; days: number };

type Stay = { stage: string | null; crmStage: string; enteredAt: EpochMs; leftAt: EpochMs | null };

export function journeyPath(journey: Journey, map: JourneyMap, config: JourneyConfig, now: EpochMs): PathSummary {
  const { calendar } = config;
  const end = journey.outcome.state === 'open' ? now : journey.outcome.at;
  const stays = staysOf(journey.visits, map);
  const daysOf = ({ enteredAt, leftAt }: Stay): number => calendar.workingDaysBetween(enteredAt, leftAt ?? end);
  const standings = stageStandings(journey.visits, map);
  return {
    journeyId: journey.id,
    kind: journey.kind,
    name: journey.name,
    url: journey.url,
    mapLabel: map.label,
    outcome: journey.outcome.state,
    stages: map.stages.map((stage, index) => {
      const own = stays.filter((stay) => stay.stage === stage.key);
      const isCurrent = journey.outcome.state === 'open' && stays.at(-1)?.stage === stage.key;
      const limit = stageLimit(journey, map, stage.key, isCurrent ? (own.at(-1)?.enteredAt ?? null) : null);
      const isLate = (stay: Stay): boolean => {
        const from = stay.leftAt === null ? (limit?.from ?? stay.enteredAt) : stay.enteredAt;
        return limit !== null && calendar.add(from, limit.after) <= (stay.leftAt ?? end);
      };
      return {
        label: stage.label,
        verdict: own.length > 0 ? (own.some(isLate) ? 'late' : 'matched') : verdictOf(standings[index]),
        isCurrent,
        required: stage.required,
        enteredAt: own[0]?.enteredAt ?? null,
        days: own.length === 0 ? null : own.reduce((days, stay) => days + daysOf(stay), 0),
        expected: limit === null ? null : durationInWords(limit.after),
        loops: Math.max(0, own.length - 1),
        lacks: own.length === 0 ? [] : lacksIn(stage, journey, config),
      };
    }),
    extra: [
      ...movesBack(journey, map),
      ...stays
        .filter(({ stage }) => stage === null)
        .map((stay) => ({ what: 'unknown' as const, stage: stay.crmStage, at: stay.enteredAt, days: daysOf(stay) })),
    ].sort((a, b) => a.at - b.at),
  };
}

const verdictOf = (standing: StageStanding | undefined): 'missing' | 'unseen' | 'ahead' =>
  standing === 'ahead' || standing === 'unseen' ? standing : 'missing';

/** Visits that follow each other in the same stage are one stay, unless the journey was over in between. */
function staysOf(visits: readonly StageVisit[], map: JourneyMap): Stay[] {
  const stays: Stay[] = [];
  for (const { stage: key, crmStage, enteredAt, leftAt } of visits) {
    const stage = map.stages.some((known) => known.key === key) ? key : null;
    const last = stays.at(-1);
    const goesOn = last !== undefined && last.leftAt === enteredAt && last.stage === stage && (stage !== null || last.crmStage === crmStage);
    if (goesOn) last.leftAt = leftAt;
    else stays.push({ stage, crmStage, enteredAt, leftAt });
  }
  return stays;
}

function movesBack(journey: Journey, map: JourneyMap): PathExtra[] {
  const stays = knownStays(journey, map);
  const labelOf = (index: number): string => map.stages[index]?.label ?? '';
  return stays.flatMap((stay, at) => {
    const before = stays[at - 1];
    if (before === undefined || stay.index >= before.index) return [];
    const allowed = map.allowedMoves.some(({ from, to }) => from === before.stage && to === stay.stage);
    return [{ what: 'back' as const, from: labelOf(before.index), to: labelOf(stay.index), at: stay.enteredAt, allowed }];
  });
}

function lacksIn({ expects }: StageDefinition, journey: Journey, { roles }: JourneyConfig): string[] {
  const { committee, touchpoints } = journey;
  const held = new Set(committee.flatMap((person) => person.roles.map(({ role }) => role)));
  const people = expects.roles.filter((role) => !held.has(role)).map((key) => roles.find((role) => role.key === key)?.label ?? key);
  const moments = remembersAll(journey)
    ? expects.moments.filter((moment) => {
        const names = new Set([foldName(moment)]);
        return !touchpoints.some((touchpoint) => isCalled(touchpoint, names));
      })
    : [];
  return [...people, ...moments.map(momentInSentence)];
}
