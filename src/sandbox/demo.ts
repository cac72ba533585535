import { createRandom } from './company/random.ts';
import { openDemo, type StartBot } from './demo/open-demo.ts';
import { printMessages } from './demo/print-messages.ts';
import { createStoryWatch } from './demo/story-watch.ts';
import { playScenes, type StoryDeps, tellHistory } from './demo/tell-story.ts';
import type { Sandbox } from './sandbox.ts';

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
  const onOpen = ({ url, workspace }: Sandbox): void => {
    if (!once) print(`   👉 Open  ${url}  in your browser: #deal-alerts fills while you watch.\n`);
    printMessages(workspace, print);
  };
  await using demo = await openDemo({ startBot, print, port, seed, onOpen });
  if (demo === null) return 1;
  const { sandbox, company, clock, feed, tell } = demo;

  const watch = createStoryWatch(sandbox.workspace, stop);
  const story: StoryDeps = { company, feed, tell, now: clock.now, watch, random: createRandom(seed), print, stop, patienceMs };
  const told = await tellHistory(story);
  if (told && !once) print(invitation(sandbox.url));
  const played = told && (await playScenes(story, once ? 0 : pauseMs));
  if (once) {
    await demo.idle();
    if (played) print(summary(story));
    return played ? 0 : 1;
  }
  if (played && !stop.aborted) print(`\nThat was the story. It is your turn: ${sandbox.url}  (Ctrl-C ends the demo)\n`);
  await stopped(stop);
  return 0;
}

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
