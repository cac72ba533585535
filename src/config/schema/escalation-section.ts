import { z } from 'zod';
import { durationSchema } from '../../core/duration.ts';
import { notifiable } from '../../core/journey/journey-map.ts';
import { channelSchema, oneOrMore } from './scalars.ts';

/** More than these, and nobody reads them. */
const mostSteps = 10;

export const notifySchema = oneOrMore(z.enum(notifiable))
  .transform((notify) => [...new Set(notify)])
  .meta({ id: 'notify', description: "Whom to mention in Slack: the CRM owner, the owner's manager, the team of the stage; one, or a list" });

const stepSchema = z
  .strictObject({
    after: durationSchema.describe('How long after the step before nobody has taken it; the first one: after the alert was said'),
    notify: notifySchema.optional().describe('Whom to mention'),
    channel: channelSchema.optional().describe("Where the journey's card is posted as well; default: a reply in the thread of the card"),
  })
  .refine(({ notify, channel }) => notify !== undefined || channel !== undefined, 'must say whom to `notify`, or name a `channel`')
  // Of what is no duration, that has been said: it has no amount.
  .refine(({ after }) => !(after.amount <= 0), { path: ['after'], error: 'must be longer than nothing' })
  .meta({ id: 'step', description: 'What follows while nobody takes an alert' });

const stepsExpected = 'expected a list of steps such as [{ after: 4bh, notify: manager }], or off';

export const escalateSchema = z
  .union([
    z.literal(false).transform((): EscalationSection => []),
    // Not a constant: of what is no list either, the reader is to be told what a list looks like.
    z
      .string(stepsExpected)
      .regex(/^off$/, stepsExpected)
      .transform((): EscalationSection => []),
    z.array(stepSchema, stepsExpected).min(1, 'must have at least one step; off: nothing follows').max(mostSteps, `has more than ${mostSteps} steps`),
  ])
  .meta({ id: 'escalate', description: 'Steps, in their order, until somebody acknowledges, snoozes or resolves the alert' });

export type EscalationSection = z.output<typeof stepSchema>[];

const emailExpected = 'expected an e-mail address';

/** The key that holds for those who are not named. */
export const everybodyElse = 'default';

export const managersSchema = z
  .record(
    z.string().refine((key) => key === everybodyElse || z.email().safeParse(key).success, `${emailExpected} of an owner, or ${everybodyElse}`),
    z.email(emailExpected),
  )
  .meta({ id: 'managers', description: "The manager's e-mail address by the owner's; default: of everybody else" });
