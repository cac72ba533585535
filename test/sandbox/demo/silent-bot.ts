import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { WireSignal } from '../../../src/sandbox/company/wire-signal.ts';
import type { StartBot } from '../../../src/sandbox/demo.ts';

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
        const batch = webhook.verify(await text(request), request.headers as Record<string, string>) as WireSignal[];
        bot.batches.push(batch);
        await onBatch(environment, batch);
        response.writeHead(204).end();
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

/** `chat.postMessage`, as the bot would call it. */
export async function post(environment: Record<string, string>, message: { channel: string; text: string }): Promise<void> {
  await fetch(`${environment.SLACK_API_URL}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${environment.SLACK_BOT_TOKEN}` },
    body: JSON.stringify(message),
  });
}
