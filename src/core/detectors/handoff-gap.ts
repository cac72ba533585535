import { z } from 'zod';
import { durationInWords, durationSchema } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import type { JourneyMap, TeamDefinition } from '../journey/journey-map.ts';
import type { Touchpoint } from '../journey/record.ts';
import { remembersSince } from '../journey/stage-signs.ts';
import type { EpochMs } from '../time.ts';
import { type Answer, defineDetector, nothing, undecided } from './detector.ts';
import { isAhead, passed, pausedUntil } from './pause.ts';
import { currentStay, knownStays } from './stays.ts';
import { corrected, inSentence, movedTo, personToAsk, touchpointInWords, whomToAsk } from './words.ts';

/**
 * The stage belongs to a team, and that team has not touched the customer `within` of when the journey came to it (stages of one team in a row
 * are one handover). A touchpoint is the team's when its `by` is one of the members or its channel one of the team's; one of ours that does not
 * say by whom is the owner's. Where the owner is in no such team, it may have been anybody: undecided. A dated next step ahead pauses the rule,
 * up to `patience`. Without a team in the stage there is nothing to say.
 *
 * Clears when the team touches the customer, the journey goes on to another team, or a next step gets a date.
 */
export const handoffGap = defineDetector({
  name: 'handoff-gap',
  title: 'Not taken over',
  summary: 'The stage belongs to another team, and that team has not touched the customer.',
  silence: true,
  list: 'stalled',
  quieter: { parameter: 'within', way: 'more' },
  severity: 'warning',
  params: z.strictObject({
    within: durationSchema.prefault('3bd').describe('How soon after the journey comes to the team'),
    patience: durationSchema.prefault('10bd').describe('How long beyond that a dated next step may hold it back; one that is set later: beyond then'),
  }),
  explain: ({ within, patience }) =>
    `the team of the stage has not touched the customer within ${durationInWords(within)}; a dated next step ahead holds it back for up to ${durationInWords(patience)} more`,
  detect(journey, { within, patience }, { map, stage, calendar, now }): Answer {
    if (stage === null || currentStay(journey) === null) return undecided;
    const { team } = stage;
    const since = team === null ? null : cameToTeamAt(journey, map, team);
    if (team === null || since === null) return nothing;
    const touches = touchesSince(journey, since, team);
    if (touches.theirs !== null) return nothing;
    if (touches.anybodys || !remembersSince(journey, since)) return undecided;
    const limitAt = calendar.add(since, within);
    const dueAt = pausedUntil(journey, limitAt, patience, calendar);
    if (now < dueAt) return { findings: [], recheckAt: dueAt };
    const person = personToAsk(journey);
    const [last] = journey.touchpoints;
    return {
      findings: [
        {
          subject: 'journey',
          since,
          ...passed(limitAt, dueAt),
          headline: `${team.label} has not taken over`,
          expected: `a touchpoint by ${inSentence(team.label)} within ${durationInWords(within)} of reaching ${stage.label}`,
          people: person === null ? [] : [person.id],
          evidence: [
            { label: `With ${inSentence(team.label)} since`, at: since },
            ...(team.members.length === 0 ? [] : [{ label: 'In the team', text: namesOf(team.members) }]),
            ...(last === undefined
              ? [{ label: 'Touchpoints', count: 0 }]
              : [{ label: `Last touchpoint, ${last.by ?? touchpointInWords(last)}`, at: last.at }]),
          ],
          nextStep: `Introduce ${inSentence(team.label)} to ${whomToAsk(journey)}, and agree on a date`,
        },
      ],
      recheckAt: null,
    };
  },
  cleared(finding, journey, { map, stage, calendar, now }) {
    const team = stage?.team ?? null;
    const theirs = team === null ? null : touchesSince(journey, finding.since, team).theirs;
    if (team !== null && theirs !== null) return `${team.label} took over: ${touchpointInWords(theirs)}`;
    if ((currentStay(journey)?.enteredAt ?? 0) > finding.since) return movedTo(journey, map);
    const { nextStep } = journey;
    return nextStep !== null && isAhead(nextStep, calendar, now) ? `next step set: ${nextStep.title}` : corrected;
  },
});

/** When the first of the newest stays in a row began that all belong to the team; null where the map does not know where the journey is. */
function cameToTeamAt(journey: Journey, map: JourneyMap, team: TeamDefinition): EpochMs | null {
  let since: EpochMs | null = null;
  for (const { stage, enteredAt } of knownStays(journey, map).toReversed()) {
    if (map.stages.find(({ key }) => key === stage)?.team?.key !== team.key) break;
    since = enteredAt;
  }
  return since;
}

/** `theirs`: the first touchpoint by the team. `anybodys`: there is one of ours that may be theirs, for all that is known. */
function touchesSince({ touchpoints, ownerEmail }: Journey, since: EpochMs, team: TeamDefinition): { theirs: Touchpoint | null; anybodys: boolean } {
  const owner = ownerEmail?.toLowerCase() ?? null;
  let theirs: Touchpoint | null = null;
  let anybodys = false;
  for (const touchpoint of touchpoints) {
    if (touchpoint.at < since) break;
    const { by, channel, direction } = touchpoint;
    if (direction === 'internal') continue;
    const author = by ?? (direction === 'outbound' ? owner : null);
    if ((author !== null && team.members.includes(author)) || (channel !== null && team.channels.includes(channel.toLowerCase())))
      theirs = touchpoint;
    else if (by === undefined && direction === 'outbound' && team.members.length > 0) anybodys = true;
  }
  return { theirs, anybodys };
}

const namesShown = 3;

const namesOf = (members: readonly string[]): string =>
  members.length <= namesShown ? members.join(', ') : `${members.slice(0, namesShown).join(', ')} and ${members.length - namesShown} more`;
