import { z } from 'zod';
import type { Journey } from '../journey/journey.ts';
import type { JourneyMap } from '../journey/journey-map.ts';
import type { Touchpoint } from '../journey/record.ts';
import { foldName, isCalled, remembersAll } from '../journey/stage-signs.ts';
import { type EpochMs, earliest } from '../time.ts';
import { type Answer, defineDetector, undecided } from './detector.ts';
import { stageIndex } from './stays.ts';
import { corrected, momentInSentence, movedTo, personOf, sentimentInWords, touchpointInWords, whomToAsk } from './words.ts';

/**
 * A moment of truth of this stage or an earlier one went badly: of its touchpoints, by type or asset, the newest whose sentiment is known has
 * one under `below`. One without a sentiment says neither that it went well nor that it did not, and changes nothing. Where older touchpoints may have been
 * forgotten, and those that are remembered do not tell, neither does this rule.
 *
 * Clears when a later one went well, or the journey moves back before the stage that expects it.
 */
export const momentNegative = defineDetector({
  name: 'moment-negative',
  title: 'Moment of truth went badly',
  summary: 'A moment of truth went badly.',
  silence: false,
  list: 'stalled',
  severity: 'warning',
  params: z.strictObject({
    below: z.number().gt(-2).max(2).default(0).describe('The sentiment, from -2 to 2, under which it went badly'),
  }),
  explain: ({ below }) => `a moment of truth of this stage or an earlier one has a sentiment under ${below}`,
  detect(journey, { below }, { map, stage, now }) {
    const current = stage === null ? -1 : stageIndex(map, stage.key);
    if (current < 0) return undecided;
    const findings: Answer['findings'] = [];
    const unknown: string[] = [];
    let recheckAt: EpochMs | null = null;
    for (const moment of momentsUpTo(map, current)) {
      const last = lastJudged(journey, moment);
      if (last === null && !remembersAll(journey)) unknown.push(`moment:${moment}`);
      if (last === null || last.sentiment >= below) continue;
      if (now < last.at) {
        recheckAt = earliest(recheckAt, last.at);
        continue;
      }
      const person = personOf(journey, last.personId);
      const name = momentInSentence(moment);
      findings.push({
        subject: `moment:${moment}`,
        since: last.at,
        dueAt: last.at,
        headline: `The ${name} went badly`,
        expected: `${name} that goes well`,
        people: person === null ? [] : [person.id],
        evidence: [
          { label: 'It was', text: touchpointInWords(last) },
          { label: 'On', at: last.at },
          { label: 'Sentiment', text: sentimentInWords(last.sentiment) },
        ],
        nextStep: `Ask ${person?.name ?? whomToAsk(journey)} what went wrong, and agree on a second ${name}`,
      });
    }
    return unknown.length === 0 ? { findings, recheckAt } : { findings, recheckAt, undecided: unknown };
  },
  cleared(finding, journey, { map, stage }) {
    const moment = finding.subject.slice('moment:'.length);
    const last = lastJudged(journey, moment);
    if (last !== null && last.at > finding.since) return `a later ${momentInSentence(moment)} went well`;
    const current = stage === null ? -1 : stageIndex(map, stage.key);
    return momentsUpTo(map, map.stages.length).includes(moment) && !momentsUpTo(map, current).includes(moment) ? movedTo(journey, map) : corrected;
  },
});

/** Each moment once, in the order of the map. */
const momentsUpTo = ({ stages }: JourneyMap, current: number): string[] => [
  ...new Set(stages.slice(0, current + 1).flatMap(({ expects }) => expects.moments)),
];

/** The newest touchpoint that is this moment and of which is known how it went. */
function lastJudged({ touchpoints }: Journey, moment: string): (Touchpoint & { sentiment: number }) | null {
  const names = new Set([foldName(moment)]);
  for (const touchpoint of touchpoints) {
    const { sentiment } = touchpoint;
    if (sentiment !== null && isCalled(touchpoint, names)) return { ...touchpoint, sentiment };
  }
  return null;
}
