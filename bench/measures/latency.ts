import { type Bench, loadCore, programOf, serverCore, webhookPath } from '../bench.ts';
import { accountName, dealName } from '../company.ts';
import { type Bot, startBot } from '../bot.ts';
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

type Rounds = { floor: number[][]; posts: number[][]; idle: number[][]; busy: number[][] };

/** How long a signal takes to Slack, and a person waits for an answer, at 200 signals a second, each of which raises an alert. */
export async function measureLatency(bench: Bench, database: string): Promise<Result> {
  const rounds: Rounds = { floor: [], posts: [], idle: [], busy: [] };
  const slack = startAsked<SlackApi>(programOf('slack'), { core: loadCore });
  const load = startAsked<LoadApi>(programOf('load'), { core: loadCore });
  const relay = startAsked<RelayApi>(programOf('relay'), { core: serverCore, arguments: [String(await slack.ask('floorPort', undefined as never))] });
  const bot = await startBot({ database, secret: bench.secret, slack: await slack.ask('environment', undefined as never) });
  try {
    const perRound = perSecond * bench.paceSeconds;
    const world = { bench, bot, slack, load };
    const relayPort = await relay.ask('port', undefined as never);
    await pace(world, bot.port, { what: 'setbacks', first: 0, accounts: perSecond }, 1);
    await ask(world, 1);
    for (let round = 0; round < bench.rounds; round += 1) {
      const say = (what: string) => bench.say(`latency, round ${round + 1} of ${bench.rounds}: ${what}`);
      // A deal can fall back only once.
      const mix: Mix = { what: 'setbacks', first: perSecond + round * perRound, accounts: perRound };
      say('two bare hops');
      await slack.ask('heard', undefined as never);
      const bare = await pace(world, relayPort, mix, bench.paceSeconds);
      rounds.floor.push(waits(bare, (await slack.ask('heard', undefined as never)).floor, (index) => `"d-${index}"`));
      say('webhook to chat.postMessage');
      const sent = await pace(world, bot.port, mix, bench.paceSeconds);
      await quiet(bot);
      rounds.posts.push(waits(sent, (await slack.ask('heard', undefined as never)).posts, dealName));
      say('answers when idle');
      rounds.idle.push(await ask(world, bench.paceSeconds));
      say('answers at work');
      await bot.due(duePerSecond * bench.paceSeconds, bench.paceSeconds);
      const [answers] = await Promise.all([
        ask(world, bench.paceSeconds),
        pace(world, bot.port, { what: 'touchpoints', first: 0, accounts: bench.accounts }, bench.paceSeconds),
      ]);
      rounds.busy.push(answers);
      await quiet(bot);
    }
  } finally {
    await Promise.all([bot.stop(), load.stop(), relay.stop(), slack.stop()]);
  }
  return resultOf(rounds);
}
