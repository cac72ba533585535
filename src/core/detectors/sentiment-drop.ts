import { z } from 'zod';
import { counted } from '../counted.ts';
import { daysSchema } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import type { Measurement, Touchpoint } from '../journey/record.ts';
import { dayMs, type EpochMs, earliest } from '../time.ts';
import { type Answer, type DetectContext, defineDetector } from './detector.ts';
import { corrected, inSentence, metricInWords, personOf, sentimentInWords, touchpointInWords, whomToAsk } from './words.ts';

const moodSubject = 'mood';
const metricSubject = (metric: string): string => `metric:${metric}`;

/**
 * Of an account: the newest value of a metric is under its bound, or has fallen `falls` times in a row; or the mean mood of the last `moods` touchpoints that
 * have one is under `mood`. `since` is when that began. A newest value that is older than `fresh` says nothing: nothing opens, and what is open stays.
 *
 * Clears when a newer value is at its bound and does not fall, or their mood is better again.
 */
export const sentimentDrop = defineDetector({
  name: 'sentiment-drop',
  title: 'Unhappy customer',
  summary: 'What a customer says of us is bad, or gets worse.',
  silence: false,
  only: 'accounts',
  list: 'stalled',
  theyClear: true,
  forgetsSince: true,
  severity: 'warning',
  params: z.strictObject({
    bounds: z.record(z.string(), z.number()).default({ nps: 7, csat: 3.5 }).describe('By metric: the value under which it is said'),
    falls: z.int().min(2).max(20).default(3).describe('How often in a row such a metric may fall'),
    mood: z.number().min(-2).max(2).default(-0.5).describe('The mean mood of touchpoints, −2 to +2, under which it is said'),
    moods: z.int().min(2).max(20).default(3).describe('Of how many of the last touchpoints that have a mood'),
    fresh: daysSchema.prefault('120d').describe('How long the newest value says something'),
  }),
  explain: ({ bounds, falls, mood, moods, fresh }) =>
    `${[
      ...Object.entries(bounds).map(([metric, bound]) => `${metricInWords(metric)} under ${bound}`),
      ...(Object.keys(bounds).length === 0 ? [] : [`one of them fell ${falls} times in a row`]),
      `the mean mood of the last ${counted(moods, 'touchpoint')} under ${mood}`,
    ].join(', or ')}; each counts for ${counted(fresh, 'day')}`,
  detect(journey, { bounds, ...limits }, context) {
    const answers = [
      ...Object.entries(bounds).map(([metric, bound]) => ofMetric(journey, metric, { ...limits, bound }, context)),
      ofMood(journey, limits, context),
    ];
    const undecided = answers.flatMap((answer) => answer.undecided);
    return {
      findings: answers.flatMap(({ findings }) => findings),
      recheckAt: answers.reduce<EpochMs | null>((first, { recheckAt }) => earliest(first, recheckAt), null),
      ...(undecided.length === 0 ? {} : { undecided }),
    };
  },
  cleared({ subject, since }, journey, { now }) {
    if (subject === moodSubject) return until(moodsOf(journey), now).some(({ at }) => at > since) ? 'their mood is better again' : corrected;
    const metric = subject.slice(metricSubject('').length);
    const [last] = until(valuesOf(journey, metric), now);
    return last !== undefined && last.at > since ? `${metricInWords(metric)} is ${last.value}` : corrected;
  },
});

type Limits = { falls: number; mood: number; moods: number; fresh: number };
type Told = { findings: Answer['findings']; recheckAt: EpochMs | null; undecided: string[] };

