import { z } from 'zod';
import { staleFeedParams } from '../core/detectors/stale-feed.ts';
import { calendarSchema, timezoneSchema } from './schema/calendar-section.ts';
import { alertsSchema, digestSchema, routeSchema } from './schema/delivery-section.ts';
import { mapSchema, ownersSchema, roleSchema, rulesSchema, segmentSchema } from './schema/map-section.ts';
import { reconcileSchema } from './schema/reconcile-section.ts';
import { channelSchema, keySchema } from './schema/scalars.ts';

/** journey.yml as its author writes it. Names that refer to others (roles, stages, rules …) are checked in resolve/. */
export const journeyFileSchema = z
  .strictObject({
    timezone: timezoneSchema.prefault('UTC').describe('An IANA time zone: opening hours, quiet hours and schedules are local times in it'),
    calendar: calendarSchema.prefault({}),
    extends: z.string().optional().describe('A template whose maps and rules hold here unless said otherwise'),
    roles: z.record(keySchema, roleSchema).default({}).describe('Roles of the buying committee: more of your own, or more for the built-in ones'),
    owners: ownersSchema.default({}).describe("The CRM's owners by id or name, where it does not say their e-mail addresses"),
    segments: z.record(keySchema, segmentSchema).default({}).describe('Groups of journeys that rules and routes can name'),
    rules: rulesSchema.optional().describe('For every map'),
    maps: z.record(keySchema, mapSchema).default({}).describe('Journey maps by name'),
    routes: z.array(routeSchema).default([]).describe('Where alerts go'),
    digests: z.array(digestSchema).default([]).describe('Scheduled summaries'),
    admin: channelSchema.optional().describe('The channel that hears of a broken map, unknown stages, channels that cannot be posted to'),
    alerts: alertsSchema.prefault({}),
    feed: staleFeedParams.prefault({}).describe('When a CRM that was sending counts as silent'),
    reconcile: reconcileSchema.prefault({}),
  })
  .meta({ title: 'journey.yml', description: "journey-bot's map of the customer's journey" });

/** A template: what a file can extend. */
export const templateSchema = z.strictObject({
  description: z.string(),
  rules: rulesSchema.optional(),
  maps: z.record(keySchema, mapSchema),
});

export type JourneyFile = z.output<typeof journeyFileSchema>;
