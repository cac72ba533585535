import { z } from 'zod';
import { type Duration, durationInWords, durationSchema } from '../duration.ts';
import type { Journey } from '../journey/journey.ts';
import type { EpochMs } from '../time.ts';
import { defineDetector, type Evidence, undecided } from './detector.ts';
import { isAhead, pausedUntil } from './pause.ts';
import { currentStay } from './stays.ts';
import { corrected, movedTo, personToAsk, whomToAsk } from './words.ts';

const crm = 'crm';

/**
 * In its stage longer than `after`, counted from the entry of the current stay; with `after: crm` longer than the CRM itself allows, counted from
 * the entry of the CRM's stage. A dated next step ahead pauses it, up to `patience`.
 */
export const stalled = defineDetector({
  name: 'stalled',
  title: 'Stalled',
  summary: 'A journey stays in its stage longer than expected and no dated next step is ahead.',
  silence: true,
  list: 'stalled',
  stageLimit(params, current) {
    if (current !== null) return allowed(current.journey, current.enteredAt, params);
    // What the CRM allows it says of the stage that the deal is in, and of no other.
    return params.after === crm ? null : { from: null, after: params.after };
  },
  severity: 'warning',
  params: z.strictObject({
    after: z
      .union([durationSchema, z.literal(crm)])
      .prefault('15bd')
      .describe('How long a journey may stay in the stage; crm: as long as the CRM itself allows'),
    otherwise: durationSchema.prefault('15bd').describe('With after: crm, how long it may stay where the CRM does not say'),
    patience: durationSchema.prefault('15bd').describe('How long beyond that a dated next step may hold it back'),
  }),
  explain: ({ after, otherwise, patience }) => {
    const limit = after === crm ? `the CRM allows in it (where it does not say: ${durationInWords(otherwise)})` : durationInWords(after);
    return `in a stage longer than ${limit}; a dated next step ahead holds it back for up to ${durationInWords(patience)} more`;
  },
  detect(journey, params, { stage, calendar, now }) {
    const { patience } = params;
    const stay = currentStay(journey);
    if (stage === null || stay === null) return undecided;
    const { from, after } = allowed(journey, stay.enteredAt, params);
    const limit = calendar.add(from, after);
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

type Params = { after: Duration | typeof crm; otherwise: Duration };

/** A stay in a stage of the map can be older than that in the CRM's stage, where the map folds several into one: never the other way round. */
function allowed({ deal }: Journey, enteredAt: EpochMs, { after, otherwise }: Params): { from: EpochMs; after: Duration } {
  if (after !== crm) return { from: enteredAt, after };
  const limit = deal?.stallLimit ?? null;
  return limit === null
    ? { from: enteredAt, after: otherwise }
    : { from: Math.max(enteredAt, limit.since), after: { amount: limit.days, unit: 'd' } };
}

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
