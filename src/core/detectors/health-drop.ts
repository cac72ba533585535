import { z } from 'zod';
import { counted } from '../counted.ts';
import { daysSchema } from '../duration.ts';
import { createHealthIndex, type Fall, healthState, inputInWords, pullingDown } from '../insight/health.ts';
import type { Journey } from '../journey/journey.ts';
import { defineDetector, type Evidence, nothing, undecided } from './detector.ts';
import { corrected, inSentence, whomToAsk } from './words.ts';

const reasonsSaid = 3;
const usually = 'Usually';

/**
 * The health of an account's journey is `points` or more under what was usual for this account until `window` ago, and has not come back within `recovered`
 * points of that since. What was usual is the median of its own past, kept while health is low. An input that is missing is compared with nothing; where too
 * little is known, or the past is too short, nothing can be said. What health is made of stands under `health` in journey.yml. The alert's numbers are those of
 * when it fell, of the inputs that have a past; `/journey account` shows health as it is now, of all that is known.
 *
 * Clears when health is back within `recovered` points of what was usual.
 */
export const healthDrop = defineDetector({
  name: 'health-drop',
  title: 'Health has dropped',
  summary: "An account's health has fallen, compared with its own past.",
  silence: false,
  only: 'accounts',
  list: 'stalled',
  theyClear: true,
  forgetsSince: true,
  quieter: { parameter: 'points', way: 'more' },
  severity: 'warning',
  params: z.strictObject({
    points: z.int().min(1).max(100).default(20).describe('How far health must fall, of 100'),
    window: daysSchema.prefault('30d').describe('In which it must have fallen: what was usual is taken from before them'),
    recovered: z.int().min(0).max(99).default(8).describe('It has recovered when it is less than this under what was usual'),
  }),
  contradiction: ({ points, recovered }) =>
    recovered > points
      ? { between: ['recovered', 'points'], message: `must not be more than \`points\` (${points}): health would have recovered before it fell` }
      : null,
  explain: ({ points, window, recovered }) =>
    `health is ${counted(points, 'point')} or more under what was usual for the account until ${counted(window, 'day')} before; over when it is within ${counted(recovered, 'point')} of that`,
  detect(journey, { points, window, recovered }, { map, now }) {
    if (map.health === undefined) return nothing;
    const limits = { points, windowDays: window, recovered: Math.min(recovered, points) };
    const { fall, unknown, nextAt } = healthState(journey, map.health, limits, now);
    if (unknown) return { ...undecided, recheckAt: nextAt };
    if (fall === null) return { findings: [], recheckAt: nextAt };
    return {
      findings: [
        {
          subject: 'health',
          since: fall.at,
          dueAt: fall.at,
          headline: `Health has dropped from ${fall.usual} to ${fall.index}`,
          expected: `stays within ${points} points of its usual ${fall.usual}`,
          people: [],
          evidence: evidence(fall),
          nextStep: suggestion(journey, fall),
        },
      ],
      recheckAt: nextAt,
    };
  },
  cleared(finding, journey, { map, now }, { points, recovered }) {
    if (map.health === undefined) return corrected;
    const names = map.health.metrics.map(({ metric }) => metric);
    const last = lastMeasured(journey, names);
    if (last === null || last <= finding.since) return corrected;
    const usual = finding.evidence.find((value) => value.label === usually);
    const index = createHealthIndex(journey, map.health).at(now);
    const isLow = index !== null && usual !== undefined && 'count' in usual && index <= usual.count - Math.min(recovered, points);
    return isLow ? `health is ${index}, which counts as a drop no more` : 'health has recovered';
  },
});

function evidence(fall: Fall): Evidence[] {
  const reasons = pullingDown({ known: fall.inputs });
  return [
    { label: 'Health', count: fall.index },
    { label: usually, count: fall.usual },
    ...reasons.slice(0, reasonsSaid).map((input): Evidence => ({ label: 'Pulled down by', text: inputInWords(input) })),
  ];
}

function suggestion(journey: Journey, fall: Fall): string {
  const [worst] = pullingDown({ known: fall.inputs });
  return worst === undefined
    ? `Ask ${whomToAsk(journey)} what has changed`
    : `Ask ${whomToAsk(journey)} what is behind it: ${inSentence(inputInWords(worst))}`;
}

function lastMeasured({ metrics }: Journey, names: readonly string[]): number | null {
  const instants = names.flatMap((name) => (Object.hasOwn(metrics, name) ? (metrics[name]?.[0]?.at ?? []) : []));
  return instants.length === 0 ? null : Math.max(...instants);
}
