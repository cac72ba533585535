import { z } from 'zod';
import { staleFeedParams } from '../core/detectors/stale-feed.ts';
import { accessSchema } from './schema/access-section.ts';
import { assetsSchema, teamsSchema } from './schema/asset-section.ts';
import { calendarSchema, timezoneSchema } from './schema/calendar-section.ts';
import { alertsSchema, digestSchema, routeSchema } from './schema/delivery-section.ts';
import { managersSchema } from './schema/escalation-section.ts';
import { healthSchema } from './schema/health-section.ts';
import { mapSchema, ownersSchema, roleSchema, rulesSchema, segmentSchema } from './schema/map-section.ts';
import { playbookSchema } from './schema/playbook-section.ts';
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
    managers: managersSchema.default({}).describe('Whom `notify: manager` means'),
    teams: teamsSchema.describe('Our teams, which stages can belong to'),
    assets: assetsSchema.describe('The catalogue: what we show to whom, in which stage'),
    health: healthSchema.optional().describe('What the health of accounts is made of, for every map for accounts'),
    segments: z.record(keySchema, segmentSchema).default({}).describe('Groups of journeys that rules and routes can name'),
    rules: rulesSchema.optional().describe('For every map'),
    maps: z.record(keySchema, mapSchema).default({}).describe('Journey maps by name'),
    playbook: playbookSchema.default({}).describe('What to do about a finding, in your own words'),
    routes: z.array(routeSchema).default([]).describe('Where alerts go'),
    digests: z.array(digestSchema).default([]).describe('Scheduled summaries'),
    admin: channelSchema.optional().describe('The channel that hears of a broken map, unknown stages, channels that cannot be posted to'),
    alerts: alertsSchema.prefault({}),
    access: accessSchema.prefault({}),
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
