import { z } from 'zod';

const id = z.union([z.number().int().nonnegative().safe(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const word = z.string().min(1).max(255);
/** A field that HubSpot sends empty says no more than one it leaves out. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined);

/**
 * One event of a webhook's body: what is read of it. HubSpot adds fields now and then, so unknown ones are let through (and kept: the inbox
 * holds the event as it came). `objectId` is missing in some association and merge events.
 */
export const webhookEvent = z
  .object({
    eventId: id,
    portalId: id.transform(Number),
    occurredAt: id.transform(Number).refine((at) => at > 0 && Number.isSafeInteger(at), 'expected a time in milliseconds'),
    subscriptionType: optional(word),
    eventType: optional(word),
    objectTypeId: optional(word),
    objectId: optional(id),
    propertyName: optional(word),
    propertyValue: z.union([z.string(), z.number(), z.boolean()]).transform(String).nullish(),
    associationType: optional(word),
    fromObjectId: optional(id),
    toObjectId: optional(id),
    fromObjectTypeId: optional(word),
    toObjectTypeId: optional(word),
    associationRemoved: optional(z.boolean()),
    isPrimaryAssociation: optional(z.boolean()),
    primaryObjectId: optional(id),
    mergedObjectIds: optional(z.array(id).max(1_000)),
    newObjectId: optional(id),
  })
  .refine((event) => (event.subscriptionType ?? event.eventType) !== undefined, { path: ['subscriptionType'], error: 'is missing' })
  .refine((event) => (event.objectId ?? event.primaryObjectId ?? event.fromObjectId) !== undefined, { path: ['objectId'], error: 'is missing' });

export type WebhookEvent = z.output<typeof webhookEvent>;

/**
 * What makes an event itself: HubSpot's `eventId` alone is not unique. Without `attemptNumber`, which is all that differs when HubSpot sends it
 * again.
 */
export function eventKey(event: WebhookEvent): string {
  const subject = event.objectId ?? event.primaryObjectId ?? `${event.fromObjectId}>${event.toObjectId}`;
  const type = event.subscriptionType ?? event.eventType;
  return [event.portalId, type, event.objectTypeId, subject, event.eventId, event.occurredAt, event.propertyName]
    .filter((part) => part !== undefined)
    .join(':');
}
