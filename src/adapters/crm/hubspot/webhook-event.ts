import { z } from 'zod';

const id = z.union([z.number().int().nonnegative().safe(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const word = z.string().min(1).max(255);

/**
 * One event of a webhook's body: what is read of it. HubSpot adds fields now and then, so unknown ones are let through (and kept: the inbox
 * holds the event as it came). `objectId` is missing in some association and merge events.
 */
export const webhookEvent = z
  .object({
    eventId: id,
    portalId: z.number().int().nonnegative().safe(),
    occurredAt: z.number().int().positive().safe(),
    subscriptionType: word.optional(),
    eventType: word.optional(),
    objectTypeId: word.optional(),
    objectId: id.optional(),
    propertyName: word.optional(),
    propertyValue: z.union([z.string(), z.number(), z.boolean()]).transform(String).nullish(),
    associationType: word.optional(),
    fromObjectId: id.optional(),
    toObjectId: id.optional(),
    fromObjectTypeId: word.optional(),
    toObjectTypeId: word.optional(),
    associationRemoved: z.boolean().optional(),
    isPrimaryAssociation: z.boolean().optional(),
    primaryObjectId: id.optional(),
    mergedObjectIds: z.array(id).max(1_000).optional(),
    newObjectId: id.optional(),
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
