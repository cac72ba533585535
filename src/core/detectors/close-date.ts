import { z } from 'zod';
import { calendarDay } from '../calendar-day.ts';
import type { Journey, JourneyDeal } from '../journey/journey.ts';
import type { EpochMs } from '../time.ts';
import { type Answer, defineDetector, nothing, undecided } from './detector.ts';
import { corrected, personToAsk, whomToAsk } from './words.ts';

/**
 * `past`: the close date's local day is over and the deal still open. `pushed`: the close date was moved to a later day `pushes` times or
 * more; each further push is a condition of its own (`since`), so a person who has resolved it hears of the next one. An emptied close
 * date says nothing either way.
 *
 * Clears when a new date is set, or the deal closes; pushed too often stays said until somebody resolves it.
 */
export const closeDate = defineDetector({
  name: 'close-date',
  title: 'Close date past or pushed',
  summary: 'The close date is past, or was pushed too often.',
  silence: false,
  list: 'stalled',
  quieter: { parameter: 'pushes', way: 'more' },
  severity: 'warning',
  params: z.strictObject({
    pushes: z.int().min(1).max(49).default(3).describe('How often the close date may be moved to a later day before it is said'),
  }),
  explain: ({ pushes }) => `the close date is past, or was pushed ${pushes === 1 ? 'once' : `${pushes} times`} or more`,
  detect(journey, { pushes }, { calendar, now }): Answer {
    const { deal } = journey;
    if (deal === null) return nothing;
    if (deal.closeDate === null) return undecided;
    const findings: Answer['findings'] = [];
    const pastAt = calendar.endOfDay(deal.closeDate.day);
    const pushedAt = pushInstants(deal);
    const last = pushedAt.at(-1) ?? 0;
    if (now >= pastAt) findings.push(past(journey, deal.closeDate.day, pastAt));
    if (pushedAt.length >= pushes && now >= last) findings.push(pushed(journey, deal, pushedAt, pushes));
    const ahead = [pastAt, ...(pushedAt.length >= pushes ? [last] : [])].filter((at) => at > now);
    return { findings, recheckAt: ahead.length === 0 ? null : Math.min(...ahead) };
  },
  cleared({ subject }, { deal }, { calendar, now }) {
    if (subject === 'pushed' || deal?.closeDate == null || now >= calendar.endOfDay(deal.closeDate.day)) return corrected;
    return `close date moved to ${calendarDay(deal.closeDate.day)}`;
  },
});

/** When the close date was moved to a later day, oldest first. */
function pushInstants({ closeDates }: JourneyDeal): EpochMs[] {
  const instants: EpochMs[] = [];
  let before: string | null = null;
  for (const { day, setAt } of closeDates) {
    if (before !== null && day > before) instants.push(setAt);
    before = day;
  }
  return instants;
}

function past(journey: Journey, day: string, pastAt: EpochMs): Answer['findings'][number] {
  return {
    subject: 'past',
    since: pastAt,
    dueAt: pastAt,
    headline: 'Close date is past',
    expected: 'closed by its close date, or a new date',
    people: whoIsAsked(journey),
    evidence: [{ label: 'Close date', day }],
    nextStep: `Ask ${whomToAsk(journey)} when they will decide, and set a new close date`,
  };
}

function pushed(journey: Journey, deal: JourneyDeal, pushedAt: readonly EpochMs[], limit: number): Answer['findings'][number] {
  const last = pushedAt.at(-1) ?? 0;
  const [first] = deal.closeDates;
  return {
    subject: 'pushed',
    since: last,
    dueAt: last,
    headline: `Close date pushed ${pushedAt.length === 1 ? 'once' : `${pushedAt.length} times`}`,
    expected: limit === 1 ? 'not pushed to a later day' : `pushed fewer than ${limit} times`,
    people: whoIsAsked(journey),
    evidence: [
      ...(first === undefined ? [] : [{ label: 'First close date', day: first.day }]),
      ...(deal.closeDate === null ? [] : [{ label: 'Close date', day: deal.closeDate.day }]),
      { label: 'Pushed to a later day', count: pushedAt.length, limit },
      { label: 'Last pushed', at: last },
    ],
    nextStep: `Ask ${whomToAsk(journey)} what has to happen before they can sign`,
  };
}

function whoIsAsked(journey: Journey): string[] {
  const person = personToAsk(journey);
  return person === null ? [] : [person.id];
}
