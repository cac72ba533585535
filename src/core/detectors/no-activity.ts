import { z } from 'zod';
import { durationInWords, durationSchema, everyInWords } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import type { Touchpoint } from '../journey/record.ts';
import type { EpochMs } from '../time.ts';
import { defineDetector, type Evidence } from './detector.ts';
import { isAhead, passed, pausedUntil } from './pause.ts';
import { currentStay } from './stays.ts';
import { accountName, corrected, heardInWords, movedTo, personToAsk, touchpointInWords } from './words.ts';

/**
 * No touchpoint in either direction for `after`. `since` is the last touchpoint, or the journey's start where there was none. The clock
 * runs from the latest of these and the entry of the current stay: each stage has its own limit, and a journey that has just moved, or
 * has just come to be known, gets the whole of it. A dated next step ahead pauses it, up to `patience`. Who talks with us about one of
 * their deals is no silent customer: an account's journey counts what its people did on any deal (not where `ignore` is set, as only
 * touchpoints of its own have a type).
 *
 * Clears when something happens between them and us, the journey moves, or a next step gets a date.
 */
export const noActivity = defineDetector({
  name: 'no-activity',
  title: 'No activity',
  summary: 'Nothing has happened between the customer and us for too long.',
  silence: true,
  list: 'silent',
  inhibits: ['silent-role', 'ghosted'],
  quieter: { parameter: 'after', way: 'more' },
  severity: 'warning',
  params: z.strictObject({
    after: durationSchema.prefault('10bd').describe('How long nothing may happen'),
    ignore: z.array(z.string()).default([]).describe('Touchpoint types that do not count, such as automatic mails'),
    patience: durationSchema.prefault('15bd').describe('How long beyond that a dated next step may hold it back; one that is set later: beyond then'),
  }),
  explain: ({ after, ignore }) =>
    `no touchpoint in either direction for ${durationInWords(after)}${ignore.length === 0 ? '' : `, not counting ${ignore.join(', ')}`}`,
  detect(journey, { after, ignore, patience }, { calendar, now }) {
    const own = lastTouchpoint(journey, ignore);
    const onDeals = lastOnDeals(journey, ignore);
    const last = onDeals !== null && onDeals.at > (own?.at ?? Number.NEGATIVE_INFINITY) ? null : own;
    const forgotten = last === null && onDeals === null ? lastForgotten(journey, ignore) : null;
    const since = last?.at ?? onDeals?.at ?? forgotten ?? journey.startedAt;
    const from = Math.max(since, journey.startedAt, currentStay(journey)?.enteredAt ?? since);
    const limitAt = calendar.add(from, after);
    const dueAt = pausedUntil(journey, limitAt, patience, calendar);
    if (now < dueAt) return { findings: [], recheckAt: dueAt };
    const person = personToAsk(journey);
    return {
      findings: [
        {
          subject: 'journey',
          since,
          ...passed(limitAt, dueAt),
          headline: last === null && onDeals === null && forgotten === null ? 'No activity yet' : 'No activity',
          expected: `a touchpoint in either direction ${everyInWords(after)}`,
          people: person === null ? [] : [person.id],
          evidence: forgotten === null ? evidence(journey, last, onDeals) : [{ label: 'Last touchpoint', at: forgotten }],
          nextStep: `Get in touch with ${person?.name ?? accountName(journey)} and agree on a dated next step`,
        },
      ],
      recheckAt: null,
    };
  },
  cleared(finding, journey, { map, calendar, now }, { ignore }) {
    if ((currentStay(journey)?.enteredAt ?? 0) > finding.dueAt) return movedTo(journey, map);
    const heard = lastTouchpoint(journey, ignore);
    if (heard !== null && heard.at > finding.since) return heardInWords(journey, heard);
    const onDeals = lastOnDeals(journey, ignore);
    if (onDeals !== null && onDeals.at > finding.since) return `${onDeals.name} and we talked about a deal`;
    const { nextStep } = journey;
    return nextStep !== null && nextStep.setAt > finding.dueAt && isAhead(nextStep, calendar, now) ? `next step set: ${nextStep.title}` : corrected;
  },
});

const lastTouchpoint = ({ touchpoints }: Journey, ignore: readonly string[]): Touchpoint | null =>
  touchpoints.find(({ type, direction }) => direction !== 'internal' && !ignore.includes(type)) ?? null;

/** The newest that counts, where all that is remembered is ignored. */
function lastForgotten({ lastOf = {} }: Journey, ignore: readonly string[]): EpochMs | null {
  const counting = Object.entries(lastOf).flatMap(([type, at]) => (ignore.includes(type) ? [] : [at]));
  return counting.length === 0 ? null : Math.max(...counting);
}

/** When an account's people and we last had to do with each other, on whatever deal. */
function lastOnDeals({ kind, committee }: Journey, ignore: readonly string[]): { at: EpochMs; name: string } | null {
  if (kind === 'deal' || ignore.length > 0) return null;
  let last: { at: EpochMs; name: string } | null = null;
  for (const { name, lastInboundAt, lastOutboundAt } of committee) {
    const at = Math.max(lastInboundAt ?? Number.NEGATIVE_INFINITY, lastOutboundAt ?? Number.NEGATIVE_INFINITY);
    if (Number.isFinite(at) && at > (last?.at ?? Number.NEGATIVE_INFINITY)) last = { at, name };
  }
  return last;
}

function evidence(journey: Journey, last: Touchpoint | null, onDeals: { at: EpochMs; name: string } | null): Evidence[] {
  if (last === null && onDeals !== null) return [{ label: `Last touchpoint, with ${onDeals.name} on a deal`, at: onDeals.at }];
  if (last === null) return [{ label: 'Known since', at: journey.startedAt }];
  return [
    { label: 'Last touchpoint', at: last.at },
    { label: 'It was', text: `${touchpointInWords(last)}, ${last.direction}` },
  ];
}
