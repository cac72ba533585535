import { isUtf8 } from 'node:buffer';
import { countIgnored } from '../../../app/count-ignored.ts';
import type { CrmSource } from '../../../app/crm-source.ts';
import type { Clock, InboxRow, Logger } from '../../../app/ports.ts';
import { parseJson } from '../parse-json.ts';
import { parseRows } from '../parse-rows.ts';
import { verifyBasicAuth } from './basic-auth.ts';
import type { Directory } from './directory.ts';
import { createEnrich, type ReadRow } from './enrich.ts';
import { messageSignals } from './message-signals.ts';
import type { PipedriveApi } from './pipedrive-api.ts';
import { readWebhook } from './read-webhook.ts';
import { type Webhook, webhookBody, webhookKey } from './webhook.ts';

export type PipedriveSourceDeps = {
  /** As they stand on the webhook in Pipedrive. */
  user: string;
  password: string;
  /** Null without an API token: then webhooks are believed for what they say. */
  lookUp: { api: PipedriveApi; directory: Directory } | null;
  clock: Clock;
  logger: Logger;
  /** An event that the bot has no use for, by its kind. */
  onIgnored?: (kind: string) => void;
};

/** Pipedrive: webhooks v2 with HTTP Basic, one inbox row each, looked up before they are believed. */
export function createPipedriveSource({ user, password, lookUp, clock, logger, onIgnored }: PipedriveSourceDeps): CrmSource {
  const complaintOf = verifyBasicAuth(user, password);
  const enrich = lookUp === null ? null : createEnrich(lookUp.api, lookUp.directory, clock);
  const ignore = countIgnored('pipedrive', 'Pipedrive sends events that are not used: its webhook can be narrowed', logger, onIgnored);

  return {
    source: 'pipedrive',
    path: '/webhooks/pipedrive',
    verify({ headers, body }) {
      const complaint = complaintOf(headers.authorization);
      if (complaint !== null) return { ok: false, status: 401, message: complaint };
      if (!isUtf8(body)) return { ok: false, status: 400, message: 'not UTF-8' };
      const text = body.toString('utf8');
      const webhook = webhookBody.safeParse(parseJson(text));
      if (webhook.success) return { ok: true, entries: [{ key: webhookKey(webhook.data), body: text }] };
      return { ok: false, status: 400, message: complaintAbout(webhook.error.issues) };
    },
    parse: (rows, now) =>
      parseRows(rows, readRow, (alive) => {
        for (const { told } of alive) if (told.ignored !== null) ignore(told.ignored);
        if (enrich !== null) return enrich(alive, now);
        return alive.map(({ webhook, told }) => ({ kind: 'signals', signals: messageSignals(webhook, told) }));
      }),
  };
}

type Read = ({ kind: 'read'; webhook: Webhook } & ReadRow) | { kind: 'dead'; error: string };

function readRow(row: InboxRow): Read {
  const webhook = webhookBody.safeParse(parseJson(row.body));
  if (webhook.success) return { kind: 'read', row, webhook: webhook.data, told: readWebhook(webhook.data) };
  return { kind: 'dead', error: `not a Pipedrive webhook: ${complaintAbout(webhook.error.issues)}` };
}

const complaintAbout = ([issue]: { path: PropertyKey[]; message: string }[]): string =>
  issue === undefined
    ? 'not understood'
    : issue.path.length === 0
      ? 'expected a JSON object with meta, data and previous'
      : `${issue.path.join('.')}: ${issue.message}`;
