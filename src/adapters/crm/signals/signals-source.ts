import { isUtf8 } from 'node:buffer';
import { hash, timingSafeEqual } from 'node:crypto';
import type { CrmSource, Parsed, WebhookRequest } from '../../../app/crm-source.ts';
import type { InboxRow } from '../../../app/ports.ts';
import type { Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import { readSignals } from './read-signals.ts';
import { verifyStandardWebhook } from './standard-webhook.ts';

/**
 * The generic door: anything that can send JSON. Whoever knows a secret signs (Standard Webhooks), whoever cannot sign sends a token; any of
 * those given will do, so that one can be replaced without a gap. The inbox keeps the body as it came; its key is the `webhook-id`, where there is one, and the body's hash.
 * @throws TypeError when neither is given, or a secret is none.
 */
export function createSignalsSource({ secrets = [], tokens = [] }: { secrets?: readonly string[]; tokens?: readonly string[] }): CrmSource {
  const checks = [...(secrets.length === 0 ? [] : [verifyStandardWebhook(secrets)]), ...(tokens.length === 0 ? [] : [verifyBearer(tokens)])];
  if (checks.length === 0) throw new TypeError('the signals source needs a secret or a token');
  const read = rememberRead();

  return {
    source: 'signals',
    path: '/webhooks/signals',
    contentTypes: ['application/json', 'application/cloudevents+json'],
    verify(request, now) {
      const complaint = firstComplaint(checks, request, now);
      if (complaint !== null) return { ok: false, status: 401, message: complaint };
      const webhookId = request.headers['webhook-id'];
      if (webhookId !== undefined && webhookId.length > 255)
        return { ok: false, status: 400, message: 'webhook-id must not be longer than 255 characters' };
      if (!isUtf8(request.body)) return { ok: false, status: 400, message: 'not UTF-8' };
      const body = request.body.toString('utf8');
      const key = inboxKey(webhookId, request.body);
      const said = readSignals(body, defaultIdOf(key), now);
      if (!said.ok) return { ok: false, status: 400, message: said.message };
      read.keep(key, said.signals);
      return { ok: true, entries: [{ key, body }], signals: said.signals.length };
    },
    parse: async (rows) => rows.map((row): Parsed => parseRow(row, read.take(row.key))),
  };
}

/** What commands put into the inbox is read whether the door is open or not. */
export const signalsInbox: Pick<CrmSource, 'source' | 'parse'> = {
  source: 'signals',
  parse: async (rows) => rows.map((row): Parsed => parseRow(row, undefined)),
};

function parseRow(row: InboxRow, known: Signal[] | undefined): Parsed {
  if (known !== undefined) return { kind: 'signals', signals: known };
  const said = readSignals(row.body, defaultIdOf(row.key), row.receivedAt);
  return said.ok ? { kind: 'signals', signals: said.signals } : { kind: 'dead', error: said.message };
}

type Check = (headers: WebhookRequest['headers'], body: Buffer, now: EpochMs) => string | null;

function firstComplaint(checks: Check[], { headers, body }: WebhookRequest, now: EpochMs): string | null {
  let first: string | null = null;
  // Whoever sends a token wants to hear of that.
  const inOrder = headers['webhook-signature'] === undefined && headers.authorization !== undefined ? checks.toReversed() : checks;
  for (const check of inOrder) {
    const complaint = check(headers, body, now);
    if (complaint === null) return null;
    first ??= complaint;
  }
  return first;
}

/** `Authorization: Bearer …`. Digests are compared: they are equally long, whatever was sent. */
function verifyBearer(tokens: readonly string[]): Check {
  if (tokens.includes('')) throw new TypeError('the signals token is empty');
  const expected = tokens.map((token) => hash('sha256', token, 'buffer'));
  return ({ authorization }) => {
    const [, given] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    if (given === undefined) return 'Authorization: Bearer … is needed';
    const digest = hash('sha256', given, 'buffer');
    return expected.some((known) => timingSafeEqual(digest, known)) ? null : 'the bearer token is wrong';
  };
}

const inboxKey = (webhookId: string | undefined, body: Buffer): string => {
  const digest = hash('sha256', body, 'base64url');
  return webhookId === undefined ? digest : `${webhookId}:${digest}`;
};

/** The `webhook-id`, else the body's hash: a base64url digest holds no colon, so the last one ends the id. */
const defaultIdOf = (key: string): string => {
  const end = key.lastIndexOf(':');
  return end === -1 ? key : key.slice(0, end);
};

const mostRemembered = 4_096;

/**
 * What the door has read already, until it is processed: reading again costs as much as the rest of the door. Bounded, and only a memory: a
 * body that is not in it is read again.
 */
function rememberRead(): { keep(key: string, signals: Signal[]): void; take(key: string): Signal[] | undefined } {
  const known = new Map<string, Signal[]>();
  let count = 0;
  const drop = (key: string): Signal[] | undefined => {
    const signals = known.get(key);
    if (signals !== undefined) count -= signals.length;
    known.delete(key);
    return signals;
  };
  return {
    keep(key, signals) {
      drop(key);
      known.set(key, signals);
      count += signals.length;
      for (const oldest of known.keys()) {
        if (count <= mostRemembered) break;
        drop(oldest);
      }
    },
    take: drop,
  };
}
