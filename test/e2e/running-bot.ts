import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start.ts';
import type { SandboxMessage } from '../../src/sandbox/workspace.ts';
import { type BotProcess, startBotProcess } from './bot-process.ts';

export type RunningBot = { bot: BotProcess; sandbox: Sandbox; environment: Record<string, string>; end(): Promise<void> };

/** A bot in a process of its own, on a fresh store, with a workspace of its own. */
export async function runningBot(more: Record<string, string> = {}): Promise<RunningBot> {
  const folder = await mkdtemp(join(tmpdir(), 'journey-e2e-'));
  const sandbox = await startSandbox({ page: false });
  const environment = { ...environmentOf(sandbox, folder), ...more };
  const running: RunningBot = {
    bot: await startBotProcess(environment),
    sandbox,
    environment,
    async end() {
      // The one that runs now: a test may have started it again.
      await running.bot.kill('SIGKILL');
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return running;
}

export const environmentOf = (sandbox: Sandbox, folder: string): Record<string, string> => ({
  SLACK_API_URL: sandbox.apiUrl,
  SLACK_BOT_TOKEN: sandbox.botToken,
  SLACK_APP_TOKEN: sandbox.appToken,
  DATABASE_URL: `file:${join(folder, 'journey.db')}`,
});

/** What the bot has posted, replies included; without its first words in each channel. */
export const postsOf = (sandbox: Sandbox): SandboxMessage[] =>
  sandbox.workspace
    .channels()
    .flatMap((channel) => sandbox.workspace.messages(channel.id))
    .filter((message) => message.metadata !== undefined && !isGreeting(message));

const isGreeting = ({ metadata }: SandboxMessage): boolean => JSON.stringify(metadata).includes('"welcome:');

/** Everything a message shows, as one text. */
export const shown = (message: SandboxMessage): string => `${message.text}\n${JSON.stringify(message.blocks)}`;
