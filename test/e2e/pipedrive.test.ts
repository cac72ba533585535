import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from '../commands/run-command.ts';
import { startPipedrive } from '../pipedrive/start-pipedrive.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { environmentOf, postsOf, shown } from './running-bot.ts';

const dayMs = 86_400_000;
const password = 'a-password-of-our-own';
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

const map = `
timezone: UTC
maps:
  sales:
    extends: b2b-saas
    for: deals
    stages:
      decision: { from: { pipedrive: ["2"] }, rules: { stalled: { after: crm, otherwise: 300d } } }
routes:
  - channel: "#deal-alerts"
alerts: { repeat: 5bd }
`;

/** A Pipedrive whose clock can be set, and a bot that hears of it, or only asks. */
async function together({ hears = true, now = Date.now } = {}) {
  let daysAgo = 0;
  const pipedrive = await startPipedrive({ now: () => now() - daysAgo * dayMs, password });
  ended.push(() => pipedrive.close());
  const api = { PIPEDRIVE_API_TOKEN: pipedrive.apiToken, PIPEDRIVE_API_URL: pipedrive.url };
  const here = await botHere({
    environment: () => ({ ...api, ...(hears ? { PIPEDRIVE_WEBHOOK_USER: pipedrive.user, PIPEDRIVE_WEBHOOK_PASSWORD: password } : {}) }),
  });
  ended.push(() => here.end());
  await writeFile(here.map, map);
  const at = (days: number): void => {
    daysAgo = days;
  };
  return { pipedrive, here, api, to: `${here.bot.url}/webhooks/pipedrive`, at };
}

/** A deal that has been in a stage for twenty days, where Pipedrive allows fourteen. */
function rottenDeal({ pipedrive: { records }, at }: Awaited<ReturnType<typeof together>>): number {
  at(40);
  const organization = records.create('organizations', { name: 'Acme GmbH', website: 'acme.example' });
  const priya = records.create('persons', { name: 'Priya Nair', job_title: 'CFO', org_id: organization });
  const deal = records.create('deals', { title: 'Acme rollout', org_id: organization, person_id: priya, value: 48_000, stage_id: 1 });
  at(20);
  records.update('deals', deal, { stage_id: 2 });
  at(0);
  return deal;
}

const cards = ({ sandbox }: BotHere): string[] =>
  postsOf(sandbox)
    .filter((message) => message.threadTs === undefined)
    .map(shown)
    .filter((text) => text.includes('Acme rollout'));

describe('a team with Pipedrive', () => {
  it('hears of a deal that rots by Pipedrive’s own measure, from webhooks doubled and out of order, and sees its card turn green when it is won', {
    timeout: 60_000,
  }, async () => {
    const both = await together();
    const deal = rottenDeal(both);
    const { pipedrive, here, to } = both;
    expect(new Set(await pipedrive.send({ to, order: (events) => events.toReversed(), times: 2 }))).toEqual(new Set([200]));
    await expect.poll(() => cards(here), { timeout: 20_000, interval: 100 }).toHaveLength(1);
    expect(cards(here)[0]).toContain('Stalled in Decision');
    expect(cards(here)[0]).toContain('within 14 days');

    pipedrive.records.update('deals', deal, { status: 'won' });
    expect(await pipedrive.send({ to })).toEqual([200]);
    await expect.poll(() => cards(here)[0], { timeout: 20_000, interval: 100 }).toContain('🟢');
    expect(cards(here)).toHaveLength(1);
  });

  it('sees the same card from an import, with nothing but a token', { timeout: 90_000 }, async () => {
    const start = Date.now();
    const told = await together({ now: () => start });
    rottenDeal(told);
    await told.pipedrive.send({ to: told.to });

    const asked = await together({ hears: false, now: () => start });
    rottenDeal(asked);
    const folder = dirname(asked.here.map);
    const environment = { ...environmentOf(asked.here.sandbox, folder), ...asked.api, JOURNEY_CONFIG: asked.here.map };
    for (const _ of ['once', 'again']) {
      const { code, output } = await runCommand(folder, ['import', 'pipedrive'], environment);
      expect([code, output]).toEqual([0, expect.any(String)]);
    }
    // The bot looks around every half minute; a map that was written makes it look sooner.
    await writeFile(asked.here.map, `${map}# written again\n`);
    await expect.poll(() => cards(asked.here), { timeout: 40_000, interval: 100 }).toHaveLength(1);
    await expect.poll(() => cards(told.here), { timeout: 20_000, interval: 100 }).toHaveLength(1);
    expect(cards(asked.here)).toEqual(cards(told.here));
    expect((await runCommand(folder, ['check', asked.here.map, '--connect'], environment)).output).toContain('field for roles');
  });
});
