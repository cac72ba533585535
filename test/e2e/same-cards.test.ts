import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/start.ts';
import { type BotProcess, startBotProcess } from './bot-process.ts';
import { environmentOf, postsOf } from './running-bot.ts';
import { story } from './story.ts';

const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

describe('the whole way, in a process of its own', () => {
  it('gives the same cards, each posted once, for signals in order and for signals reversed, doubled, with a kill -9 in the middle', {
    timeout: 90_000,
  }, async () => {
    const now = Date.now();
    const inOrder = await cardsAfter(async (bot) => {
      for (const signal of story(now)) expect((await bot().send(signal)).status).toBe(200);
    });
    const reversed = await cardsAfter(async (bot, restart) => {
      const signals = story(now).reverse();
      for (const [index, signal] of signals.entries()) {
        expect((await bot().send(signal)).status).toBe(200);
        expect((await bot().send(signal)).status).toBe(200);
        if (index === Math.floor(signals.length / 2)) await restart();
      }
    });
    expect(inOrder.length).toBeGreaterThanOrEqual(2);
    expect(reversed).toEqual(inOrder);
  });

  it('posts nothing twice when it is killed while it posts', { timeout: 90_000 }, async () => {
    const now = Date.now();
    const killed = await cardsAfter(async (bot, restart, sandbox) => {
      sandbox.workspace.setWeather({ failNext: { method: 'chat.postMessage', times: 1, outcome: 'timeout-after-accept', hangMs: 60_000 } });
      expect((await bot().send(story(now))).status).toBe(200);
      await until(() => sandbox.workspace.calls().some((call) => call.method === 'chat.postMessage') || postsOf(sandbox).length > 0);
      await restart();
    });
    expect(new Set(killed.map((card) => card.split('\n')[0])).size).toBe(killed.length);
  });
});

/** Runs a bot on a fresh store and workspace, lets `tell` speak to it, and answers what stands in the channels when all is quiet. */
async function cardsAfter(tell: (bot: () => BotProcess, restart: () => Promise<void>, sandbox: Sandbox) => Promise<void>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'journey-e2e-'));
  ended.push(() => rm(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox({ page: false });
  ended.push(() => sandbox.close());
  const environment = environmentOf(sandbox, folder);
  let bot = await startBotProcess(environment);
  ended.push(() => bot.kill('SIGKILL'));
  await tell(
    () => bot,
    async () => {
      await bot.kill('SIGKILL');
      bot = await startBotProcess(environment);
    },
    sandbox,
  );
  await quiet(bot, sandbox);
  expect(bot.output()).toBe('');
  return postsOf(sandbox)
    .map(({ text, blocks, channel }) => `${text}\n${channel} ${JSON.stringify(blocks, withoutOwnIds)}`)
    .sort();
}

/** Slack numbers blocks that have no id, in the order in which they come: two channels' cards may come in either. */
const withoutOwnIds = (key: string, value: unknown): unknown => (key === 'block_id' && /^b\d+$/.test(String(value)) ? undefined : value);

/** Until the metrics say that nothing waits, and Slack has heard nothing new for a while. */
async function quiet(bot: BotProcess, sandbox: Sandbox): Promise<void> {
  let calls = -1;
  let since = Date.now();
  await until(async () => {
    const metrics = await (await fetch(`${bot.url}/metrics`)).text();
    const waits = [...metrics.matchAll(/^journey_(?:inbox|outbox)_pending (\d+)/gm)].some(([, count]) => count !== '0');
    const heard = sandbox.workspace.calls().length;
    if (waits || heard !== calls) since = Date.now();
    calls = heard;
    return Date.now() - since > 4_000;
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(holds, { timeout: 40_000, interval: 50 }).toBe(true);
}
