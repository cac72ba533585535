import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { idPattern, to18 } from '../salesforce-id.ts';

/** One changed record, as an outbound message has it: the fields that were selected for it, as text. */
export type Notification = { id: string; object: string; fields: Record<string, string | null> };

export type Notifications = { organizationId: string; origin: string; notifications: Notification[] };

/** Exactly this counts as taken; anything else is sent again for 24 hours (SOAP API Developer Guide, "Outbound Messaging"). */
export const acknowledgement =
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>';

const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  isArray: (name) => name === 'Notification',
  // The five entities of XML itself, and (this is what `htmlEntities` is for) characters by number. A document cannot bring its own entities: one
  // with a DOCTYPE is refused before.
  htmlEntities: true,
  processEntities: { enabled: true, maxTotalExpansions: 100_000, maxExpandedLength: 1_000_000 },
});

const id = z.string().regex(idPattern).transform(to18);
const envelope = z.object({
  Envelope: z.object({
    Body: z.object({
      notifications: z.object({
        OrganizationId: id,
        EnterpriseUrl: z.url({ protocol: /^https?$/ }),
        // Salesforce sends 100 at the most; should it ever send more, it knows better. 1 MiB is the real limit.
        Notification: z
          .array(z.object({ Id: id, sObject: z.record(z.string(), z.unknown()) }))
          .min(1)
          .max(1_000),
      }),
    }),
  }),
});

/** What a body says, or why it says nothing. `SessionId`, which would let its reader into Salesforce, is left where it was. */
export function readNotifications(body: string): Notifications | string {
  // Entities that grow or read files need a DOCTYPE, which no outbound message has.
  if (/<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(body)) return 'a DOCTYPE is not taken';
  const document = parse(body);
  if (typeof document === 'string') return document;
  const read = envelope.safeParse(document.content);
  if (!read.success) return `not an outbound message: ${complaintOf(read.error)}`;
  const { OrganizationId, EnterpriseUrl, Notification } = read.data.Envelope.Body.notifications;
  const notifications: Notification[] = [];
  for (const { Id, sObject } of Notification) {
    const type = sObject['@_type'];
    if (typeof type !== 'string') return `not an outbound message: Notification ${Id} does not say what it is about`;
    notifications.push({ id: Id, object: type.replace(/^.*:/, ''), fields: fieldsOf(sObject) });
  }
  return { organizationId: OrganizationId, origin: new URL(EnterpriseUrl).origin, notifications };
}

/** What the document holds, or why it is none. */
function parse(body: string): { content: unknown } | string {
  try {
    const valid = XMLValidator.validate(body);
    return valid === true ? { content: parser.parse(body) } : `not XML: line ${valid.err.line}: ${valid.err.msg}`;
  } catch {
    return 'not XML that is taken: it has too many entities, or is nested too deeply';
  }
}

function fieldsOf(object: Record<string, unknown>): Record<string, string | null> {
  const fields: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(object)) {
    if (name.startsWith('@_') || name === '#text') continue;
    if (typeof value === 'string') fields[name] = value === '' ? null : value;
    else if (isNil(value)) fields[name] = null;
  }
  return fields;
}

const isNil = (value: unknown): boolean => typeof value === 'object' && value !== null && '@_nil' in value && value['@_nil'] === 'true';

function complaintOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  return `${issue?.path.join('.') || 'the body'}: ${issue?.message}`;
}
