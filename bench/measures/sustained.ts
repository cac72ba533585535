import { join } from 'node:path';
import { type Bench, connections, loadCore, programOf, serverCore, webhookPath } from '../bench.ts';
import { warm } from '../big-store.ts';
import { type Bot, startBot } from '../bot.ts';
import { type Asked, startAsked } from '../process.ts';
import type { LoadApi } from '../processes/load.ts';
import type { ReferenceApi } from '../processes/reference-server.ts';
import type { SlackApi } from '../processes/slack.ts';
import { type Result, ratios, row, verdict } from '../result.ts';
import { spreadOf } from '../statistics.ts';

const toReady = 'start to ready';
const residentIdle = 'resident when idle';
const residentUnderLoad = 'resident under load';

/**
 * How many signals a second go all the way, from the webhook to the last commit: the bot is given more than it can take until as much has come in
 * as is to be measured, and the clock stops when nothing is left to do. On the way: how soon it is ready, and its memory.
 */
export async function measureSustained(bench: Bench, database: string): Promise<Result> {
  const reference: number[] = [];
  const sustained: number[] = [];
  const cpu: number[] = [];
  const ready: number[] = [];
  const idle: number[] = [];
  const peak: number[] = [];
  for (let round = 1; round <= bench.rounds; round += 1) {
    bench.say(`sustained, round ${round} of ${bench.rounds}: the reference`);
    reference.push(await floodReference(bench, join(bench.folder, `sustained-${round}.db`)));
    bench.say(`sustained, round ${round} of ${bench.rounds}: the bot`);
    await warm(database);
    const slack = startAsked<SlackApi>(programOf('slack'), { core: loadCore });
    const load = startAsked<LoadApi>(programOf('load'), { core: loadCore });
    const bot = await startBot({ database, secret: bench.secret, slack: await slack.ask('environment', undefined as never) });
    try {
      ready.push(bot.readyMs);
      await settled();
      idle.push(bot.residentMiB());
      await floodBot(bot, load, bench, Math.ceil(bench.flood / 10));
      const before = await bot.cpuMicroseconds();
      const flooded = await floodBot(bot, load, bench, bench.flood);
      sustained.push(flooded.perSecond);
      peak.push(flooded.peakMiB);
      cpu.push(((await bot.cpuMicroseconds()) - before) / bench.flood);
    } finally {
      await bot.stop();
      await Promise.all([load.stop(), slack.stop()]);
    }
  }
  return {
    title: `Sustained, start and memory: ${bench.accounts} accounts, ${bench.accounts * 10} touchpoints`,
    rows: [
      row('HMAC + one insert, group commit', 'requests/s', reference),
      row('fully processed', 'signals/s', sustained),
      row('   CPU of the bot', 'µs a signal', cpu),
      row(toReady, 'ms', ready),
      row(residentIdle, 'MiB', idle),
      row(residentUnderLoad, 'MiB', peak),
    ],
    verdicts: [
      verdict(2, 'of the rung “HMAC + one insert, group commit”', '×', ratios(sustained, reference), { least: 0.2 }),
      verdict(6, toReady, 'ms', ready, { most: 1_000 }),
      verdict(6, residentIdle, 'MiB', idle, { most: 110 }),
      verdict(6, `${residentUnderLoad}, the most of all rounds`, 'MiB', [spreadOf(peak).most], { most: 250 }),
    ],
    notes: [],
  };
}

async function floodBot(bot: Bot, load: Asked<LoadApi>, bench: Bench, requests: number): Promise<{ perSecond: number; peakMiB: number }> {
  const target = { port: bot.port, path: webhookPath, secret: bench.secret };
  const before = await bot.progress();
  let peakMiB = 0;
  const watching = setInterval(() => {
    peakMiB = Math.max(peakMiB, bot.residentMiB());
  }, 100);
  try {
    const { completed, seconds, statuses } = await load.ask('flood', {
      target,
      mix: { what: 'touchpoints', first: 0, accounts: bench.accounts },
      requests,
      connections,
      seconds: 600,
    });
    if (statuses[200] !== requests) throw new Error(`not everything was accepted: ${JSON.stringify(statuses)}`);
    const floodedAt = performance.now();
    for (let left = completed; left > 0; ) {
      const { pending, applied } = await bot.progress();
      left = Math.max(pending, completed - (applied - before.applied));
      if (left > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return { perSecond: completed / (seconds + (performance.now() - floodedAt) / 1_000), peakMiB };
  } finally {
    clearInterval(watching);
  }
}

async function floodReference(bench: Bench, database: string): Promise<number> {
  const server = startAsked<ReferenceApi>(programOf('reference-server'), { core: serverCore, arguments: ['group-commit', bench.secret, database] });
  const load = startAsked<LoadApi>(programOf('load'), { core: loadCore });
  try {
    const target = { port: await server.ask('port', undefined as never), path: webhookPath, secret: bench.secret };
    const flood = { target, mix: { what: 'touchpoints', first: 0, accounts: bench.accounts }, connections, seconds: bench.floodSeconds } as const;
    await load.ask('flood', { ...flood, requests: Math.ceil(bench.flood / 10) });
    const { completed, seconds } = await load.ask('flood', { ...flood, requests: bench.flood });
    return completed / seconds;
  } finally {
    await Promise.all([load.stop(), server.stop()]);
  }
}

/** What a start leaves behind is collected by then. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 3_000));
}
