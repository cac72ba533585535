import { z } from 'zod';
import { durationInWords, durationSchema, isSurelyLonger } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import { type EpochMs, earliest } from '../time.ts';
import { type Answer, defineDetector, nothing, undecided } from './detector.ts';
import { corrected, inWords, personToAsk, whomToAsk } from './words.ts';

/**
 * Milestones of an account's onboarding that are open after their time, each a finding, counted from when the journey began; and time to value: `value` has
 * not been reached `atRisk` after that, or not `within`. With `heard`, accounts of which no milestone was ever heard are left alone: nothing can be said of
 * them while nobody knows whether milestones come in at all.
 *
 * Clears when the milestone, or the first value, is reached.
 */
export const onboardingOverdue = defineDetector({
  name: 'onboarding-overdue',
  title: 'Onboarding is late',
  summary: 'A milestone of the onboarding is late, or the time to first value is at risk.',
  silence: true,
  only: 'accounts',
  list: 'stalled',
  quieter: { parameter: 'within', way: 'more' },
  severity: 'warning',
  params: z.strictObject({
    milestones: z.record(z.string(), durationSchema).prefault({}).describe('By milestone: how soon after the beginning it is expected'),
    value: z.string().optional().describe('The milestone that means first value'),
    within: durationSchema.prefault('60bd').describe('The time to value: how soon that is expected'),
    atRisk: durationSchema.prefault('40bd').describe('From when on the time to value is at risk without it'),
    heard: z.boolean().default(false).describe('Leave accounts alone of which no milestone was ever heard'),
  }),
  contradiction: ({ within, atRisk }) =>
    isSurelyLonger(atRisk, within)
      ? { between: ['atRisk', 'within'], message: `must not be longer than \`within\` (${durationInWords(within)}): what is over is at risk no more` }
      : null,
  explain: ({ milestones, value, within, atRisk, heard }) => {
    const late = Object.entries(milestones).map(([name, after]) => `${inWords(name)} is not there within ${durationInWords(after)}`);
    const risk =
      value === undefined
        ? []
        : [`${inWords(value)}, the first value, not within ${durationInWords(within)} (at risk after ${durationInWords(atRisk)})`];
    return late.length + risk.length === 0
      ? 'no milestones are listed: nothing to look for'
      : `${[...late, ...risk].join(', or ')}${heard ? '; where milestones come in' : ''}`;
  },
  detect(journey, { milestones, value, within, atRisk, heard }, { calendar, now, stage }) {
    if (value === undefined && Object.keys(milestones).length === 0) return nothing;
    const begun = beginningOf(journey);
    if (begun === null || stage === null) return undecided;
    const known = Object.values(journey.milestones);
    let recheckAt = known.filter((at) => at > now).reduce<EpochMs | null>(earliest, null);
    const first = heard ? known.reduce<EpochMs | null>(earliest, null) : begun;
    if (first === null || first > now) return { ...undecided, recheckAt: first === null ? recheckAt : earliest(recheckAt, first) };
    const findings: Answer['findings'] = [];
    const say = (
      subject: string,
      dueAt: EpochMs,
      words: Pick<Answer['findings'][number], 'headline' | 'expected' | 'evidence' | 'nextStep'>,
    ): void => {
      const person = personToAsk(journey);
      findings.push({ subject, since: begun, dueAt: Math.max(dueAt, first), people: person === null ? [] : [person.id], ...words });
    };
    for (const [name, after] of Object.entries(milestones)) {
      if (isDone(journey, name, now) || name === value) continue;
      const dueAt = calendar.add(begun, after);
      if (now < dueAt) recheckAt = earliest(recheckAt, dueAt);
      else
        say(`milestone:${name}`, dueAt, {
          headline: `Onboarding is late: no ${inWords(name)} yet`,
          expected: `${inWords(name)} within ${durationInWords(after)} of the beginning`,
          evidence: [
            { label: 'Began', at: begun },
            { label: 'Expected by', at: dueAt },
            { label: 'Reached so far', text: reached(journey, now) },
          ],
          nextStep: `Ask ${whomToAsk(journey)} what ${inWords(name)} is waiting for, and agree on a date`,
        });
    }
    if (value !== undefined && !isDone(journey, value, now)) {
      const lateAt = calendar.add(begun, within);
      const dueAt = Math.min(lateAt, calendar.add(begun, atRisk));
      recheckAt = [dueAt, lateAt].filter((at) => at > now).reduce(earliest, recheckAt);
      if (now >= dueAt)
        say('time-to-value', dueAt, {
          headline: now < lateAt ? `Time to value at risk: no ${inWords(value)} yet` : `Time to value is over: no ${inWords(value)} yet`,
          expected: `${inWords(value)} within ${durationInWords(within)} of the beginning`,
          evidence: [
            { label: 'Began', at: begun },
            { label: 'First value expected by', at: lateAt },
            { label: 'Reached so far', text: reached(journey, now) },
          ],
          nextStep: `Agree with ${whomToAsk(journey)} on the shortest way to ${inWords(value)}`,
        });
    }
    return { findings, recheckAt };
  },
  cleared({ subject }, journey, { now }) {
    const name = subject.slice('milestone:'.length);
    if (subject.startsWith('milestone:') && isDone(journey, name, now)) return `${inWords(name)} is done`;
    return subject === 'time-to-value' ? 'first value was reached' : corrected;
  },
});

/** Since when it has been on stages of the map without a break. */
function beginningOf({ visits }: Journey): EpochMs | null {
  let begun: EpochMs | null = null;
  for (const [index, { stage, enteredAt }] of visits.entries()) {
    if (stage === null) continue;
    const before = visits[index - 1];
    if (begun === null || (before !== undefined && before.leftAt !== enteredAt)) begun = enteredAt;
  }
  return begun;
}

const isDone = ({ milestones }: Journey, name: string, now: EpochMs): boolean =>
  Object.hasOwn(milestones, name) && (milestones[name] ?? now + 1) <= now;

function reached({ milestones }: Journey, now: EpochMs): string {
  const done = Object.entries(milestones).filter(([, at]) => at <= now);
  return done.length === 0
    ? 'nothing yet'
    : done
        .sort(([, a], [, b]) => a - b)
        .map(([name]) => inWords(name))
        .join(', ');
}
