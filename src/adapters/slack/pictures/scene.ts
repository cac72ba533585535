import { titleOf } from '../../../core/detectors/index.ts';
import type { AccountSummary, JourneySummary, TrackStep } from '../../../core/summary.ts';
import type { EpochMs } from '../../../core/time.ts';
import { heldBack, isSettling, noAlertWords, noGapWords } from '../views/no-alert.ts';
import { openFirst } from '../views/open-first.ts';
import { count } from '../views/words.ts';
import { type RoleSeat, rolesOf } from './seats.ts';
import { type Week, weeksOf } from './weeks.ts';

/**
 * What the picture of an account shows, as values: its marks and its alternative text are both made of this, so that they cannot say different
 * things. No person is named: people are counted by role, and an erasure of one leaves nothing of theirs in a picture.
 */
export type Scene = {
  account: string;
  standing: string;
  journeys: SceneJourney[];
  /** Journeys that are not drawn. */
  moreJourneys: number;
  seats: RoleSeat[];
  moreSeats: number;
  weeks: Week[];
};

export type SceneJourney = {
  name: string;
  fact: string;
  stages: SceneStage[];
  moreStages: number;
  gaps: string[];
  moreGaps: number;
  /** What is said where there is no gap; `isKnown`: that there is none is certain. */
  noGap: { words: string; isKnown: boolean };
};

export type SceneStage = Pick<TrackStep, 'label' | 'state' | 'overdue' | 'contacts'> & {
  /** In working days; null where it was not there. */
  spent: number | null;
  expected: number | null;
  moments: NonNullable<TrackStep['moments']>;
  moreMoments: number;
};

const atMost = { journeys: 2, stages: 10, moments: 3, gaps: 3, seats: 10 } as const;

export function sceneOf({ account, journeys, committee, contacts = [] }: AccountSummary, now: EpochMs): Scene {
  const ordered = openFirst(journeys);
  const seats = rolesOf(committee, [...new Set(journeys.flatMap(({ missingRoles }) => missingRoles))], now);
  return {
    account: account.name,
    standing: standingOf(journeys),
    journeys: ordered.slice(0, atMost.journeys).map(sceneJourney),
    moreJourneys: Math.max(0, ordered.length - atMost.journeys),
    seats: seats.slice(0, atMost.seats),
    moreSeats: Math.max(0, seats.length - atMost.seats),
    weeks: weeksOf(contacts, now),
  };
}

function standingOf(journeys: readonly JourneySummary[]): string {
  if (journeys.length === 0) return 'On no journey yet';
  const open = journeys.filter(({ outcome }) => outcome === 'open').length;
  const gaps = journeys.flatMap(gapsOf).length;
  return `${count(open, 'open journey')}, ${gaps === 0 ? noAlertWords(journeys) : count(gaps, 'open alert')}`;
}

function sceneJourney(journey: JourneySummary): SceneJourney {
  const gaps = [...Map.groupBy(gapsOf(journey), ({ rule }) => rule)].map(([rule, alerts]) => {
    const title = titleOf(rule);
    return alerts.length === 1 ? title : `${title} (${alerts.length})`;
  });
  // Where it is must be among what is drawn, however long its map.
  const at = journey.track.findIndex(({ state }) => state === 'current');
  const first = Math.max(0, Math.min(at - atMost.stages + 2, journey.track.length - atMost.stages));
  return {
    name: journey.name,
    fact: `${journey.mapLabel}, ${{ open: 'open', won: 'won', lost: 'lost', deleted: 'deleted in the CRM' }[journey.outcome]}`,
    stages: journey.track.slice(first, first + atMost.stages).map(sceneStage),
    moreStages: Math.max(0, journey.track.length - atMost.stages),
    gaps: gaps.slice(0, atMost.gaps),
    moreGaps: Math.max(0, gaps.length - atMost.gaps),
    noGap: { words: noGapWords(journey), isKnown: !isSettling([journey]) && heldBack([journey]) === 0 },
  };
}

const gapsOf = ({ alerts }: JourneySummary) => alerts.filter(({ state, goodNews }) => state !== 'resolved' && !goodNews);

const worstFirst = ['badly', 'missing', 'well', 'ahead'] as const;

function sceneStage({ label, state, overdue, contacts, workingDays, expectedDays, moments = [] }: TrackStep): SceneStage {
  const shown = moments.toSorted((a, b) => worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state));
  return {
    label,
    state,
    overdue,
    ...(contacts === undefined ? {} : { contacts }),
    spent: workingDays,
    expected: expectedDays ?? null,
    moments: shown.slice(0, atMost.moments),
    moreMoments: Math.max(0, shown.length - atMost.moments),
  };
}
