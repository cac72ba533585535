import { z } from 'zod';
import { durationInWords, durationSchema } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import type { EpochMs } from '../time.ts';
import { defineDetector, type Evidence, nothing, undecided } from './detector.ts';
import { isAhead, passed, pausedUntil } from './pause.ts';
import { afterSchema, layerLimit, learnLimit, limitInWords, oddsBeyond, ownLimit, type StallParams, stallLimit } from './stall-limit.ts';
import { currentStay } from './stays.ts';
import { movedTo, personToAsk, whomToAsk } from './words.ts';

/** Nothing happened between the customer and us: the map says so, the CRM, what was learned, or the record. */
const longerNow = 'it may stay longer now: its limit or the CRM record was changed';

/**
 * In its stage longer than `after`, counted from the entry of the current stay; with `after: crm` longer than the CRM itself allows, counted from
 * the entry of the CRM's stage; with a percentile longer than that share of the won ones stayed. A dated next step ahead pauses it, up to `patience`.
 *
 * Clears when it leaves the stage, or a next step gets a date.
 */
export const stalled = defineDetector<StallParams>({
  name: 'stalled',
  title: 'Stalled',
  summary: 'A journey stays in its stage longer than expected and no dated next step is ahead.',
  silence: true,
  list: 'stalled',
  stageLimit(params, current) {
    if (current !== null) return stallLimit(params, current.journey, current.enteredAt);
    // What the CRM allows it says of the stage that the deal is in, and of no other.
    const after = ownLimit(params);
    return after === null ? null : { from: null, after };
  },
  layer: layerLimit,
  learn: learnLimit,
  quieter: { parameter: 'after', way: 'more' },
  severity: 'warning',
  params: z.strictObject({
    after: afterSchema
      .prefault('15bd')
      .describe('How long a journey may stay in the stage; crm: as long as the CRM itself allows; p75: as long as 75% of the won ones stayed'),
    otherwise: durationSchema
      .prefault('15bd')
      .describe('With after: crm, how long it may stay where the CRM does not say; with a percentile, where too few were won'),
    sample: z.int().min(5).max(10_000).default(20).describe('How many must have been won, or have ended, to learn from them'),
    patience: durationSchema.prefault('15bd').describe('How long beyond that a dated next step may hold it back; one that is set later: beyond then'),
  }),
  explain: (params) =>
    `in a stage longer than ${limitInWords(params)}; a dated next step ahead holds it back for up to ${durationInWords(params.patience)} more`,
  detect(journey, params, { stage, calendar, now }) {
    const { patience } = params;
    const stay = currentStay(journey);
    if (stay === null) return undecided;
    // Where it is nobody knows; if it was in a stage that is known, it has left that one.
    if (stage === null) return journey.visits.some((visit) => visit.stage !== null) ? nothing : undecided;
    const { from, after } = stallLimit(params, journey, stay.enteredAt);
    const limit = calendar.add(from, after);
    const dueAt = pausedUntil(journey, limit, patience, calendar);
    if (now < dueAt) return { findings: [], recheckAt: dueAt };
    const person = personToAsk(journey);
    const { nextStep } = journey;
    // It has waited for that long enough.
    const ahead = nextStep !== null && isAhead(nextStep, calendar, now) ? nextStep : null;
    return {
      findings: [
        {
          subject: 'journey',
          since: stay.enteredAt,
          ...passed(limit, dueAt),
          headline: `Stalled in ${stage.label}`,
          expected: `leaves ${stage.label} within ${durationInWords(after)}`,
          people: person === null ? [] : [person.id],
          evidence: [...evidence(journey, stage.label, stay.enteredAt, limit), ...oddsBeyond(params, stay.enteredAt, limit, calendar)],
          nextStep: suggestion(journey, stage.label, ahead),
        },
      ],
      recheckAt: ahead?.due == null ? null : calendar.endOfDay(ahead.due),
    };
  },
  cleared(finding, journey, { map, calendar, now }) {
    if ((currentStay(journey)?.enteredAt ?? 0) > finding.since) return movedTo(journey, map);
    const { nextStep } = journey;
    return nextStep !== null && isAhead(nextStep, calendar, now) ? `next step set: ${nextStep.title}` : longerNow;
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

function suggestion(journey: Journey, label: string, ahead: Journey['nextStep']): string {
  const whom = whomToAsk(journey);
  if (ahead !== null) return `Ask ${whom} what is needed to leave ${label} before “${ahead.title}”`;
  return journey.nextStep === null
    ? `Ask ${whom} what is needed to leave ${label}, and agree on a dated next step`
    : `Ask ${whom} where “${journey.nextStep.title}” stands, and agree on a date`;
}
