import { z } from 'zod';
import { durationSchema } from '../../core/duration.ts';
import { offSchema } from './scalars.ts';

/** More often than this, asking costs a CRM more than it brings. */
const often = durationSchema.refine(
  ({ amount, unit }) => amount > 0 && !(unit === 's' && amount < 60),
  'must be a minute or more (`1m`); off: never',
);

const every = (usual: string, crm: string) => z.union([offSchema, often]).prefault(usual).describe(`How often ${crm} is asked; off: never`);

export const reconcileSchema = z
  .strictObject({
    hubspot: every('30m', 'HubSpot'),
    salesforce: every('30m', 'Salesforce'),
    // Its ban on webhooks that fail lasts half an hour, and what happens meanwhile is lost.
    pipedrive: every('15m', 'Pipedrive'),
  })
  .meta({ id: 'reconcile', description: 'How often a CRM is asked what has changed, to fetch what its webhooks did not bring' });
