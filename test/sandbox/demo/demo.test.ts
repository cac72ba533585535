import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { runDemo } from '../../../src/sandbox/demo.ts';
import { startSandbox } from '../../../src/sandbox/start.ts';
import { createSilentBot, post } from './silent-bot.ts';

/** Runs the demo until it has ended, or until `until` is true of what it has printed. */
async function demo(options: Partial<Parameters<typeof runDemo>[0]> & { bot?: ReturnType<typeof createSilentBot> }) {
  const { bot = createSilentBot(), ...rest } = options;
  const lines: string[] = [];
  const code = await runDemo({ startBot: bot.start, print: (line) => lines.push(line), port: 0, once: true, patienceMs: 50, ...rest });
  return { code, lines, text: lines.join('\n'), bot };
}

describe('the demo', () => {
  it('ends with 1 and names every alert that the bot did not raise', async () => {
    const { code, text } = await demo({});
    expect(code).toBe(1);
    expect(text).toContain('10 of 10 alerts did not appear');
    expect(text).toContain('Acme rollout: stalled');
    expect(text).toContain('Faux Freight R&D <Pilot> & rollout: stage-regression');
  });

  it('sends the whole history in batches that one request may hold, out of order and some of it twice', async () => {
    const { bot } = await demo({});
    const sent = bot.batches.flat();
    const ids = sent.map(({ id }) => id);
    expect(Math.max(...bot.batches.map((batch) => batch.length))).toBeLessThanOrEqual(500);
    expect(new Set(ids).size).toBeGreaterThan(2_000);
    expect(ids.length).toBeGreaterThan(new Set(ids).size + 50);
    const instants = sent.map(({ occurredAt }) => occurredAt);
    expect(instants).not.toEqual(instants.toSorted());
  });

  it('gives the bot a database of its own and leaves nothing behind', async () => {
    const { bot } = await demo({});
    const file = fileURLToPath(bot.environment.DATABASE_URL?.replace('file:', 'file://') ?? '');
    expect(file).toMatch(/journey\.db$/);
    expect(existsSync(dirname(file))).toBe(false);
    expect(bot.closed).toBe(true);
  });

  it('prints a Slack message as a line, with names as people write them', async () => {
    let said = false;
    const bot = createSilentBot(async (environment) => {
      if (said) return;
      said = true;
      await post(environment, { channel: '#general', text: 'R&amp;D &lt;Pilot&gt;: Stalled in Decision\u0007' });
    });
    const { lines } = await demo({ bot });
    expect(lines.find((line) => line.includes('#general'))).toMatch(/^ {3}#general +🟠 R&D <Pilot>: Stalled in Decision {3}\(new\)$/u);
  });

  it('says so when the port it was given is taken', async () => {
    const other = await startSandbox({ port: 0, page: false });
    try {
      const port = Number(new URL(other.url).port);
      const { code, text, bot } = await demo({ port });
      expect(code).toBe(1);
      expect(text).toContain(`Port ${port} is taken`);
      expect(bot.batches).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('ends with 0 soon after it is told to stop, whatever it is waiting for', async () => {
    const stop = new AbortController();
    const bot = createSilentBot();
    const running = demo({ bot, once: false, patienceMs: 60_000, stop: stop.signal });
    await vi.waitFor(() => expect(bot.batches.length).toBeGreaterThan(0), { timeout: 20_000 });
    stop.abort();
    expect((await running).code).toBe(0);
    expect(bot.closed).toBe(true);
  });
});
