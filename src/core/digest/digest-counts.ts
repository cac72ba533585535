import { isGoodNews } from '../detectors/index.ts';
import { missingRole } from '../detectors/missing-role.ts';
import { stalled } from '../detectors/stalled.ts';
import type { JourneyRow } from '../journey/journey-row.ts';
import type { StageMove } from '../journey/stage-moves.ts';
import type { EpochMs } from '../time.ts';
import { type AlertSpan, journeysOpenAt } from './alert-span.ts';
import { type Count, countOver, happenings, windowsBefore } from './counts.ts';
import type { About, Digest, DigestFacts, DigestPeriod } from './digest.ts';
import { silentRules } from './silent-rules.ts';

type Ours = { spans: AlertSpan[]; moves: StageMove[] };

/** Of those journeys, and of those alerts, that a digest is about. */
export const within = ({ spans, moves }: DigestFacts, journeys: ReadonlyMap<string, JourneyRow>, { match }: About): Ours => ({
  spans: spans.filter(
    ({ journeyId, rule, severity }) =>
      journeys.has(journeyId) && (match.rule?.includes(rule) ?? true) && (match.severity?.includes(severity) ?? true) && !isGoodNews(rule),
  ),
  moves: moves.filter(({ journeyId }) => journeys.has(journeyId)),
});

/** The figures of a digest, each against the periods before. */
export function countsOf({ spans, moves }: Ours, rows: readonly JourneyRow[], facts: DigestFacts, period: DigestPeriod): Digest['counts'] {
  // A bot that is three weeks old knows nothing of the alerts of the weeks before; history it may have imported.
  const ofAlerts = windowsBefore(period, firstOfAll(facts.spans.map(({ openedAt }) => openedAt)));
  // What was merged or erased says nothing of what was known: its row stayed as it was when that came to light.
  const ended = facts.journeys.flatMap(({ outcome, outcomeAt }) => (outcome === 'deleted' || outcomeAt === null ? [] : [outcomeAt]));
  const ofHistory = windowsBefore(period, firstOfAll([...facts.moves.map(({ at }) => at), ...ended]));
  const ends = (outcome: JourneyRow['outcome']) =>
    happenings(rows.flatMap((row) => (row.outcome === outcome && row.outcomeAt !== null ? [row.outcomeAt] : [])));
  const openAt = (rules: ReadonlySet<string>): Count => countOver(period, ofAlerts, journeysOpenAt(spans, rules));
  return {
    moved: countOver(period, ofHistory, happenings(moves.map(({ at }) => at))),
    won: countOver(period, ofHistory, ends('won')),
    lost: countOver(period, ofHistory, ends('lost')),
    late: countOver(period, ofAlerts, happenings(spans.flatMap(({ answeredLate, endedAt }) => (answeredLate && endedAt !== null ? [endedAt] : [])))),
    opened: countOver(period, ofAlerts, happenings(spans.map(({ openedAt }) => openedAt))),
    stalled: openAt(new Set([stalled.name])),
    missing: openAt(new Set([missingRole.name])),
    silent: openAt(silentRules),
  };
}

const firstOfAll = (times: readonly EpochMs[]): EpochMs => times.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY);
