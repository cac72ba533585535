import { type Bench, loadCore, programOf, serverCore, webhookPath } from '../bench.ts';
import { warm } from '../big-store.ts';
import { type Bot, startBot } from '../bot.ts';
import { accountName } from '../company.ts';
import { fallDueBeside } from '../fall-due.ts';
import { type Asked, startAsked } from '../process.ts';
import type { LoadApi, Mix, Paced } from '../processes/load.ts';
import type { RelayApi } from '../processes/relay.ts';
import type { Heard, SlackApi } from '../processes/slack.ts';
import { type Result, ratios, row, verdict } from '../result.ts';
import { percentile } from '../statistics.ts';

const perSecond = 200;
const commandsPerSecond = 20;
/** Journeys that fall due beside the signals, a second. */
const duePerSecond = 500;

type Rounds = Record<'floor' | 'posts' | 'few' | 'idle' | 'busy', number[][]>;

/** How long a signal takes to Slack, and a person waits for an answer, at 200 signals a second, of which all or one in ten raise an alert. */
export async function measureLatency(bench: Bench, database: string): Promise<Result> {
  const rounds: Rounds = { floor: [], posts: [], few: [], idle: [], busy: [] };
  const slack = startAsked<SlackApi>(programOf('slack'), { core: loadCore });
  const load = startAsked<LoadApi>(programOf('load'), { core: loadCore });
  const relay = startAsked<RelayApi>(programOf('relay'), { core: serverCore, arguments: [String(await slack.ask('floorPort', undefined as never))] });
  const bot = await startBot({ database, secret: bench.secret, slack: await slack.ask('environment', undefined as never) });
  try {
    const perRound = perSecond * bench.paceSeconds;
    const fewPerRound = perRound / 10;
    const world = { bench, bot, slack, load };
    const relayPort = await relay.ask('port', undefined as never);
    await pace(world, bot.port, { what: 'setbacks', first: 0, accounts: perSecond }, 1);
    await ask(world, 1);
    for (let round = 0; round < bench.rounds; round += 1) {
      const say = (what: string) => bench.say(`latency, round ${round + 1} of ${bench.rounds}: ${what}`);
      // A deal can fall back only once.
      const mix: Mix = { what: 'setbacks', first: perSecond + round * (perRound + fewPerRound), accounts: perRound };
      const few: Mix = { what: 'one setback in ten', first: mix.first + perRound, accounts: fewPerRound };
      await warm(database);
      say('two bare hops');
      await slack.ask('heard', undefined as never);
      const bare = await pace(world, relayPort, mix, bench.paceSeconds);
      rounds.floor.push(waits(bare, (await slack.ask('heard', undefined as never)).floor, /"d-(\d+)"/));
      say('webhook to chat.postMessage');
      const sent = await pace(world, bot.port, mix, bench.paceSeconds);
      await quiet(bot);
      rounds.posts.push(waits(sent, (await slack.ask('heard', undefined as never)).posts, / (\d+) rollout/));
      say('webhook to chat.postMessage, one in ten');
      const mostlyQuiet = await pace(world, bot.port, few, bench.paceSeconds);
      await quiet(bot);
      rounds.few.push(waits(mostlyQuiet, (await slack.ask('heard', undefined as never)).posts, / (\d+) rollout/));
      say('answers when idle');
      rounds.idle.push(await ask(world, bench.paceSeconds));
      say('answers at work');
      await fallDueBeside(database, {
        first: round * duePerSecond * bench.paceSeconds,
        journeys: duePerSecond * bench.paceSeconds,
        accounts: bench.accounts,
        seconds: bench.paceSeconds,
      });
      const [answers] = await Promise.all([
        ask(world, bench.paceSeconds),
        pace(world, bot.port, { what: 'touchpoints', first: 0, accounts: bench.accounts }, bench.paceSeconds),
      ]);
      rounds.busy.push(answers);
      await quiet(bot);
    }
  } finally {
    await bot.stop();
    await Promise.all([load.stop(), relay.stop(), slack.stop()]);
  }
  return resultOf(rounds);
}

type World = { bench: Bench; bot: Bot; slack: Asked<SlackApi>; load: Asked<LoadApi> };

const pace = ({ bench, load }: World, port: number, mix: Mix, seconds: number): Promise<Paced[]> =>
  load.ask('pace', { target: { port, path: webhookPath, secret: bench.secret }, mix, perSecond, seconds });

async function ask({ bench, slack }: World, seconds: number): Promise<number[]> {
  const texts = Array.from({ length: commandsPerSecond * seconds }, (_, nth) => `account ${accountName((nth * 6_007) % bench.accounts)}`);
  const waited = await slack.ask('ask', { texts, perSecond: commandsPerSecond });
  return waited.map((ms) => ms ?? Number.POSITIVE_INFINITY);
}

/** From the first byte of each webhook that raises an alert to the call that came of it, in milliseconds. */
function waits(sent: readonly Paced[], heard: readonly Heard[], pattern: RegExp): number[] {
  const heardAt = new Map<number, number>();
  for (const { text, at } of heard) {
    const index = Number(pattern.exec(text)?.[1]);
    if (!heardAt.has(index)) heardAt.set(index, at);
  }
  return sent.flatMap(({ index, raisesAlert, sentAt, status }) => {
    if (status !== 200) throw new Error(`a webhook was answered ${status}`);
    return raisesAlert ? [(heardAt.get(index) ?? Number.POSITIVE_INFINITY) - sentAt] : [];
  });
}

async function quiet(bot: Bot): Promise<void> {
  for (let left = 1; left > 0; ) {
    const { pending, unsent } = await bot.progress();
    left = pending + unsent;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function resultOf({ floor, posts, few, idle, busy }: Rounds): Result {
  const of = (rounds: number[][], share: number): number[] => rounds.map((round) => percentile(round, share));
  const lines = (name: string, rounds: number[][]) => [
    row(`${name}, p50`, 'ms', of(rounds, 0.5)),
    row(`${' '.repeat(name.length)}  p99`, 'ms', of(rounds, 0.99)),
  ];
  return {
    title: `Latency at ${perSecond} signals a second`,
    rows: [
      ...lines('two bare hops', floor),
      ...lines('webhook → chat.postMessage', posts),
      ...lines('webhook → chat.postMessage, one in ten raises an alert', few),
      ...lines('/journey account, idle', idle),
      ...lines(`/journey account, ${perSecond} signals and ${duePerSecond} due journeys a second`, busy),
    ],
    verdicts: [
      verdict(3, 'webhook → chat.postMessage, p99', 'ms', of(posts, 0.99), { most: 25 }),
      verdict(3, 'of the p99 of two bare hops', '×', ratios(of(posts, 0.99), of(floor, 0.99)), { most: 4 }),
      verdict(3, 'webhook → chat.postMessage, one in ten raises an alert, p99', 'ms', of(few, 0.99), { most: 25 }),
      verdict(3, 'of the p99 of two bare hops', '×', ratios(of(few, 0.99), of(floor, 0.99)), { most: 4 }),
      verdict(4, '/journey account at work, p99', 'ms', of(busy, 0.99), { most: 25 }),
      verdict(4, 'of its own p99 when idle', '×', ratios(of(busy, 0.99), of(idle, 0.99)), { most: 3 }),
    ],
    notes: [
      'Every signal of the second pair of lines raises an alert and posts a card, in one of 40 channels; Slack itself takes about one a second and channel.',
    ],
  };
}
