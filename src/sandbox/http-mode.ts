import { createHmac } from 'node:crypto';
import { type AppLink, type Attempt, createPauses, type Delivery, sendWithRetries } from './app-link.ts';
import { readJson } from './web-api/arguments.ts';

const form = 'application/x-www-form-urlencoded';

/** The Events API, commands and clicks as signed requests to the bot's request URL. */
export function createHttpMode(given: {
  appUrl: string;
  signingSecret: string;
  /** The real time, as receivers refuse requests older than five minutes. */
  wallClock: () => number;
  ackTimeoutMs: number;
  retryDelaysMs: readonly number[];
}): AppLink {
  const pauses = createPauses();
  const closing = new AbortController();

  const send = async (body: string, contentType: string, attempt?: Attempt): Promise<Delivery> => {
    const timestamp = String(Math.floor(given.wallClock() / 1000));
    const timeout = AbortSignal.timeout(given.ackTimeoutMs);
    try {
      const response = await fetch(given.appUrl, {
        method: 'POST',
        body,
        redirect: 'manual',
        signal: AbortSignal.any([timeout, closing.signal]),
        headers: {
          'content-type': contentType,
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': sign(given.signingSecret, timestamp, body),
          ...(attempt && attempt.number > 0 ? { 'x-slack-retry-num': String(attempt.number), 'x-slack-retry-reason': attempt.reason } : {}),
        },
      });
      const text = await response.text();
      if (response.status !== 200) return { ok: false, error: 'http_service_error' };
      return { ok: true, payload: text === '' ? undefined : (readJson(text) ?? text) };
    } catch {
      return { ok: false, error: timeout.aborted ? 'operation_timeout' : 'dispatch_failed' };
    }
  };

  return {
    // A bot in HTTP mode holds no connection: it is there as long as it is told to be.
    connections: () => 1,
    request(kind, payload) {
      const fields = kind === 'slash_commands' ? textFields(payload) : { payload: JSON.stringify(payload) };
      return send(new URLSearchParams(fields).toString(), form);
    },
    event: (payload) =>
      sendWithRetries(
        async (attempt) => {
          const delivery = await send(JSON.stringify(payload), 'application/json', attempt);
          return delivery.ok ? undefined : retryReasons[delivery.error];
        },
        given.retryDelaysMs,
        pauses,
      ),
    close() {
      pauses.end();
      closing.abort();
    },
  };
}

const retryReasons: Readonly<Record<Extract<Delivery, { ok: false }>['error'], string>> = {
  operation_timeout: 'http_timeout',
  dispatch_failed: 'connection_failed',
  http_service_error: 'http_error',
  invalid_response: 'http_error',
};

function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function textFields(payload: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
}
