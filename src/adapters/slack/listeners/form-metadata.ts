import { z } from 'zod';
import { limits } from '../views/limits.ts';

/** What forms carry along: written when they are opened, read when they come back. */

/** `seen`: what people had made of the alert when the form was opened. */
export const alertMetadata = z.strictObject({ alertId: z.string(), seen: z.string() });
/** `id` of the account, or of a deal without one. `entryId`: what is to be logged once, whoever fills the form in. */
export const placeMetadata = z.strictObject({ accountId: z.string().nullable(), dealId: z.string().nullable(), entryId: z.string().optional() });
export const accountMetadata = z.strictObject({ accountId: z.string() });

type Metadata = z.infer<typeof alertMetadata> | z.infer<typeof placeMetadata> | z.infer<typeof accountMetadata>;

/** @throws RangeError where Slack would not carry it */
export function writeMetadata(metadata: Metadata): string {
  const text = JSON.stringify(metadata);
  if (text.length > limits.privateMetadata) throw new RangeError('ids too long for a form of Slack');
  return text;
}
