import { validate } from 'node-cron';
import { z } from 'zod';
import { durationSchema } from '../../core/duration.ts';
import { type Notify, severities } from '../../core/journey/journey-map.ts';
import { timezoneSchema } from './calendar-section.ts';
import { type EscalationSection, escalateSchema, notifySchema } from './escalation-section.ts';
import { channelSchema, comparisonSchema, offSchema, oneOrMore, timeRangeText } from './scalars.ts';

const matchSchema = z
  .strictObject({
    segment: oneOrMore(z.string()).optional(),
    map: oneOrMore(z.string()).optional(),
    stage: oneOrMore(z.string()).optional(),
    rule: oneOrMore(z.string()).optional(),
    severity: oneOrMore(z.enum(severities)).optional(),
    owner: oneOrMore(z.email('expected an e-mail address')).optional().describe("The owner's e-mail address"),
    amount: comparisonSchema.optional(),
  })
  .meta({ id: 'match', description: 'All that is given must hold; a list: one of it' });

export type MatchSection = z.output<typeof matchSchema>;
export type RouteSection = {
  channel?: string | undefined;
  match?: MatchSection | undefined;
  notify?: Notify[] | undefined;
  escalate?: EscalationSection | undefined;
  continue: boolean;
  routes: RouteSection[];
};

export const routeSchema = z
  .strictObject({
    channel: channelSchema.optional().describe("Where alerts go; default: the parent's channel"),
    match: matchSchema.optional(),
    notify: notifySchema.optional().describe('Whom to mention on the card'),
    escalate: escalateSchema.optional().describe('What follows while nobody takes an alert; default: as the parent says'),
    continue: z.boolean().default(false).describe('Let the next routes have it, too'),
    get routes(): z.ZodDefault<z.ZodArray<z.ZodType<RouteSection>>> {
      return z.array(routeSchema as z.ZodType<RouteSection>).default([]);
    },
  })
  .meta({ id: 'route', description: 'The first child that matches takes the alert' });

export const digestSchema = z
  .strictObject({
    channel: channelSchema,
    schedule: z
      .string('expected a cron expression such as "0 9 * * mon"')
      .refine((text) => text.trim().split(/\s+/).length === 5, 'expected five fields: minute, hour, day, month, weekday, such as "0 9 * * mon"')
      .refine((text) => text.trim().split(/\s+/).length !== 5 || validate(text), 'is no cron expression that ever comes due; try "0 9 * * mon"')
      .meta({ description: 'Cron expression: minute, hour, day, month, weekday', examples: ['0 9 * * mon'] }),
    timezone: timezoneSchema.optional().describe("Default: the file's time zone"),
    match: matchSchema.default({}),
  })
  .meta({ id: 'digest' });

const quietExpected = 'expected quiet hours such as "19:00-08:00"';
const quietHours = z
  .string(quietExpected)
  .regex(timeRangeText, quietExpected)
  .transform((text) => {
    const [, from = '', to = ''] = timeRangeText.exec(text) ?? [];
    return { from, to };
  })
  // 24:00 is the 00:00 of the next day: such hours would leave none in which anything may be said, or be none themselves.
  .refine(({ from, to }) => from.replace(/^24/, '00') !== to.replace(/^24/, '00'), 'must not begin and end at the same time');

export const alertsSchema = z
  .strictObject({
    repeat: z.union([offSchema, durationSchema]).prefault('3bd').describe('Say an unchanged open alert again after this; off: never'),
    gather: durationSchema.prefault('10m').describe("What comes this soon after a card's first post edits the card and posts nothing"),
    quiet: z
      .union([
        offSchema,
        quietHours.transform((hours) => ({ ...hours, offDays: true })),
        z
          .strictObject({ hours: quietHours, offDays: z.boolean().default(true).describe('Quiet on days off, too') })
          .transform(({ hours, offDays }) => ({ ...hours, offDays })),
      ])
      .prefault('off')
      .describe('Local hours in which nothing new is posted, "19:00-08:00"; days off are quiet, too, unless offDays: false'),
    budget: z.int().min(1).max(1000).default(20).describe('New cards a channel and day; the rest goes onto one message'),
    digestOnly: z.array(z.enum(severities)).default([]).describe('Severities that only digests tell of'),
    settle: durationSchema.prefault('2s').describe('History that arrives late is judged once its feed has been quiet this long'),
    importSummaryOver: z.int().min(1).max(10_000).default(20).describe('More new cards than this out of one import: one summary a channel'),
  })
  // Said again after no time at all, an alert would be said for ever.
  .refine(({ repeat }) => repeat === null || repeat.amount > 0, { path: ['repeat'], error: 'must be longer than nothing; off: never' })
  .meta({ id: 'alerts', description: 'How loud the bot may be' });
