import { isUtf8 } from 'node:buffer';
import { createHash, timingSafeEqual } from 'node:crypto';
import { countIgnored } from '../../../app/count-ignored.ts';
import type { CrmSource, Parsed } from '../../../app/crm-source.ts';
import type { Clock, InboxRow, Logger } from '../../../app/ports.ts';
import type { EpochMs } from '../../../core/time.ts';
import { parseJson } from '../parse-json.ts';
import { parseRows } from '../parse-rows.ts';
import { idPattern, isId, isSameId, to18 } from '../salesforce-id.ts';
import { createEnrich, type Want } from './enrich.ts';
import { type InboxBody, inboxBody } from './inbox-body.ts';
import { messageSignals } from './message-signals.ts';
import { isObjectName } from './object-names.ts';
import type { SalesforceApi } from './salesforce-api.ts';
import { acknowledgement, readNotifications } from './soap-notifications.ts';

export type SalesforceSourceDeps = {
  /** Null: no outbound messages; the inbox is filled by the stream alone. */
  door: { secret: string; organizationId: string } | null;
  /** Null without access to the API: then messages are believed for what they say. */
  api: SalesforceApi | null;
  clock: Clock;
  logger: Logger;
  /** A message about an object that the bot has no use for, by its name. */
  onIgnored?: (kind: string) => void;
};

/**
 * Salesforce's outbound messages, which are not signed: a secret in the path and the organization's id say that they are its own. One inbox row a
 * notification. With the API they are hints, and the present state is looked up; the stream's change events take the same way.
 */
export function createSalesforceSource({ door, api, clock, logger, onIgnored }: SalesforceSourceDeps): CrmSource {
  const enrich = api === null ? null : createEnrich(api, clock, logger);
  const ignore = countIgnored('salesforce', 'Salesforce sends messages that are not used: its flow can be narrowed', logger, onIgnored);
  const knows = door === null ? () => false : secretCheck(door.secret);
  return {
    source: 'salesforce',
    path: '/webhooks/salesforce/:secret',
    contentTypes: ['text/xml', 'application/soap+xml'],
    answer: { contentType: 'text/xml; charset=utf-8', body: acknowledgement },
    ...(door === null ? { closed: true } : {}),
    verify({ path, body }) {
      if (door === null || !knows(secretIn(path))) return { ok: false, status: 401, message: 'the address is not the one that Salesforce was given' };
      if (!isUtf8(body)) return { ok: false, status: 400, message: 'not UTF-8' };
      const read = readNotifications(body.toString('utf8'));
      if (typeof read === 'string') return { ok: false, status: 400, message: read };
      if (!isSameId(read.organizationId, door.organizationId))
        return { ok: false, status: 401, message: 'OrganizationId is not SALESFORCE_ORGANIZATION_ID' };
      const { origin, notifications } = read;
      const entries = notifications.map(({ id, object, fields }) => {
        const kept: InboxBody = { kind: 'message', origin, object, fields };
        return { key: `notification:${id}`, body: JSON.stringify(kept) };
      });
      return { ok: true, entries };
    },
    parse: (rows, now) =>
      parseRows(
        rows,
        (row) => readRow(row, api !== null),
        (alive) => {
          for (const { ignored } of alive) if (ignored !== null) ignore(ignored);
          return enrich === null ? alive.map(({ body }) => believe(body, now)) : enrich(alive, now);
        },
      ),
  };
}

/** Both sides are hashed, so that not even the secret's length can be learned from how long it takes. */
function secretCheck(secret: string): (given: string) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(secret);
  return (given) => timingSafeEqual(digest(given), expected);
}

function secretIn(path: string): string {
  const [, , , given = ''] = (path.split('?', 1)[0] ?? '').split('/');
  try {
    return decodeURIComponent(given);
  } catch {
    return '';
  }
}

type Read = { kind: 'read'; row: InboxRow; body: InboxBody; wants: Want[]; ignored: string | null } | { kind: 'dead'; error: string };

function readRow(row: InboxRow, hasApi: boolean): Read {
  const read = inboxBody.safeParse(parseJson(row.body));
  if (!read.success) return { kind: 'dead', error: 'not what the bot keeps of Salesforce' };
  const body = read.data;
  const { object } = body;
  if (!isObjectName(object)) return { kind: 'read', row, body, wants: [], ignored: object };
  if (body.kind === 'change') {
    if (!hasApi) return { kind: 'dead', error: 'a change event needs access to the API' };
    const deletedAt = body.change.endsWith('DELETE') ? body.at : null;
    return { kind: 'read', row, body, ignored: null, wants: body.ids.map((id) => ({ object, id, deletedAt })) };
  }
  const { Id: id } = body.fields;
  if (!id) return { kind: 'dead', error: `the outbound message of ${object} needs the field Id` };
  // Nobody is asked about it where there is no API.
  if (hasApi ? !isId(id) : !idPattern.test(id))
    return { kind: 'dead', error: `the outbound message of ${object}: its Id is none of Salesforce's: ${id.slice(0, 40)}` };
  return { kind: 'read', row, body, ignored: null, wants: [{ object, id: to18(id), deletedAt: null }] };
}

function believe(body: InboxBody, now: EpochMs): Parsed {
  if (body.kind === 'change') return { kind: 'dead', error: 'a change event needs access to the API' };
  const signals = messageSignals(body, now);
  return typeof signals === 'string' ? { kind: 'dead', error: signals } : { kind: 'signals', signals };
}
