import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask } from './ask.ts';
import { root, runBot, startBotProcess } from './bot-process.ts';
import { postsOf, type RunningBot, runningBot, shown } from './running-bot.ts';
import { story } from './story.ts';

const minuteMs = 60_000;

describe('a bot with customers', () => {
  let running: RunningBot;
  beforeAll(async () => {
    running = await runningBot();
    await running.bot.send(story(Date.now()));
    await vi.waitFor(() => expect(postsOf(running.sandbox).length).toBeGreaterThanOrEqual(2), { timeout: 20_000 });
  }, 40_000);
  afterAll(() => running.end());

  const cardOf = (name: string) => postsOf(running.sandbox).find((message) => message.text.includes(name));

  it('finds Acme by “acm”', async () => {
    expect(shown(await ask(running.sandbox, 'account acm'))).toContain('Acme GmbH');
  });

  it('shows a deal named <!channel> & <b> as just that', () => {
    const text = shown(cardOf('Bolt AG') ?? (cardOf('&lt;!channel&gt; &amp; &lt;b&gt;') as never));
    expect(text).toContain('&lt;!channel&gt; &amp; &lt;b&gt;');
    expect(text).not.toContain('<!channel>');
  });

  it('turns a stalled deal’s card green when the deal moves, without a new post', async () => {
    const before = postsOf(running.sandbox).length;
    expect(shown(cardOf('Acme rollout') as never)).toContain('Stalled');
    const moved = { id: 'move-1', type: 'stage.entered', occurredAt: new Date().toISOString(), stage: { dealId: 'd-acme', stage: 'closedwon' } };
    expect((await running.bot.send(moved)).status).toBe(200);
    await expect.poll(() => shown(cardOf('Acme rollout') as never), { timeout: 20_000 }).toContain('🟢');
    expect(postsOf(running.sandbox)).toHaveLength(before);
  });

  describe('refuses, and leaves no trace of', () => {
    const one = { id: 'trace', type: 'account.upserted', occurredAt: '2026-09-01T08:00:00Z', account: { id: 'a-trace', name: 'Traceless' } };
    const refusals: [string, unknown, Parameters<RunningBot['bot']['send']>[1], number, string][] = [
      ['a wrong signature', one, { signature: 'v1,AAAA' }, 401, 'signature'],
      ['an old timestamp', one, { at: Date.now() - 10 * minuteMs }, 401, 'timestamp'],
      ['a timestamp of the future', one, { at: Date.now() + 10 * minuteMs }, 401, 'timestamp'],
      ['2 MB', one, { body: JSON.stringify({ ...one, filler: 'x'.repeat(2_000_000) }) }, 413, ''],
      ['broken JSON', one, { body: '{"id": "trace", ' }, 400, ''],
      ['an unknown field', { ...one, account: { ...one.account, foo: 1 } }, {}, 400, 'account.foo'],
      ['another content type', one, { contentType: 'text/plain' }, 415, ''],
    ];
    it.each(refusals)('%s', async (_what, signals, options, status, reason) => {
      const answer = await running.bot.send(signals, options);
      expect(answer.status).toBe(status);
      expect(answer.body.toLowerCase()).toContain(reason.toLowerCase());
      const metrics = await (await fetch(`${running.bot.url}/metrics`)).text();
      expect(metrics).toMatch(/^journey_inbox_pending 0$/m);
      expect(metrics).toMatch(/^journey_inbox_dead 0$/m);
    });

    it('… so that nobody finds it', async () => {
      const answer = shown(await ask(running.sandbox, 'account Traceless'));
      expect(answer).toContain('Traceless');
      expect(answer).not.toContain('a-trace');
    });
  });

  it('refuses a second process on the same store, and says what to do', async () => {
    const { code, output } = await runBot({ ...running.environment, HOST: '127.0.0.1', PORT: '0', SIGNALS_TOKEN: 'a-token-of-sixteen' });
    expect(code).toBe(1);
    expect(output).toMatch(/journey\.db/);
    expect(output).toMatch(/another|already|in use/i);
  });

  it('ends within ten seconds of SIGTERM, with 0', async () => {
    const before = Date.now();
    expect(await running.bot.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(Date.now() - before).toBeLessThan(10_000);
  });
});

describe('a start that Slack refuses', () => {
  it('says why and ends with 1, also where a new map has set journeys going', { timeout: 60_000 }, async () => {
    const running = await runningBot();
    try {
      const { DATABASE_URL: database = '' } = running.environment;
      const map = join(database.slice('file:'.length), '../journey.yml');
      const text = await readFile(join(root, 'journey.yml'), 'utf8');
      const environment = { ...running.environment, JOURNEY_CONFIG: map };
      await running.bot.kill('SIGTERM');
      await writeFile(map, text.replace('for: deals', 'for: { pipelines: [another] }'));
      running.bot = await startBotProcess(environment);
      await running.bot.send(story(Date.now()));
      await expect.poll(async () => (await fetch(`${running.bot.url}/metrics`)).text(), { timeout: 20_000 }).toMatch(/^journey_inbox_pending 0$/m);
      await running.bot.kill('SIGTERM');

      await writeFile(map, text);
      running.sandbox.workspace.setWeather({ latencyMs: 1500, failNext: { method: 'auth.test', times: 9, error: 'invalid_auth' } });
      const { code, output } = await runBot({ ...environment, HOST: '127.0.0.1', PORT: '0', SIGNALS_TOKEN: 'a-token-of-sixteen' });
      expect(output).toContain('SLACK_BOT_TOKEN is refused by Slack (invalid_auth)');
      expect(code).toBe(1);
    } finally {
      await running.end();
    }
  });
});

describe('a start without an environment', () => {
  it('explains every variable, names the demo, and exits with 1', async () => {
    const { code, output } = await runBot({});
    expect(code).toBe(1);
    for (const name of [
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'SLACK_SIGNING_SECRET',
      'SIGNALS_SECRET',
      'HUBSPOT_CLIENT_SECRET',
      'DATABASE_URL',
      'JOURNEY_CONFIG',
      'PUBLIC_URL',
      'npm run demo',
    ]) {
      expect(output).toContain(name);
    }
  });
});
