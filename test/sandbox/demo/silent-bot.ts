import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { WireSignal } from '../../../src/sandbox/company/wire-signal.ts';
import type { StartBot } from '../../../src/sandbox/demo/open-demo.ts';

export type SilentBot = { start: StartBot; batches: WireSignal[][]; environment: Record<string, string>; closed: boolean };

/** Takes signed webhooks and says in Slack only what `onBatch` does with the Web API. */
export function createSilentBot(
  onBatch: (environment: Record<string, string>, batch: WireSignal[]) => Promise<void> = async () => undefined,
): SilentBot {
  const bot: SilentBot = {
    batches: [],
    environment: {},
    closed: false,
    async start({ environment }) {
      bot.environment = environment;
      const webhook = new Webhook(environment.SIGNALS_SECRET ?? '');
      const server = createServer(async (request, response) => {
        const batch = verified(webhook, request.headers as Record<string, string>, await text(request));
        bot.batches.push(batch);
        await onBatch(environment, batch);
        response.writeHead(request.url === '/webhooks/signals' ? 204 : 404).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        idle: async () => undefined,
        async close() {
          bot.closed = true;
          server.closeAllConnections();
          await new Promise((resolve) => server.close(resolve));
        },
      };
    },
  };
  return bot;
}

/** By the time that the sender says it is: the demo's clock is not the machine's. */
function verified(webhook: Webhook, headers: Record<string, string>, body: string): WireSignal[] {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  if (webhook.sign(headers['webhook-id'] ?? '', at, body) !== headers['webhook-signature']) throw new Error('not signed with the secret');
  return JSON.parse(body) as WireSignal[];
}

/** `chat.postMessage`, as the bot would call it. */
export async function post(environment: Record<string, string>, message: { channel: string; text: string }): Promise<void> {
  await fetch(`${environment.SLACK_API_URL}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${environment.SLACK_BOT_TOKEN}` },
    body: JSON.stringify(message),
  });
}
