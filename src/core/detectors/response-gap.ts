import { z } from 'zod';
import { durationInWords, durationSchema } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import type { Touchpoint } from '../journey/record.ts';
import { remembersAll } from '../journey/stage-signs.ts';
import { type EpochMs, earliest } from '../time.ts';
import { type Answer, defineDetector, type Finding, nothing } from './detector.ts';
import { accountName, corrected, personOf, touchpointInWords } from './words.ts';

/** Inbound touchpoints that expect an answer. What people merely look at (`pricing_viewed`) can be added in journey.yml. */
const expectAnAnswer = ['question', 'email_received', 'demo_request', 'pricing_request', 'meeting_request', 'support_request'];

/**
 * An inbound touchpoint of `types` has no outbound answer `within`. What answers a person: any outbound touchpoint, at that instant or
 * later, to that person on any deal, or one on this journey that names nobody; with `answered: account`, to anyone. All that one person
 * waits for is one finding (`person:ID`, or `journey` for all of whom the CRM does not say who they are), about the oldest of it. Of whom was not answered for as
 * long as touchpoints are remembered, nothing new is said.
 *
 * Clears when we answer.
 */
export const responseGap = defineDetector({
  name: 'response-gap',
  title: 'Waiting for our answer',
  summary: 'A customer asked something and has no answer.',
  silence: true,
  list: 'stalled',
  quieter: { parameter: 'within', way: 'more' },
  severity: 'critical',
  params: z.strictObject({
    types: z.array(z.string()).min(1).default(expectAnAnswer).describe('Inbound touchpoint types that expect an answer'),
    within: durationSchema.prefault('8bh').describe('How soon an answer is expected'),
    answered: z.enum(['person', 'account']).default('person').describe('Whether the person who asked must be answered, or anyone of the account'),
  }),
  explain: ({ types, within, answered }) =>
    `no answer to the ${answered} within ${durationInWords(within)} of ${types.map((type) => type.replaceAll('_', ' ')).join(', ')}`,
  detect(journey, { types, within, answered }, { calendar, now }) {
    const waiting = waitingFor(journey, types, answered);
    const forgotten = forgottenIn(journey, answered);
    if (waiting === null) return forgotten.length === 0 ? nothing : { findings: [], recheckAt: null, undecided: forgotten };
    const findings: Answer['findings'] = [];
    let recheckAt: EpochMs | null = null;
    for (const [id, { oldest, count }] of waiting) {
      const dueAt = calendar.add(oldest.at, within);
      if (now < dueAt) {
        recheckAt = earliest(recheckAt, dueAt);
        continue;
      }
      const person = personOf(journey, id);
      findings.push({
        subject: subjectOf(id),
        since: oldest.at,
        dueAt,
        headline: `${person?.name ?? accountName(journey)} is waiting for an answer`,
        expected: `an answer within ${durationInWords(within)}`,
        people: person === null ? [] : [person.id],
        evidence: [
          { label: 'They sent', text: touchpointInWords(oldest) },
          { label: 'On', at: oldest.at },
          ...(count === 1 ? [] : [{ label: 'Unanswered so far', count }]),
        ],
        nextStep: `Answer ${person?.name ?? accountName(journey)}`,
      });
    }
    // Whoever waits too long by what is remembered does so whatever is forgotten.
    const unknown = forgotten.filter((subject) => !findings.some((finding) => finding.subject === subject));
    return unknown.length === 0 ? { findings, recheckAt } : { findings, recheckAt, undecided: unknown };
  },
  cleared(finding, journey, _context, { answered }) {
    const id = personIdOf(finding.subject);
    const name = personOf(journey, id)?.name ?? accountName(journey);
    if (answersOf(journey, answered)(id) < finding.since) return corrected;
    const inTime = answerInTime(finding, journey, answered);
    if (inTime !== null) return `${name} was answered in time, which was told late: ${touchpointInWords(inTime)}`;
    const answers = journey.touchpoints.filter(({ direction, at }) => direction === 'outbound' && at >= finding.since);
    const toAnyone = id === null || answered === 'account' ? answers[0] : undefined;
    const answer = answers.find(({ personId }) => personId === id) ?? answers.find(({ personId }) => personId === null) ?? toAnyone;
    return answer === undefined ? `${name} was answered` : `${name} was answered: ${touchpointInWords(answer)}`;
  },
  wasInTime: (finding, journey, { answered }) => answerInTime(finding, journey, answered) !== null,
});

