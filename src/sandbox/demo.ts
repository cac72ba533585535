import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCompany } from './company/create-company.ts';
import { createRandom } from './company/random.ts';
import { asSentByACrm, createCrmFeed } from './demo/crm-feed.ts';
import { demoPageText } from './demo/demo-page-text.ts';
import { messageLine } from './demo/message-line.ts';
import { createStory } from './demo/play-story.ts';
import { createStoryWatch } from './demo/story-watch.ts';
import type { Sandbox } from './sandbox.ts';
import { startSandbox } from './start.ts';

/** The bot's public start function, as far as the demo needs it. */
export type StartBot = (options: { environment: Record<string, string> }) => Promise<RunningBot>;
/** `idle` resolves when all that came in is processed and said. */
export type RunningBot = { url: string; idle(): Promise<void>; close(): Promise<void> };

export type DemoOptions = {
  startBot: StartBot;
  /** Of the page. Default: 4000, or any free one where that is taken. */
  port?: number;
  /** Plays the story without pauses, and ends. */
  once?: boolean;
  print(line: string): void;
  /** Ends the demo. */
  stop?: AbortSignal;
};

const seed = 2026;
const preferredPort = 4000;

/**
 * The bot, a Slack workspace and a company that does not exist, on this machine: sends the company's CRM history through the real, signed
 * endpoint, then lets a few things happen. Resolves with the exit code: 1 when it cannot start or the story did not happen.
 */
export async function runDemo({ startBot, port, once = false, print, stop = new AbortController().signal }: DemoOptions): Promise<0 | 1> {
  print('Journey demo: a bot, a Slack workspace and a made-up company, all on this machine. No account needed.');
  print('');
  const sandbox = await openWorkspace(port, print);
  if (sandbox === null) return 1;
  const folder = await mkdtemp(join(tmpdir(), 'journey-demo-'));
  let bot: RunningBot | null = null;
  try {
    print(`   👉 Open  ${sandbox.url}  in your browser. It is a Slack made for you to try things in.`);
    print('');
    const secret = `whsec_${randomBytes(24).toString('base64')}`;
    bot = await startBot({ environment: environmentOf(sandbox, folder, secret) });
    const silence = printMessages(sandbox, print);
    const company = createCompany({ seed, now: Date.now() });
    const feed = createCrmFeed({ url: bot.url, secret });
    const watch = createStoryWatch(sandbox.workspace, stop);
    const story = createStory({ company, feed, watch, print, stop, bot, pageUrl: sandbox.url });
    const told = await story.tell(asSentByACrm(company.history, createRandom(seed)));
    const played = told && (await story.playScenes(once ? 0 : 7_000));
    silence();
    if (stop.aborted) return 0;
    if (once) return told && played ? 0 : 1;
    const goOn = printMessages(sandbox, print);
    await stopped(stop);
    goOn();
    return 0;
  } finally {
    await bot?.close();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}
