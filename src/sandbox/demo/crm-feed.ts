import { Webhook } from 'standardwebhooks';
import type { Random } from '../company/random.ts';
import type { WireSignal } from '../company/wire-signal.ts';

/** The demo company's CRM, as the bot meets it: signed webhooks to `POST /webhooks/signals`. */
export type CrmFeed = {
  /** @throws Error when the bot does not take them */
  send(signals: readonly WireSignal[]): Promise<void>;
  /** The same as one request, with what the bot answered. */
  post(signals: readonly WireSignal[]): Promise<{ status: number; text: string }>;
};

/** What one request may hold. */
const batchSize = 500;
/** How far a signal may end up from its place: CRMs send in no order. */
const disorder = 60;

export function createCrmFeed({ url, secret, now }: { url: string; secret: string; now(): number }): CrmFeed {
  const webhook = new Webhook(secret);
  let sent = 0;
  const post: CrmFeed['post'] = async (signals) => {
    sent += 1;
    const id = `demo-${sent}`;
    const body = JSON.stringify(signals);
    const timestamp = new Date(now());
    const response = await fetch(`${url}/webhooks/signals`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, timestamp, body),
      },
      body,
    });
    return { status: response.status, text: await response.text() };
  };
  return {
    post,
    async send(signals) {
      for (let start = 0; start < signals.length; start += batchSize) {
        const { status, text } = await post(signals.slice(start, start + batchSize));
        if (status >= 300) throw new Error(`the bot answered a webhook with ${status}: ${text}`);
      }
    },
  };
}

/** Batches as a CRM sends them: a little out of order, and one signal in twenty twice. */
export function asSentByACrm(signals: readonly WireSignal[], random: Random): WireSignal[][] {
  const placed = signals.flatMap((signal, index) => {
    const once = { signal, place: index + random.between(0, disorder) };
    return random.chance(0.05) ? [once, { signal, place: once.place + random.between(1, 2 * batchSize) }] : [once];
  });
  const ordered = placed.toSorted((one, other) => one.place - other.place).map(({ signal }) => signal);
  const batches: WireSignal[][] = [];
  for (let start = 0; start < ordered.length; start += batchSize) batches.push(ordered.slice(start, start + batchSize));
  return batches;
}
