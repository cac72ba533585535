import { z } from 'zod';
import { homeStateSchema } from '../views/app-home-state.ts';
import { limits } from '../views/limits.ts';

/** What forms carry along: written when they are opened, read when they come back. `home`: what was looked at on the Home tab that it was opened from. */
const home = homeStateSchema.optional();

/** `seen`: what people had made of the alert when the form was opened. */
export const alertMetadata = z.strictObject({ alertId: z.string(), seen: z.string(), home });
/** `id` of the account, or of a deal without one. `entryId`: what is to be logged once, whoever fills the form in. */
export const placeMetadata = z.strictObject({
  accountId: z.string().nullable(),
  dealId: z.string().nullable(),
  entryId: z.string().optional(),
  home,
});
export const accountMetadata = z.strictObject({ accountId: z.string(), home });

/** Of a new subscription `id` is null. `timezone`: in which the hour was asked for. */
export const subscriptionMetadata = z.strictObject({ id: z.string().nullable(), timezone: z.string(), home });

type Metadata = z.infer<typeof alertMetadata | typeof placeMetadata | typeof accountMetadata | typeof subscriptionMetadata>;

/** @throws RangeError where Slack would not carry it */
export function writeMetadata(metadata: Metadata): string {
  const text = JSON.stringify(metadata);
  if (text.length > limits.privateMetadata) throw new RangeError('ids too long for a form of Slack');
  return text;
}
