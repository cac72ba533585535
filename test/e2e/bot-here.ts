import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bot, startBot } from '../../src/main.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start.ts';
import { root } from './bot-process.ts';
import { freePort } from './free-port.ts';
import { environmentOf } from './running-bot.ts';

export type BotHere = {
  bot: Bot;
  sandbox: Sandbox;
  /** A journey.yml of its own, to be changed. */
  map: string;
  send(signals: unknown): Promise<number>;
  end(): Promise<void>;
};

const token = 'a-token-of-sixteen-or-more';

/**
 * `http`: Slack comes in over HTTP instead of Socket Mode. `before`: what happens to the workspace before the bot starts.
 * `environment`: more variables, given the bot's own address.
 */
type BotHereOptions = {
  http?: boolean;
  before?: (sandbox: Sandbox) => void;
  environment?: (url: string) => Record<string, string>;
  /** Instead of the journey.yml that comes with the program. */
  yml?: string;
  clock?: { now(): number };
};

/** A bot in this process, with a workspace, a store and a journey.yml of its own. */
export async function botHere({ http = false, before, environment = () => ({}), yml, clock }: BotHereOptions = {}): Promise<BotHere> {
  const folder = await mkdtemp(join(tmpdir(), 'journey-here-'));
  const map = join(folder, 'journey.yml');
  if (yml === undefined) await copyFile(join(root, 'journey.yml'), map);
  else await writeFile(map, yml);
  const port = await freePort();
  const sandbox = await startSandbox({ page: false, ...(http ? { appUrl: `http://127.0.0.1:${port}/slack/events` } : {}) });
  before?.(sandbox);
  const { SLACK_APP_TOKEN: appToken = '', ...rest } = environmentOf(sandbox, folder);
  const way = http ? { SLACK_SIGNING_SECRET: sandbox.signingSecret } : { SLACK_APP_TOKEN: appToken };
  const bot = await startBot({
    ...(clock === undefined ? {} : { clock }),
    environment: {
      ...rest,
      ...way,
      JOURNEY_CONFIG: map,
      HOST: '127.0.0.1',
      PORT: String(port),
      SIGNALS_TOKEN: token,
      LOG_LEVEL: 'error',
      ...environment(`http://127.0.0.1:${port}`),
    },
  });
  return {
    bot,
    sandbox,
    map,
    async send(signals) {
      const response = await fetch(`${bot.url}/webhooks/signals`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(signals),
      });
      await response.arrayBuffer();
      return response.status;
    },
    async end() {
      await bot.close();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
