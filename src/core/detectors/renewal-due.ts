import { z } from 'zod';
import type { Calendar } from '../calendar.ts';
import { calendarDay } from '../calendar-day.ts';
import { counted } from '../counted.ts';
import { daysSchema } from '../duration.ts';
import type { AccountDeal, Journey } from '../journey/journey.ts';
import { dayMs, type EpochMs, earliest, type IsoDay } from '../time.ts';
import { type Answer, defineDetector, undecided } from './detector.ts';
import { corrected, inWords, personToAsk, touchpointInWords, whomToAsk } from './words.ts';

const aboutRenewal = ['renewal', 'renewal_call', 'renewal_meeting', 'renewal_offer', 'contract_review', 'business_review'];

/**
 * The account's renewal is less than `window` away and nothing has been heard of it, from `talked` before it on: no touchpoint of `types`, no milestone of `milestones`,
 * no deal on a map of `maps` that is open or was won. For as long after the renewal date it is still said, then the date has become too old to say anything.
 * `since` is when the window opened. Without a renewal date nothing can be said.
 *
 * Clears when it is talked about, a deal for it is on its way, or the renewal date moves.
 */
export const renewalDue = defineDetector({
  name: 'renewal-due',
  title: 'Renewal that nobody talks about',
  summary: 'The renewal is near and nobody talks about it.',
  silence: true,
  only: 'accounts',
  list: 'stalled',
  quieter: { parameter: 'window', way: 'less' },
  severity: 'warning',
  params: z.strictObject({
    window: daysSchema.prefault('90d').describe('How long before the renewal it must be talked about'),
    talked: daysSchema.prefault('180d').describe('Talk counts from so long before the renewal'),
    types: z.array(z.string()).default(aboutRenewal).describe('Types of touchpoints that are about it'),
    milestones: z.array(z.string()).default([]).describe('Milestones that are'),
    maps: z.array(z.string()).default(['renewal', 'renewals']).describe('Maps whose deals are'),
  }),
  explain: ({ window, talked, types, milestones, maps }) =>
    `${counted(window, 'day')} or less before the renewal there was, from ${counted(talked, 'day')} before it on, no ${[...types, ...milestones].map(inWords).join(', ')}${maps.length === 0 ? '' : `, and no deal on a map called ${maps.join(', ')}`}`,
  detect(journey, { window, talked, types, milestones, maps }, { calendar, now }) {
    const renewal = journey.account?.renewalDate ?? null;
    if (renewal === null) return undecided;
    const from = calendar.startOfDay(renewal) - window * dayMs;
    const over = calendar.endOfDay(renewal);
    const talkedAt = talks(journey, countsFrom(renewal, { window, talked }, calendar), { types, milestones, maps });
    const ahead = [from, over, over + window * dayMs, ...talkedAt].filter((at) => at > now);
    const recheckAt = ahead.reduce<EpochMs | null>(earliest, null);
    if (now < from) return { findings: [], recheckAt };
    if (talkedAt.some((at) => at <= now)) return { findings: [], recheckAt };
    if (now >= over + window * dayMs) return { ...undecided, recheckAt };
    const person = personToAsk(journey);
    const finding: Answer['findings'][number] = {
      subject: 'renewal',
      since: from,
      dueAt: from,
      headline: now < over ? 'The renewal is near and nobody talks about it' : 'The renewal date is past and nobody has talked about it',
      expected: `talked about ${counted(window, 'day')} before`,
      people: person === null ? [] : [person.id],
      evidence: [{ label: 'Renewal', day: renewal }],
      nextStep: `Ask ${whomToAsk(journey)} for a date to talk about the renewal`,
    };
    return { findings: [finding], recheckAt };
  },
  cleared(finding, journey, { calendar, now }, params) {
    const renewal = journey.account?.renewalDate ?? null;
    const said = finding.evidence.find((value) => 'day' in value);
    if (renewal !== null && said !== undefined && 'day' in said && said.day !== renewal) return `the renewal date moved to ${calendarDay(renewal)}`;
    const from = renewal === null ? finding.since : countsFrom(renewal, params, calendar);
    const isTalk = (instant: EpochMs): boolean => instant >= from && instant <= now;
    const talk = journey.touchpoints.find(({ type, at }) => params.types.includes(type) && isTalk(at));
    if (talk !== undefined) return `it was talked about: ${touchpointInWords(talk)}`;
    const name =
      params.types.find((type) => instantsOf(journey.lastOf, type).some(isTalk)) ??
      params.milestones.find((milestone) => instantsOf(journey.milestones, milestone).some(isTalk));
    if (name !== undefined) return `it was talked about: ${inWords(name)}`;
    const deal = journey.deals?.find((one) => isForIt(one, from, params.maps));
    return deal === undefined ? corrected : `there is a deal for it: ${deal.name}`;
  },
});

type About = { types: readonly string[]; milestones: readonly string[]; maps: readonly string[] };

/** From then on talk counts. */
const countsFrom = (renewal: IsoDay, { window, talked }: { window: number; talked: number }, calendar: Calendar): EpochMs =>
  calendar.startOfDay(renewal) - Math.max(window, talked) * dayMs;

/** When it was talked about from then on; a deal for it that is still open counts from its beginning. */
function talks(journey: Journey, from: EpochMs, { types, milestones, maps }: About): EpochMs[] {
  return [
    ...journey.touchpoints.flatMap(({ type, at }) => (types.includes(type) ? [at] : [])),
    ...types.flatMap((type) => instantsOf(journey.lastOf, type)),
    ...milestones.flatMap((name) => instantsOf(journey.milestones, name)),
  ]
    .filter((at) => at >= from)
    .concat((journey.deals ?? []).filter((deal) => isForIt(deal, from, maps)).map(({ startedAt }) => startedAt));
}

/** When the last touchpoint of a type was, also of one that is forgotten; when a milestone was reached. */
const instantsOf = (known: Journey['milestones'] = {}, name: string): EpochMs[] => (Object.hasOwn(known, name) ? [known[name] ?? []].flat() : []);

const isForIt = ({ mapKey, outcome }: AccountDeal, from: EpochMs, maps: readonly string[]): boolean =>
  maps.includes(mapKey) && (outcome.state === 'open' || (outcome.state === 'won' && outcome.at >= from));