function ofMetric(journey: Journey, metric: string, { bound, falls, fresh }: Limits & { bound: number }, { now }: DetectContext): Told {
  const all = valuesOf(journey, metric);
  const nextAt = nextAfter(all, now);
  const values = until(all, now);
  const [last, before] = values;
  const countsUntil = last === undefined ? now : last.at + fresh * dayMs;
  if (last === undefined || now >= countsUntil) return { findings: [], recheckAt: nextAt, undecided: [metricSubject(metric)] };
  const isUnder = ({ value }: Measurement): boolean => value < bound;
  const isFalling = (index: number): boolean => {
    const run = values.slice(index, index + falls + 1);
    return run.length > falls && run.every(({ value }, step) => step === 0 || value > (run[step - 1]?.value ?? value));
  };
  const began = beginningOf(values, (value, index) => isUnder(value) || isFalling(index));
  const recheckAt = earliest(nextAt, countsUntil);
  if (began === null) return { findings: [], recheckAt, undecided: [] };
  const label = metricInWords(metric);
  const finding = {
    subject: metricSubject(metric),
    since: began,
    dueAt: began,
    headline: isUnder(last) ? `${label} is ${last.value}` : `${label} keeps falling, to ${last.value}`,
    expected: isUnder(last) ? `${label} of ${bound} or more` : `${label} does not fall ${falls} times in a row`,
    people: [],
    evidence: [
      { label: `${label} measured`, at: last.at },
      ...(before === undefined ? [] : [{ label: 'Before', text: String(before.value) }]),
      { label: 'Bound', text: String(bound) },
    ],
    nextStep: `Ask ${whomToAsk(journey)} what went wrong, and say what will be done`,
  };
  return { findings: [finding], recheckAt, undecided: [] };
}

function ofMood(journey: Journey, { mood, moods, fresh }: Limits, { now }: DetectContext): Told {
  const all = moodsOf(journey);
  const nextAt = nextAfter(all, now);
  const heard = until(all, now);
  const [last] = heard;
  const countsUntil = last === undefined ? now : last.at + fresh * dayMs;
  if (last === undefined || now >= countsUntil || heard.length < moods) return { findings: [], recheckAt: nextAt, undecided: [moodSubject] };
  const meanFrom = (index: number): number => heard.slice(index, index + moods).reduce((sum, { sentiment }) => sum + (sentiment ?? 0), 0) / moods;
  const began = beginningOf(heard, (_, index) => index + moods <= heard.length && meanFrom(index) < mood);
  const recheckAt = earliest(nextAt, countsUntil);
  if (began === null) return { findings: [], recheckAt, undecided: [] };
  const worst = heard.slice(0, moods).reduce((a, b) => ((b.sentiment ?? 0) < (a.sentiment ?? 0) ? b : a));
  const person = personOf(journey, worst.personId);
  const finding = {
    subject: moodSubject,
    since: began,
    dueAt: began,
    headline: 'Their mood is bad',
    expected: `a mean mood of ${mood} or better over ${counted(moods, 'touchpoint')}`,
    people: person === null ? [] : [person.id],
    evidence: [
      { label: 'Last with a mood', at: last.at },
      { label: 'Worst of them', text: `${touchpointInWords(worst)}, ${sentimentInWords(worst.sentiment ?? 0)}` },
    ],
    nextStep: `Call ${person?.name ?? whomToAsk(journey)} about the ${inSentence(touchpointInWords(worst))}`,
  };
  return { findings: [finding], recheckAt, undecided: [] };
}

/**
 * Of what was heard, newest first: since when a condition on each newest one has held without a break; null where it does not hold now. Of one instant the
 * first counts.
 */
function beginningOf<Heard extends { at: EpochMs }>(heard: readonly Heard[], holds: (one: Heard, index: number) => boolean): EpochMs | null {
  let began: EpochMs | null = null;
  for (const [index, one] of heard.entries()) {
    if (heard[index - 1]?.at === one.at) continue;
    if (!holds(one, index)) break;
    began = one.at;
  }
  return began;
}

const valuesOf = ({ metrics }: Journey, metric: string): readonly Measurement[] => (Object.hasOwn(metrics, metric) ? (metrics[metric] ?? []) : []);

const moodsOf = ({ touchpoints }: Journey): Touchpoint[] => touchpoints.filter(({ sentiment }) => sentiment !== null);

const until = <Heard extends { at: EpochMs }>(heard: readonly Heard[], now: EpochMs): Heard[] => heard.filter(({ at }) => at <= now);

const nextAfter = (heard: readonly { at: EpochMs }[], now: EpochMs): EpochMs | null => heard.findLast(({ at }) => at > now)?.at ?? null;
