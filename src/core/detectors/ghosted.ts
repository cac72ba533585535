import { z } from 'zod';
import { counted } from '../counted.ts';
import { durationInWords, durationSchema } from '../duration.ts';
import { happenings } from '../journey/happening.ts';
import type { Journey } from '../journey/journey.ts';
import type { Touchpoint } from '../journey/record.ts';
import { remembersAll } from '../journey/stage-signs.ts';
import type { EpochMs } from '../time.ts';
import { defineDetector, nothing, undecided } from './detector.ts';
import { accountName, corrected, heardInWords, personOf, personToAsk } from './words.ts';

/**
 * At least `attempts` outbound touchpoints since their last inbound, the first of which is older than `after`; an e-mail to several people is one. Those
 * who never answered at all count, too. `since` is their last inbound, or our first attempt where there was none. Of more attempts in a row than are remembered, `since` is what
 * the people themselves remember, or the beginning of the journey.
 *
 * Clears when they get in touch.
 */
export const ghosted = defineDetector({
  name: 'ghosted',
  title: 'No answer to our attempts',
  summary: 'We wrote or called several times and the customer does not answer.',
  silence: true,
  list: 'silent',
  theyClear: true,
  quieter: { parameter: 'after', way: 'more' },
  severity: 'warning',
  params: z.strictObject({
    attempts: z.int().min(1).max(50).default(3).describe('Outbound touchpoints without an answer'),
    after: durationSchema.prefault('5bd').describe('How long the first of them has gone without an answer'),
  }),
  explain: ({ attempts, after }) => `${attempts} or more attempts since their last answer, the first more than ${durationInWords(after)} ago`,
  detect(journey, { attempts, after }, { calendar, now }) {
    const touchpoints = journey.touchpoints.filter(({ direction }) => direction !== 'internal');
    const answered = touchpoints.findIndex(({ direction }) => direction === 'inbound');
    const unanswered = answered < 0 ? touchpoints : touchpoints.slice(0, answered);
    const tries = happenings(unanswered);
    const count = tries.length;
    const first = tries[count - 1];
    const enough = tries[count - attempts];
    if (first === undefined || enough === undefined) return nothing;
    const dueAt = Math.max(enough.at, calendar.add(first.at, after));
    const isOpenEnded = answered < 0 && !remembersAll(journey);
    if (now < dueAt) return isOpenEnded ? { ...undecided, recheckAt: dueAt } : { findings: [], recheckAt: dueAt };
    const lastInbound = isOpenEnded ? lastHeardBefore(journey, first.at) : answered < 0 ? null : (touchpoints[answered] ?? null);
    const tried = peopleTried(journey, unanswered);
    return {
      findings: [
        {
          subject: 'journey',
          since: lastInbound?.at ?? (isOpenEnded ? Math.min(first.at, journey.startedAt) : first.at),
          dueAt,
          headline: headline(count, lastInbound !== null),
          expected: `an answer within ${durationInWords(after)}`,
          people: tried,
          evidence: [
            ...(lastInbound === null ? [] : [{ label: 'Last heard from them', at: lastInbound.at }]),
            { label: isOpenEnded ? 'Attempts at least since' : lastInbound === null ? 'First attempt' : 'First attempt since', at: first.at },
            { label: 'Attempts without an answer', count, limit: attempts },
          ],
          nextStep: suggestion(journey, tried),
        },
      ],
      recheckAt: null,
    };
  },
  cleared(finding, journey) {
    const answer = journey.touchpoints.find(({ direction, at }) => direction === 'inbound' && at > finding.since);
    return answer === undefined ? corrected : heardInWords(journey, answer);
  },
});

function headline(count: number, wereHeard: boolean): string {
  const attempts = counted(count, 'attempt');
  if (wereHeard) return `No answer to our last ${count === 1 ? 'attempt' : attempts}`;
  return `No answer yet to ${count === 1 ? 'our first attempt' : attempts}`;
}

/** By what people remember of themselves: the latest that lies before these attempts. */
function lastHeardBefore({ committee }: Journey, before: EpochMs): { at: EpochMs } | null {
  const heard = committee.flatMap(({ lastInboundAt }) => (lastInboundAt !== null && lastInboundAt < before ? [lastInboundAt] : []));
  return heard.length === 0 ? null : { at: Math.max(...heard) };
}

/** Those of the committee to whom the attempts went, the last one first. */
function peopleTried(journey: Journey, attempts: readonly Touchpoint[]): string[] {
  const ids = new Set<string>();
  for (const { personId } of attempts) if (personId !== null && personOf(journey, personId) !== null) ids.add(personId);
  return [...ids];
}

function suggestion(journey: Journey, tried: string[]): string {
  const silent = personOf(journey, tried[0] ?? null)?.name ?? accountName(journey);
  const other = personToAsk(journey, tried);
  return other === null ? `Try ${silent} another way: call, or ask for a new contact` : `Try ${other.name} instead of ${silent}`;
}
