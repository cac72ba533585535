import { z } from 'zod';
import { durationInWords, durationSchema, parseDuration } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import { foldName, isCalled, remembersAll } from '../journey/stage-signs.ts';
import { type EpochMs, earliest } from '../time.ts';
import { type Answer, defineDetector, type Evidence, undecided } from './detector.ts';
import { isAhead, passed, pausedUntil } from './pause.ts';
import { currentStay } from './stays.ts';
import { anyOf, corrected, inWords, momentInSentence, movedTo, personOf, personToAsk, touchpointInWords, whomToAsk } from './words.ts';

const usual = parseDuration('10bd');

/**
 * A moment of truth of the stage has not happened, `within` of the journey's entry there. It happened where any touchpoint of the journey has
 * it as its type or its asset, in whatever direction and also before the stage. A dated next step ahead pauses the rule, up to `patience`: it
 * may be the moment itself. Where older touchpoints may have been forgotten, nothing is said. `moments` asks for others than those of the stage: for
 * what the CRM logs by itself, such as a meeting, where nobody logs a demo as a demo.
 *
 * Clears when it happened, the journey leaves the stage, or a next step gets a date.
 */
export const momentMissed = defineDetector({
  name: 'moment-missed',
  title: 'Moment of truth missed',
  summary: 'A moment of truth of the stage has not happened in time.',
  silence: true,
  list: 'stalled',
  quieter: { parameter: 'within', way: 'more', unset: usual },
  severity: 'warning',
  params: z.strictObject({
    moments: z.array(z.string().min(1)).min(1).optional().describe("What is asked for, instead of all of the stage's own moments of truth"),
    within: durationSchema.optional().describe("How soon after the stage begins; default: the stage's own `within`, else 10bd"),
    patience: durationSchema.prefault('15bd').describe('How long beyond that a dated next step may hold it back; one that is set later: beyond then'),
  }),
  explain: ({ moments, within, patience }) =>
    `${moments === undefined ? 'a moment of truth of the stage' : anyOf(moments.map(momentInSentence))} has not happened ${within === undefined ? 'as soon as the stage expects' : `within ${durationInWords(within)}`}; a dated next step ahead holds it back for up to ${durationInWords(patience)} more`,
  detect(journey, { moments, within, patience }, { stage, calendar, now }) {
    const stay = currentStay(journey);
    if (stage === null || stay === null) return undecided;
    const findings: Answer['findings'] = [];
    const unknown: string[] = [];
    let recheckAt: EpochMs | null = null;
    for (const moment of new Set(moments ?? stage.expects.moments)) {
      if (happened(journey, moment) !== null || wasForgotten(journey, moment)) continue;
      const subject = `moment:${moment}`;
      if (!remembersAll(journey)) {
        unknown.push(subject);
        continue;
      }
      const limit = within ?? stage.expects.within ?? usual;
      const limitAt = calendar.add(stay.enteredAt, limit);
      const dueAt = pausedUntil(journey, limitAt, patience, calendar);
      if (now < dueAt) {
        recheckAt = earliest(recheckAt, dueAt);
        continue;
      }
      const person = personToAsk(journey);
      const name = momentInSentence(moment);
      findings.push({
        subject,
        since: stay.enteredAt,
        ...passed(limitAt, dueAt),
        headline: `No ${name} yet`,
        expected: `${name} within ${durationInWords(limit)} of reaching ${stage.label}`,
        people: person === null ? [] : [person.id],
        evidence: evidence(journey, stage.label, stay.enteredAt),
        nextStep: `Agree with ${whomToAsk(journey)} on a date for the ${name}, or log it in the CRM if it happened`,
      });
    }
    return unknown.length === 0 ? { findings, recheckAt } : { findings, recheckAt, undecided: unknown };
  },
  cleared(finding, journey, { map, calendar, now }) {
    const moment = finding.subject.slice('moment:'.length);
    const found = happened(journey, moment);
    if (found !== null) {
      const person = personOf(journey, found.personId);
      return `it happened: ${touchpointInWords(found)}${person === null ? '' : ` with ${person.name}`}`;
    }
    if (wasForgotten(journey, moment)) return 'it happened';
    if ((currentStay(journey)?.enteredAt ?? 0) > finding.since) return movedTo(journey, map);
    const { nextStep } = journey;
    return nextStep !== null && isAhead(nextStep, calendar, now) ? `next step set: ${nextStep.title}` : corrected;
  },
});

/** The newest touchpoint that is this moment. */
function happened({ touchpoints }: Journey, moment: string) {
  const names = new Set([foldName(moment)]);
  return touchpoints.find((touchpoint) => isCalled(touchpoint, names)) ?? null;
}

/** Whether it happened so long ago that nothing is known of it but when. */
const wasForgotten = ({ lastOf = {} }: Journey, moment: string): boolean => Object.keys(lastOf).some((type) => foldName(type) === foldName(moment));

function evidence({ touchpoints, nextStep }: Journey, label: string, enteredAt: EpochMs): Evidence[] {
  const [last] = touchpoints;
  return [
    { label: `In ${label} since`, at: enteredAt },
    ...(last === undefined ? [{ label: 'Touchpoints', count: 0 }] : [{ label: `Last touchpoint, ${inWords(last.type)}`, at: last.at }]),
    { label: 'Next step', text: nextStep === null ? 'none' : nextStep.title },
  ];
}
