import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Company } from '../company/create-company.ts';
import type { WireSignal } from '../company/wire-signal.ts';
import type { Sandbox } from '../sandbox.ts';
import { createBackstage } from './backstage.ts';
import type { CrmFeed } from './crm-feed.ts';
import { createMovableClock, type MovableClock } from './movable-clock.ts';
import { openWorkspace } from './open-workspace.ts';
import { writeDemoMap } from './write-demo-map.ts';

/** The bot's public start function, as far as the demo needs it. */
export type StartBot = (options: { environment: Record<string, string>; clock: Pick<MovableClock, 'now' | 'onJump'> }) => Promise<RunningBot>;
/** `idle` resolves when all that came in is processed and said. */
type RunningBot = { url: string; idle(): Promise<void>; close(): Promise<void> };

/** A workspace and a company, and a bot between them that knows nothing yet. Closing it leaves nothing behind. */
export type OpenDemo = AsyncDisposable & {
  sandbox: Sandbox;
  company: Company;
  clock: MovableClock;
  /** The past goes this way to the bot. */
  feed: CrmFeed;
  /** What happens now goes this way. */
  tell(signals: readonly WireSignal[]): Promise<void>;
  idle(): Promise<void>;
};

export type OpenDemoOptions = {
  startBot: StartBot;
  print(line: string): void;
  /** Of the page; 0 takes a free one. Default: 4000, or a free one where that is taken. */
  port?: number | undefined;
  seed: number;
  /** Called when the page is there, before the bot is. */
  onOpen?(sandbox: Sandbox): void;
};

/** Null, and `print` says why, when the port is taken. Whatever stops the bot from starting comes out as its own error. */
export async function openDemo({ startBot, print, port, seed, onOpen }: OpenDemoOptions): Promise<OpenDemo | null> {
  const clock = createMovableClock();
  const { company, controls, connect, tell } = createBackstage({ seed, clock });
  const sandbox = await openWorkspace(port, print, { now: clock.now, controls });
  if (sandbox === null) return null;
  // Undone in reverse: the bot says goodbye to a workspace that is still there.
  await using ends = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'journey-demo-'));
  ends.defer(() => rm(folder, { recursive: true, force: true }));
  ends.defer(() => sandbox.close());
  onOpen?.(sandbox);
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  const bot = await startBot({ environment: environmentOf(sandbox, secret, folder, await writeDemoMap(folder)), clock });
  ends.defer(() => bot.close());
  const feed = connect(bot, secret);
  const kept = ends.move();
  return { sandbox, company, clock, feed, tell, idle: () => bot.idle(), [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

const environmentOf = (sandbox: Sandbox, secret: string, folder: string, map: string): Record<string, string> => ({
  SLACK_API_URL: sandbox.apiUrl,
  SLACK_BOT_TOKEN: sandbox.botToken,
  SLACK_APP_TOKEN: sandbox.appToken,
  DATABASE_URL: `file:${join(folder, 'journey.db')}`,
  JOURNEY_CONFIG: map,
  SIGNALS_SECRET: secret,
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'warn',
});
