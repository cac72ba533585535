import { z } from 'zod';
import { counted } from '../counted.ts';
import { durationInWords, durationSchema } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import { remembersAll } from '../journey/stage-signs.ts';
import { type EpochMs, earliest } from '../time.ts';
import { defineDetector, type Finding, nothing, undecided } from './detector.ts';
import { accountName, anyOf, corrected, heardInWords, personOf, personToAsk } from './words.ts';

const activeLabel = 'People active';
const nobodyOfOurs = 'someone who is not on the buying committee';
const namesSaid = 3;

/**
 * Fewer than `people` people are active: heard from within `window`. Inbound counts, wherever on the account it happened; that we write to
 * someone makes nobody active. The journey's first `window` is grace. Where they do act but the CRM never says who, nothing is said: what was said before,
 * of people who are not there any more, no longer holds.
 *
 * Clears when enough people are active, or nobody knows any more who is.
 */
export const singleThreaded = defineDetector({
  name: 'single-threaded',
  title: 'Hangs on too few people',
  summary: 'The relationship hangs on too few people.',
  silence: true,
  list: 'gaps',
  theyClear: true,
  quieter: { parameter: 'window', way: 'more' },
  severity: 'info',
  params: z.strictObject({
    people: z.int().min(1).max(20).default(2).describe('How many people should be active'),
    window: durationSchema.prefault('30d').describe('Active: heard from within this time'),
  }),
  explain: ({ people, window }) => `${people === 1 ? 'nobody' : `fewer than ${people} people`} heard from within ${durationInWords(window)}`,
  detect(journey, { people, window }, { calendar, now }) {
    const heard = lastHeard(journey);
    if (heard.length === 0 && journey.touchpoints.some(({ direction }) => direction === 'inbound')) return nothing;
    // As many of ours in a row as are remembered: whether anybody ever acted is not known.
    if (heard.length === 0 && !remembersAll(journey)) return undecided;
    const lastEnough = heard[people - 1];
    const graceOver = calendar.add(journey.startedAt, window);
    const dueAt = lastEnough === undefined ? graceOver : Math.max(graceOver, calendar.add(lastEnough.at, window));
    if (now < dueAt) return { findings: [], recheckAt: dueAt };
    let recheckAt: EpochMs | null = null;
    const active: string[] = [];
    for (const { id, at } of heard.slice(0, people - 1)) {
      const until = calendar.add(at, window);
      if (now >= until) break;
      recheckAt = earliest(recheckAt, until);
      active.push(id);
    }
    const latest = heard[0];
    return {
      findings: [
        {
          subject: 'journey',
          since: lastEnough?.at ?? journey.startedAt,
          dueAt,
          headline: active.length === people - 1 || active.length === heard.length ? headline(journey, active) : fewerThan(people),
          expected: `${counted(people, 'person', 'people')} heard from within ${durationInWords(window)}`,
          people: active.filter((id) => personOf(journey, id) !== null),
          evidence: [
            { label: activeLabel, count: active.length, limit: people },
            ...(latest === undefined ? [] : [{ label: `Last heard from ${nameOf(journey, latest.id)}`, at: latest.at }]),
            { label: 'On the buying committee', count: journey.committee.length },
          ],
          nextStep: suggestion(journey, active),
        },
      ],
      recheckAt,
    };
  },
  cleared(finding, journey, _context, { people }) {
    const heard = lastHeard(journey);
    const enough = heard[people - 1];
    // Enough of them were heard from before: fewer are asked for now, or for longer back.
    if (enough === undefined || enough.at <= finding.since || asked(finding) !== people) return clearedByNobody(finding, journey);
    return areActive(
      journey,
      heard.filter(({ at }) => at > finding.since).map(({ id }) => id),
    );
  },
});

/**
 * When each person was last heard from, the latest first. People of the committee know it themselves, however many touchpoints of others
 * have come since; the touchpoints add those whom the committee does not have.
 */
function lastHeard({ committee, touchpoints }: Journey): { id: string; at: EpochMs }[] {
  const heard: { id: string; at: EpochMs }[] = [];
  const known = new Set<string>();
  for (const { id, lastInboundAt } of committee) {
    known.add(id);
    if (lastInboundAt !== null) heard.push({ id, at: lastInboundAt });
  }
  for (const { personId, direction, at } of touchpoints) {
    if (direction !== 'inbound' || personId === null || known.has(personId)) continue;
    known.add(personId);
    heard.push({ id: personId, at });
  }
  return heard.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
}

/** Those who were active are not there any more, or somebody acted of whom the CRM does not say who it was. */
function clearedByNobody({ people, since }: Finding, journey: Journey): string {
  if (people.some((id) => personOf(journey, id) === null)) return 'who was active is no longer on the buying committee';
  if (lastHeard(journey).length > 0) return corrected;
  const unnamed = journey.touchpoints.find(({ personId, direction, at }) => personId === null && direction === 'inbound' && at > since);
  return unnamed === undefined ? corrected : heardInWords(journey, unnamed);
}

/** How many people it asked for. */
function asked({ evidence }: Finding): number | undefined {
  const active = evidence.find(({ label }) => label === activeLabel);
  return active !== undefined && 'limit' in active ? active.limit : undefined;
}

/** `Tom Weber, Priya Nair are active`, and how many others are. */
function areActive(journey: Journey, ids: readonly string[]): string {
  const known = ids.filter((id) => personOf(journey, id) !== null);
  if (known.length === 0)
    return ids.length === 1 ? `${nobodyOfOurs} is active` : `${ids.length} people who are not on the buying committee are active`;
  const named = known.slice(0, namesSaid).map((id) => nameOf(journey, id));
  const others = ids.length - named.length;
  return others === 0
    ? `${named.join(', ')} ${named.length === 1 ? 'is' : 'are'} active`
    : `${named.join(', ')} and ${counted(others, 'other person', 'other people')} are active`;
}

const nameOf = (journey: Journey, id: string): string => personOf(journey, id)?.name ?? nobodyOfOurs;

/** Since then there were too few, though for a time more than now. */
const fewerThan = (people: number): string => `Fewer than ${counted(people, 'person', 'people')} are active`;

function headline(journey: Journey, active: readonly string[]): string {
  const [only] = active;
  if (only === undefined) return 'Nobody is active';
  return active.length === 1 ? `Only ${nameOf(journey, only)} is active` : `Only ${active.length} people are active`;
}

function suggestion(journey: Journey, active: readonly string[]): string {
  const others = journey.committee.filter(({ id }) => !active.includes(id)).slice(0, 3);
  if (others.length > 0) return `Bring in ${anyOf(others.map(({ name }) => name))}`;
  const person = personToAsk(journey);
  return person === null ? `Find people to talk to at ${accountName(journey)}` : `Ask ${person.name} to introduce a colleague`;
}
