import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { z } from 'zod';
import { countIgnored } from '../../../app/count-ignored.ts';
import type { CrmSource } from '../../../app/crm-source.ts';
import type { Clock, InboxRow, Logger } from '../../../app/ports.ts';
import { parseJson } from '../parse-json.ts';
import { parseRows } from '../parse-rows.ts';
import { createEnrich, type ReadRow } from './enrich.ts';
import { eventSignals } from './event-signals.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { readEvent } from './read-event.ts';
import { verifySignatureV3 } from './signature-v3.ts';
import { eventKey, webhookEvent } from './webhook-event.ts';

export type HubspotSourceDeps = {
  clientSecret: string;
  /** The address that HubSpot was given, without `/webhooks/hubspot`: it is signed. */
  publicUrl: string;
  /** Null without an access token: then events are believed for what little they say. */
  api: HubspotApi | null;
  clock: Clock;
  logger: Logger;
  /** An event that the bot has no use for, by its kind. */
  onIgnored?: (kind: string) => void;
};

/** HubSpot sends 100 at the most; should it ever send more, it knows better. 1 MiB is the real limit. */
const events = z.array(z.unknown()).min(1).max(1_000);

/** HubSpot: webhooks with signature v3, one inbox row an event, looked up in batches before they are believed. */
export function createHubspotSource({ clientSecret, publicUrl, api, clock, logger, onIgnored }: HubspotSourceDeps): CrmSource {
  const complaintOf = verifySignatureV3(clientSecret, publicUrl);
  const enrich = api === null ? null : createEnrich(api, clock);
  const ignore = countIgnored('hubspot', 'HubSpot sends events that are not used: the subscription can be switched off', logger, onIgnored);

  return {
    source: 'hubspot',
    path: '/webhooks/hubspot',
    verify(request, now) {
      const complaint = complaintOf(request, now);
      if (complaint !== null) return { ok: false, status: 401, message: complaint };
      if (!isUtf8(request.body)) return { ok: false, status: 400, message: 'not UTF-8' };
      const body = events.safeParse(parseJson(request.body.toString('utf8')));
      if (!body.success) return { ok: false, status: 400, message: 'expected a JSON array of events' };
      const entries = new Map<string, string>();
      let complaintOfEvent = '';
      for (const [index, event] of body.data.entries()) {
        const read = webhookEvent.safeParse(event);
        const text = JSON.stringify(event);
        // One event that cannot be read becomes a dead letter: a refusal would cost the 99 beside it, too.
        entries.set(read.success ? eventKey(read.data) : `unreadable ${hash('sha256', text)}`, text);
        if (read.success) continue;
        const [issue] = read.error.issues;
        complaintOfEvent ||= `[${index}].${issue?.path.join('.')}: ${issue?.message}`;
      }
      if ([...entries.keys()].every((key) => key.startsWith('unreadable '))) return { ok: false, status: 400, message: complaintOfEvent };
      return { ok: true, entries: [...entries].map(([key, text]) => ({ key, body: text })) };
    },
    parse: (rows, now) =>
      parseRows(rows, readRow, (alive) => {
        for (const { told } of alive) if (told.ignored !== null) ignore(told.ignored);
        if (enrich !== null) return enrich(alive, now);
        return alive.map(({ event, told }) => ({ kind: 'signals', signals: eventSignals(event, told) }));
      }),
  };
}

type Read = ({ kind: 'read'; event: z.output<typeof webhookEvent> } & ReadRow) | { kind: 'dead'; error: string };

function readRow(row: InboxRow): Read {
  const event = webhookEvent.safeParse(parseJson(row.body));
  if (event.success) return { kind: 'read', row, event: event.data, told: readEvent(event.data) };
  const [issue] = event.error.issues;
  return { kind: 'dead', error: `not a HubSpot event: ${issue?.path.join('.')}: ${issue?.message}` };
}
