import type { Changed } from './salesforce-records.ts';
import { isInstant, type Kept, type ObjectName, type Value } from './schema.ts';

/** How messages go out: in what order, how often, how many to a body (Salesforce sends 100 at the most). */
export type Sending = { to: string; order?: (waiting: Waiting[]) => Waiting[]; times?: number; batch?: number; lose?: (waiting: Waiting) => boolean };
export type Waiting = { notificationId: string; object: ObjectName; id: string; attempts: number };

/** Exactly this counts; white space and the prefix are the receiver's own. */
const acknowledged =
  /^\s*(?:<\?xml[^>]*\?>\s*)?<(\w+):Envelope xmlns:\1="http:\/\/schemas\.xmlsoap\.org\/soap\/envelope\/">\s*<\1:Body>\s*<notificationsResponse xmlns="http:\/\/soap\.sforce\.com\/2005\/09\/outbound">\s*<Ack>true<\/Ack>\s*<\/notificationsResponse>\s*<\/\1:Body>\s*<\/\1:Envelope>\s*$/;

/** The fields that somebody selected for the message of each object. */
export const selected: Partial<Record<ObjectName, string[]>> = {
  Opportunity: [
    ...['Id', 'SystemModstamp', 'Name', 'AccountId', 'StageName', 'Amount', 'CloseDate', 'IsClosed', 'IsWon'],
    ...['LastStageChangeDate', 'RecordTypeId'],
  ],
  Account: ['Id', 'SystemModstamp', 'Name', 'Website', 'Type'],
  Contact: ['Id', 'SystemModstamp', 'FirstName', 'LastName', 'Title', 'Email', 'AccountId'],
  OpportunityContactRole: ['Id', 'SystemModstamp', 'OpportunityId', 'ContactId', 'Role', 'IsDeleted'],
  Task: [
    ...['Id', 'SystemModstamp', 'CreatedDate', 'WhatId', 'WhoId', 'AccountId', 'Subject', 'Type', 'TaskSubtype', 'CallType', 'IsClosed'],
    ...['ActivityDate', 'CompletedDateTime'],
  ],
  Event: [
    ...['Id', 'SystemModstamp', 'CreatedDate', 'WhatId', 'WhoId', 'AccountId', 'Subject', 'Type', 'StartDateTime', 'ActivityDate'],
    ...['IsChild', 'IsRecurrence', 'GroupEventType'],
  ],
};

/**
 * Salesforce's outbound messages: one notification a change, kept until somebody acknowledges it exactly, with the values of when it is sent, not of
 * when the record changed. Deletions send none.
 */
export function createOutboundMessages({
  organizationId,
  origin,
  find,
}: {
  organizationId: string;
  origin: () => string;
  find: (object: ObjectName, id: string) => Kept | undefined;
}) {
  let waiting: Waiting[] = [];
  let lastNumber = 0;
  const sent: string[] = [];

  const bodyOf = (object: ObjectName, notifications: string[]): string =>
    `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>${organizationId}</OrganizationId>
   <ActionId>04k${object.length.toString().padStart(12, '0')}AAA</ActionId>
   <SessionId xsi:nil="true"/>
   <EnterpriseUrl>${origin()}/services/Soap/c/62.0/${organizationId}</EnterpriseUrl>
   <PartnerUrl>${origin()}/services/Soap/u/62.0/${organizationId}</PartnerUrl>
${notifications.join('\n')}
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`;

  const notification = ({ notificationId, object, id }: Waiting): string => {
    const row = find(object, id) ?? { Id: id };
    const fields = (selected[object] ?? []).flatMap((name) => {
      const value = row[name] ?? null;
      return value === null ? [] : [`     <sf:${name}>${escaped(textOf(name, value))}</sf:${name}>`];
    });
    return `   <Notification>
    <Id>${notificationId}</Id>
    <sObject xsi:type="sf:${object}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
${fields.join('\n')}
    </sObject>
   </Notification>`;
  };

  async function post(to: string, body: string): Promise<{ status: number; taken: boolean }> {
    sent.push(body);
    const response = await fetch(to, { method: 'POST', body, headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' } }).catch(
      () => null,
    );
    const answer = (await response?.text()) ?? '';
    const isXml = response?.headers.get('content-type')?.startsWith('text/xml') === true;
    return { status: response?.status ?? 0, taken: response?.status === 200 && isXml && acknowledged.test(answer) };
  }

  return {
    /** Bodies as they went out. */
    sent,
    note({ object, id, change }: Changed): void {
      if (selected[object] === undefined || change === 'DELETE') return;
      lastNumber += 1;
      waiting.push({ notificationId: `04l${String(lastNumber).padStart(12, '0')}AAA`, object, id, attempts: 0 });
    },
    waiting: () => waiting.length,
    bodyOf: (object: ObjectName, ids: string[]): string =>
      bodyOf(
        object,
        ids.map((id, index) => notification({ notificationId: `04l9${String(index).padStart(11, '0')}AAA`, object, id, attempts: 0 })),
      ),
    /** Sends what waits; what is not acknowledged waits on. Resolves with the answers' codes. */
    async send({ to, order = (all) => all, times = 1, batch = 100, lose = () => false }: Sending): Promise<number[]> {
      waiting = waiting.filter((one) => !lose(one));
      const queue = Array.from({ length: times }, () => order([...waiting])).flat();
      const codes: number[] = [];
      const taken = new Set<string>();
      while (queue.length > 0) {
        const [first] = queue;
        // A message is of one object.
        const end = queue.findIndex((one, index) => index >= batch || one.object !== first?.object);
        const part = queue.splice(0, end === -1 ? queue.length : end);
        for (const one of part) one.attempts += 1;
        const answer = await post(to, bodyOf(first?.object ?? 'Account', part.map(notification)));
        codes.push(answer.status);
        if (answer.taken) for (const { notificationId } of part) taken.add(notificationId);
      }
      waiting = waiting.filter(({ notificationId }) => !taken.has(notificationId));
      return codes;
    },
  };
}

const textOf = (name: string, value: Value): string => (isInstant(name) && typeof value === 'number' ? new Date(value).toISOString() : String(value));

const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));