const subjectOf = (personId: string | null): string => (personId === null ? 'journey' : `person:${personId}`);
const personIdOf = (subject: string): string | null => (subject === 'journey' ? null : subject.slice('person:'.length));

/** An answer from before the limit was passed, of which nobody knew then. */
function answerInTime(
  { subject, since, dueAt }: Pick<Finding, 'subject' | 'since' | 'dueAt'>,
  { touchpoints }: Journey,
  answered: 'person' | 'account',
) {
  const id = personIdOf(subject);
  const isMeant = ({ personId }: Touchpoint): boolean => id === null || answered === 'account' || personId === null || personId === id;
  return (
    touchpoints.find((touchpoint) => touchpoint.direction === 'outbound' && touchpoint.at >= since && touchpoint.at < dueAt && isMeant(touchpoint)) ??
    null
  );
}

/** Whose question may be forgotten and not answered: they acted before what is remembered, and nobody has written to them since. */
function forgottenIn(journey: Journey, answered: 'person' | 'account'): string[] {
  const oldest = journey.touchpoints.at(-1);
  if (oldest === undefined || remembersAll(journey)) return [];
  const lastAnswer = answersOf(journey, answered);
  const mayWait = journey.committee.filter(
    ({ id, lastInboundAt }) => lastAnswer(id) < oldest.at && lastInboundAt !== null && (lastInboundAt >= oldest.at || lastInboundAt > lastAnswer(id)),
  );
  return [...mayWait.map(({ id }) => subjectOf(id)), ...(lastAnswer(null) < oldest.at ? [subjectOf(null)] : [])];
}

/** By who asked, `null` for all who are not known: what is oldest of the unanswered, and how many there are. Null: nothing was ever asked. */
function waitingFor(
  journey: Journey,
  types: readonly string[],
  answered: 'person' | 'account',
): Map<string | null, { oldest: Touchpoint; count: number }> | null {
  const { touchpoints } = journey;
  if (!touchpoints.some(({ type, direction }) => direction === 'inbound' && types.includes(type))) return null;
  const lastAnswer = answersOf(journey, answered);
  const waiting = new Map<string | null, { oldest: Touchpoint; count: number }>();
  // Newest first: the last one written is the oldest.
  for (const touchpoint of touchpoints) {
    if (touchpoint.direction !== 'inbound' || !types.includes(touchpoint.type) || lastAnswer(touchpoint.personId) >= touchpoint.at) continue;
    const id = personOf(journey, touchpoint.personId)?.id ?? null;
    waiting.set(id, { oldest: touchpoint, count: (waiting.get(id)?.count ?? 0) + 1 });
  }
  return waiting;
}

/** When somebody who asks was last answered; never: minus infinity. */
function answersOf({ touchpoints, committee }: Journey, answered: 'person' | 'account'): (personId: string | null) => EpochMs {
  const never = Number.NEGATIVE_INFINITY;
  const lastTo = new Map<string | null, EpochMs>();
  let toAnyone = never;
  for (const { direction, personId, at } of touchpoints) {
    if (direction !== 'outbound') continue;
    toAnyone = Math.max(toAnyone, at);
    lastTo.set(personId, Math.max(at, lastTo.get(personId) ?? never));
  }
  for (const { id, lastOutboundAt } of committee) {
    if (lastOutboundAt !== null) lastTo.set(id, Math.max(lastOutboundAt, lastTo.get(id) ?? never));
  }
  const toNobodyNamed = lastTo.get(null) ?? never;
  return (personId) => (personId === null || answered === 'account' ? toAnyone : Math.max(toNobodyNamed, lastTo.get(personId) ?? never));
}
