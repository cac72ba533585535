import { z } from 'zod';
import { daysSchema } from '../../core/duration.ts';
import { labelSchema, offSchema } from './scalars.ts';

const weightSchema = z.number().positive().max(100).describe('How much it counts, beside the others');

const metricSchema = z
  .strictObject({
    weight: weightSchema.optional(),
    label: labelSchema.optional().describe('As people see it; default: made of the name'),
    good: z.number().optional().describe('The value that counts as 100; default: what is usual for the account'),
    bad: z.number().optional().describe('The value that counts as 0'),
    less: z.boolean().optional().describe('The less of it the better, compared with what is usual for the account'),
  })
  .refine(({ good, bad }) => (good === undefined) === (bad === undefined), 'give both `good` and `bad`, or neither')
  .refine(({ good, bad }) => good === undefined || good !== bad, '`good` and `bad` must differ')
  .meta({ id: 'healthMetric' });

export const healthSchema = z
  .strictObject({
    metrics: z
      .record(z.string().trim().min(1), z.union([offSchema, metricSchema]))
      .optional()
      .describe('By the name that signals give the metric; off takes one of a template out'),
    committee: z
      .union([
        offSchema,
        z.strictObject({
          weight: weightSchema.optional(),
          people: z.int().min(1).max(50).optional().describe('How many people should have been heard from; default: 2'),
          within: daysSchema.optional().describe('In how many days; default: 90d'),
        }),
      ])
      .optional()
      .describe('The buying committee: how many of its people were heard from'),
    fresh: daysSchema.optional().describe('An older measurement counts as missing; default: 45d'),
    enough: z.int().min(1).max(100).optional().describe('Percent of all weight that must be known, or there is no index; default: 50'),
  })
  .meta({ id: 'health', description: "What an account's health is made of" });

export type HealthSection = z.output<typeof healthSchema>;
