import { z } from 'zod';
import { idPattern, to18 } from '../salesforce-id.ts';

const id = z.string().regex(idPattern).transform(to18);

/** What the inbox holds of Salesforce: one notification of an outbound message, or one change event of the stream (its header alone). */
export const inboxBody = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('message'),
    origin: z.string(),
    object: z.string(),
    fields: z.record(z.string(), z.string().nullable()),
  }),
  z.object({
    kind: z.literal('change'),
    object: z.string(),
    change: z.string(),
    ids: z.array(id).max(10_000),
    at: z.number().int().nonnegative(),
  }),
]);

export type InboxBody = z.output<typeof inboxBody>;
