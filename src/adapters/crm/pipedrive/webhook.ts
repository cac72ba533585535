import { hash } from 'node:crypto';
import { z } from 'zod';
import { idText } from './pipedrive-objects.ts';
import { timeOf } from './times.ts';

const optionalId = idText.nullish().transform((value) => value ?? null);
const plain = z
  .union([z.string().max(255), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? '' : String(value)));

/**
 * A webhook of version 2: what is read of it. `data` and `previous` are looked at where they are needed; new fields are let through (and kept: the
 * inbox holds the webhook as it came).
 */
export const webhookBody = z.object({
  meta: z.object({
    action: z.enum(['create', 'change', 'delete'], 'expected a webhook of version 2.0 (create, change or delete)'),
    entity: z.string().min(1).max(60),
    // A lead's is a UUID.
    entity_id: z.union([z.number(), z.string().min(1).max(60)]).transform(String),
    id: plain,
    correlation_id: plain,
    company_id: plain,
    host: z.string().max(255).nullish(),
    timestamp: z.union([z.string(), z.number()]).transform((value, context) => {
      const at = timeOf(value);
      if (at === null) context.addIssue({ code: 'custom', message: 'expected a time' });
      return { at: at ?? 0, text: String(value) };
    }),
    merged_to_id: optionalId,
    merged_from_id: optionalId,
  }),
  data: z.record(z.string(), z.unknown()).nullish(),
  previous: z.record(z.string(), z.unknown()).nullish(),
});

export type Webhook = z.output<typeof webhookBody>;

/**
 * What makes an event itself. Its documented id is one of its own, and some senders have been seen to put the object's there, so the time and what is
 * said stand beside it. Without the attempt, all that differs when Pipedrive sends it again, and without the webhook: one event that two of them
 * deliver is one event.
 */
export function webhookKey({ meta, data = null, previous = null }: Webhook): string {
  const content = hash('sha256', JSON.stringify([data, previous, meta.merged_to_id, meta.merged_from_id]), 'base64url').slice(0, 16);
  return [meta.company_id, meta.entity, meta.entity_id, meta.action, meta.id, meta.correlation_id, meta.timestamp.text, content].join(':');
}
