import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { postsOf, shown } from './running-bot.ts';
import { story } from './story.ts';

let here: BotHere | null = null;
afterEach(async () => {
  await here?.end();
  here = null;
});

const cards = ({ sandbox }: BotHere) => postsOf(sandbox).filter((message) => message.threadTs === undefined);
const names = (bot: BotHere): string[] =>
  cards(bot)
    .map((card) => card.text.split(':')[0] ?? '')
    .sort();

describe('when Slack has a bad day', () => {
  it('posts each card once, although posts meet 429, 500, a lost answer and a broken connection', { timeout: 60_000 }, async () => {
    here = await botHere();
    here.sandbox.workspace.setWeather({
      failNext: [
        { method: 'chat.postMessage', times: 1, status: 429, retryAfter: 1 },
        { method: 'chat.postMessage', times: 1, status: 500 },
        { method: 'chat.postMessage', times: 1, outcome: 'timeout-after-accept', hangMs: 300 },
        { method: 'chat.postMessage', times: 1, outcome: 'drop-before' },
      ],
    });
    expect(await here.send(story(Date.now()))).toBe(200);
    const { sandbox } = here;
    await expect.poll(() => new Set(postsOf(sandbox).map((card) => card.text)).size, { timeout: 45_000, interval: 100 }).toBe(2);
    await here.bot.idle();
    expect(new Set(names(here)).size).toBe(names(here).length);
    expect(names(here)).toHaveLength(2);
  });

  it('starts while Slack is away, takes webhooks in, and says everything when it is back', { timeout: 40_000 }, async () => {
    here = await botHere({ before: (sandbox) => sandbox.workspace.setWeather({ failNext: { method: 'auth.test', times: 3, status: 503 } }) });
    expect((await fetch(`${here.bot.url}/readyz`)).status).toBe(503);
    expect(await here.send(story(Date.now()))).toBe(200);
    await expect.poll(() => cards(here as BotHere).length, { timeout: 25_000, interval: 100 }).toBe(2);
    await expect.poll(async () => (await fetch(`${here?.bot.url}/readyz`)).status, { timeout: 20_000, interval: 100 }).toBe(200);
  });

  it('joins a public channel again that somebody removed it from, and posts there', { timeout: 40_000 }, async () => {
    here = await botHere();
    const { workspace, botUserId } = here.sandbox;
    workspace.leave('deal-alerts', botUserId);
    expect(await here.send(story(Date.now()))).toBe(200);
    await expect.poll(() => cards(here as BotHere).length, { timeout: 20_000, interval: 100 }).toBe(2);
    expect(cards(here).map(({ channel }) => workspace.channel(channel)?.name)).toEqual(['deal-alerts', 'deal-alerts']);
    expect(workspace.channel('deal-alerts')?.members).toContain(botUserId);
  });

  it('says in the parent channel what an archived channel cannot be told, and why', { timeout: 40_000 }, async () => {
    here = await botHere();
    here.sandbox.workspace.archiveChannel('enterprise-deals');
    const large = story(Date.now()).map((signal) => JSON.parse(JSON.stringify(signal).replace('48000', '480000')));
    expect(await here.send(large)).toBe(200);
    const { sandbox } = here;
    await expect
      .poll(() => sandbox.workspace.messages('deal-alerts').map(shown).join('\n'), { timeout: 20_000, interval: 100 })
      .toContain('Acme rollout');
    const told = sandbox.workspace.messages('deal-alerts').map(shown).join('\n');
    expect(told).toContain('#enterprise-deals');
  });
});

describe('when Slack comes in over HTTP', () => {
  it('answers a signed command and acknowledges from a card', { timeout: 40_000 }, async () => {
    here = await botHere({ http: true });
    expect(await here.send(story(Date.now()))).toBe(200);
    const { sandbox } = here;
    await expect.poll(() => cards(here as BotHere).length, { timeout: 20_000, interval: 100 }).toBeGreaterThanOrEqual(2);
    expect(shown(await ask(sandbox, 'account acm'))).toContain('Acme GmbH');
    const card = cards(here).find((message) => message.text.includes('Acme rollout'));
    await sandbox.act({ user: 'dana', channel: card?.channel ?? '', ts: card?.ts ?? '', actionId: 'acknowledge' });
    await expect
      .poll(() => shown(cards(here as BotHere).find((message) => message.ts === card?.ts) as never), { timeout: 20_000 })
      .toContain('Acknowledged by');
  });
});

describe('when journey.yml changes while the bot runs', () => {
  it('takes a sound one over, and keeps the old one and tells the admin channel of a broken one', { timeout: 60_000 }, async () => {
    here = await botHere();
    const { sandbox, map } = here;
    const text = await readFile(map, 'utf8');
    expect(await here.send(story(Date.now()))).toBe(200);
    await expect.poll(() => cards(here as BotHere).length, { timeout: 20_000, interval: 100 }).toBeGreaterThanOrEqual(2);

    await writeFile(map, text.replace('stalled: { after: 15bd', 'stalled: { aftr: 15bd'));
    await expect.poll(() => sandbox.workspace.messages('journey-admin').map(shown).join('\n'), { timeout: 20_000, interval: 100 }).toMatch(/aftr/);
    const stalled = () => shown(cards(here as BotHere).find((message) => message.text.includes('Acme rollout')) as never);
    expect(stalled()).not.toContain('🟢');

    await writeFile(map, text.replace('stalled: { after: 15bd, enterprise: { after: 25bd } }', 'stalled: off').replace('# large deals', '#'));
    await expect.poll(stalled, { timeout: 20_000, interval: 100 }).toContain('🟢');
    expect(stalled()).toContain('switched off');
  });
});
