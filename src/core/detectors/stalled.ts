import { z } from 'zod';
import { durationInWords, durationSchema } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import type { EpochMs } from '../time.ts';
import { defineDetector, type Evidence, undecided } from './detector.ts';
import { isAhead, pausedUntil } from './pause.ts';
import { currentStay } from './stays.ts';
import { corrected, movedTo, personToAsk, whomToAsk } from './words.ts';

/** In its stage longer than `after`, counted from the entry of the current stay. A dated next step ahead pauses it, up to `patience`. */
export const stalled = defineDetector({
  name: 'stalled',
  title: 'Stalled',
  summary: 'A journey stays in its stage longer than expected and no dated next step is ahead.',
  silence: true,
  list: 'stalled',
  severity: 'warning',
  params: z.strictObject({
    after: durationSchema.prefault('15bd').describe('How long a journey may stay in the stage'),
    patience: durationSchema.prefault('15bd').describe('How long beyond that a dated next step may hold it back'),
  }),
  explain: ({ after, patience }) =>
    `in a stage longer than ${durationInWords(after)}; a dated next step ahead holds it back for up to ${durationInWords(patience)} more`,
  detect(journey, { after, patience }, { stage, calendar, now }) {
    const stay = currentStay(journey);
    if (stage === null || stay === null) return undecided;
    const limit = calendar.add(stay.enteredAt, after);
    const dueAt = pausedUntil(journey, limit, patience, calendar);
    if (now < dueAt) return { findings: [], recheckAt: dueAt };
    const person = personToAsk(journey);
    return {
      findings: [
        {
          subject: 'journey',
          since: stay.enteredAt,
          dueAt,
          headline: `Stalled in ${stage.label}`,
          expected: `leaves ${stage.label} within ${durationInWords(after)}`,
          people: person === null ? [] : [person.id],
          evidence: evidence(journey, stage.label, stay.enteredAt, limit),
          nextStep: suggestion(journey, stage.label),
        },
      ],
      recheckAt: null,
    };
  },
  cleared(finding, journey, { map, calendar, now }) {
    if ((currentStay(journey)?.enteredAt ?? 0) > finding.since) return movedTo(journey, map);
    const { nextStep } = journey;
    return nextStep !== null && isAhead(nextStep, calendar, now) ? `next step set: ${nextStep.title}` : corrected;
  },
});

function evidence({ nextStep }: Journey, label: string, enteredAt: EpochMs, limit: EpochMs): Evidence[] {
  const values: Evidence[] = [
    { label: `In ${label} since`, at: enteredAt },
    { label: 'Expected to leave by', at: limit },
  ];
  if (nextStep === null) values.push({ label: 'Next step', text: 'none' });
  else values.push({ label: 'Next step', text: nextStep.title });
  if (nextStep?.due != null) values.push({ label: 'Next step due', day: nextStep.due });
  return values;
}

function suggestion(journey: Journey, label: string): string {
  const whom = whomToAsk(journey);
  return journey.nextStep === null
    ? `Ask ${whom} what is needed to leave ${label}, and agree on a dated next step`
    : `Ask ${whom} where “${journey.nextStep.title}” stands, and agree on a date`;
}
