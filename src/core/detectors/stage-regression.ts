import { z } from 'zod';
import { type Answer, defineDetector, nothing, undecided } from './detector.ts';
import { type KnownStay, knownStays } from './stays.ts';
import { corrected, movedTo, personToAsk, stageLabel, whomToAsk } from './words.ts';

/**
 * The journey's last move went back: over an edge that the map does not allow, or, allowed or not, into a stage to which it has now come
 * back more than `loops` times. Only the current stay matters: a move on ends it, even where that is still behind where it once was.
 *
 * Clears when the journey moves on, or somebody acknowledges it.
 */
export const stageRegression = defineDetector({
  name: 'stage-regression',
  title: 'Moved back',
  summary: 'A journey moved back where the map does not allow it, or goes in circles.',
  silence: false,
  endsWhenAcknowledged: true,
  list: 'stalled',
  quieter: { parameter: 'loops', way: 'more' },
  severity: 'warning',
  params: z.strictObject({
    loops: z.int().min(0).max(100).default(2).describe('How often a journey may come back to the same stage by a move back that is allowed'),
  }),
  explain: ({ loops }) =>
    `moved back where the journey map does not allow it, or back in the same stage ${loops === 0 ? 'at all' : `more than ${times(loops)}`}`,
  detect(journey, { loops }, { map, stage, now }): Answer {
    if (stage === null) return undecided;
    const stays = knownStays(journey, map);
    const current = stays.at(-1);
    const before = stays.at(-2);
    if (current === undefined || before === undefined || current.index > before.index) return nothing;
    const returns = countReturns(stays, current);
    const allowed = map.allowedMoves.some(({ from, to }) => from === before.stage && to === current.stage);
    if (allowed && returns <= loops) return nothing;
    if (now < current.enteredAt) return { findings: [], recheckAt: current.enteredAt };
    const from = stageLabel(map, before.stage);
    const to = stageLabel(map, current.stage);
    const person = personToAsk(journey);
    return {
      findings: [
        {
          subject: 'journey',
          since: current.enteredAt,
          dueAt: current.enteredAt,
          headline: allowed ? `Back in ${to} again` : `Moved back from ${from} to ${to}`,
          expected: allowed ? comesBack(to, loops) : `does not move back from ${from} to ${to}`,
          people: person === null ? [] : [person.id],
          evidence: [
            { label: `In ${from} since`, at: before.enteredAt },
            { label: `Moved back to ${to}`, at: current.enteredAt },
            { label: `Times back in ${to}`, count: returns, limit: loops },
          ],
          nextStep: `Ask ${whomToAsk(journey)} what led back to ${to}`,
        },
      ],
      recheckAt: null,
    };
  },
  cleared(finding, journey, { map }) {
    return knownStays(journey, map).at(-1)?.enteredAt === finding.since ? corrected : movedTo(journey, map);
  },
});

const countReturns = (stays: readonly KnownStay[], { stage }: KnownStay): number => stays.filter((stay) => stay.stage === stage).length - 1;

const comesBack = (to: string, loops: number): string =>
  loops === 0 ? `does not come back to ${to}` : `comes back to ${to} at most ${times(loops)}`;

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
