import { assess } from '../core/alerts/decide.ts';
import { detectors, titleOf } from '../core/detectors/index.ts';
import type { RuleLine } from '../core/detectors/run-detectors.ts';
import { detectStaleFeed, staleFeed } from '../core/detectors/stale-feed.ts';
import { durationInWords } from '../core/duration.ts';
import { hasBegun, type Journey } from '../core/journey/journey.ts';
import type { JourneyConfig, JourneyMap } from '../core/journey/journey-map.ts';
import { crmNameOf } from '../core/journey/signal.ts';
import type { WhySummary } from '../core/summary.ts';
import type { EpochMs } from '../core/time.ts';
import type { Feed } from './ports.ts';

type Setting = { map: JourneyMap; config: JourneyConfig; feeds: readonly Feed[]; now: EpochMs };

/** A line for every rule there is: what it says of the journey, or why it says nothing. */
export function whyLines(journey: Journey, { map, config, feeds, now }: Setting): WhySummary['lines'] {
  const { rules } = assess(journey, map, config, now);
  const resting = hasBegun(journey) ? 'the journey has ended' : 'the journey has not begun';
  const lines = rules.length > 0 ? rules : detectors.map(({ name }): RuleLine => ({ rule: name, state: 'off', explain: resting, recheckAt: null }));
  return [...lines, feedLine(journey, feeds, config, now)].map((line) => ({ ...line, title: titleOf(line.rule) }));
}

function feedLine({ source }: Journey, feeds: readonly Feed[], { feed: params, calendar }: JourneyConfig, now: EpochMs): RuleLine {
  const heard = feeds.find((feed) => feed.source === source);
  const answer = heard === undefined ? null : detectStaleFeed(heard, params, calendar, now);
  return {
    rule: staleFeed.name,
    state: answer === null ? 'undecided' : answer.findings.length > 0 ? 'found' : 'clear',
    explain: `nothing came in from ${crmNameOf(source)} for ${durationInWords(params.staleAfter)}`,
    recheckAt: answer?.recheckAt ?? null,
  };
}
