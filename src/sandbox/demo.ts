import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCompany } from './company/create-company.ts';
import { createRandom } from './company/random.ts';
import { createCrmFeed } from './demo/crm-feed.ts';
import { openWorkspace } from './demo/open-workspace.ts';
import { printMessages } from './demo/print-messages.ts';
import { createStoryWatch } from './demo/story-watch.ts';
import { playScenes, type StoryDeps, tellHistory } from './demo/tell-story.ts';
import { writeDemoMap } from './demo/write-demo-map.ts';
import type { Sandbox } from './sandbox.ts';

/** The bot's public start function, as far as the demo needs it. */
export type StartBot = (options: { environment: Record<string, string> }) => Promise<RunningBot>;
/** `idle` resolves when all that came in is processed and said. */
type RunningBot = { url: string; idle(): Promise<void>; close(): Promise<void> };

export type DemoOptions = {
  startBot: StartBot;
  print(line: string): void;
  /** Of the page; 0 takes a free one. Default: 4000, or a free one where that is taken. */
  port?: number;
  /** Plays the story without pauses, and ends. */
  once?: boolean;
  /** Ends the demo. */
  stop?: AbortSignal;
  /** How long the bot may take to say what the story needs. Default: 20 s, more than any machine takes. */
  patienceMs?: number;
};

const seed = 2026;
const pauseMs = 7_000;

/**
 * The bot, a Slack workspace and a company that does not exist, on this machine: sends the company's CRM history through the real, signed
 * endpoint, then lets a few things happen. Resolves with the exit code: 1 when the port is taken, or the
 * story does not happen. Whatever stops the bot from starting comes out as its own error.
 */
export async function runDemo({
  startBot,
  print,
  port,
  once = false,
  stop = new AbortController().signal,
  patienceMs = 20_000,
}: DemoOptions): Promise<0 | 1> {
  print('Journey demo: the bot, a Slack workspace and a made-up company, all on this machine. No account needed.');
  print('');
  const sandbox = await openWorkspace(port, print);
  if (sandbox === null) return 1;
  // Undone in reverse: the bot says goodbye to a workspace that is still there.
  await using ends = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'journey-demo-'));
  ends.defer(() => rm(folder, { recursive: true, force: true }));
  ends.defer(() => sandbox.close());
  if (!once) print(`   👉 Open  ${sandbox.url}  in your browser: #deal-alerts fills while you watch.\n`);
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  const bot = await startBot({ environment: environmentOf(sandbox, secret, folder, await writeDemoMap(folder)) });
  ends.defer(() => bot.close());
  printMessages(sandbox.workspace, print);

  const story: StoryDeps = {
    company: createCompany({ seed, now: Date.now() }),
    feed: createCrmFeed({ url: bot.url, secret }),
    watch: createStoryWatch(sandbox.workspace, stop),
    random: createRandom(seed),
    print,
    stop,
    patienceMs,
  };
  const told = await tellHistory(story);
  if (told && !once) print(invitation(sandbox.url));
  const played = told && (await playScenes(story, once ? 0 : pauseMs));
  if (once) {
    await bot.idle();
    if (played) print(summary(story));
    return played ? 0 : 1;
  }
  if (played && !stop.aborted) print(`\nThat was the story. It is your turn: ${sandbox.url}  (Ctrl-C ends the demo)\n`);
  await stopped(stop);
  return 0;
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

const invitation = (url: string): string =>
  [
    '',
    `   Each line is a Slack message. See them, and answer, at  ${url}`,
    '   There: press Acknowledge on a card, or type',
    '      /journey account acme      everything about one customer',
    '      /journey stalled           what is stuck',
    '      /journey why imaginary     which rules were checked, on which values',
    '   Meanwhile, things happen:',
  ].join('\n');

function summary({ company }: StoryDeps): string {
  const lines = company.alerts.map(({ name, rule, because }) => `   ${rule.padEnd(17)} ${name}: ${because}`);
  const scenes = company.scenes.map(({ title }) => title.toLowerCase()).join(' · ');
  return [
    '',
    `Of 60 deals and 40 accounts, ${lines.length} needed somebody, and the bot said so:`,
    ...lines,
    `Then, live: ${scenes}.`,
    '`npm run demo` without --once lets you click around.',
  ].join('\n');
}

async function stopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
}
