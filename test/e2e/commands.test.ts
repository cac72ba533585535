import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../src/sandbox/workspace.ts';
import { ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { movableClock } from './movable-clock.ts';
import { postsOf, shown } from './running-bot.ts';

const yml = `
admin: "#admin"
timezone: Europe/Berlin
calendar: { hours: "09:00-17:00" }
segments: { enterprise: { when: { amount: ">= 50000" } } }
maps:
  sales:
    extends: b2b-saas
    rules: { missing-role: off, single-threaded: off, close-date: off, moment-missed: off, ghosted: { attempts: 1, after: 2bd }, silent-role: off, no-activity: off }
    stages: { decision: { rules: { stalled: { after: 5bd } } } }
routes: [{ channel: "#deal-alerts" }]
digests: [{ channel: "#revenue", schedule: "0 9 * * mon" }]
alerts: { repeat: off, budget: 100 }
feed: { staleAfter: 300d }
`;

/** 7 September 2026 is a Monday. */
const clock = movableClock();

const deal = (id: string, name: string, amount: number, accountId: string, stage = 'contractsent') => ({
  id: `e-${id}-${stage}`,
  type: 'deal.upserted',
  occurredAt: '2026-09-07T07:59:00Z',
  deal: { id, accountId, name, stage, amount, currency: 'EUR', ownerEmail: 'dana@us.example' },
});
const account = (id: string, name: string) => ({
  id: `e-${id}`,
  type: 'account.upserted',
  occurredAt: '2026-09-07T07:59:00Z',
  account: { id, name },
});
const entered = (dealId: string, stage: string, at: string) => ({
  id: `s-${dealId}-${stage}`,
  type: 'stage.entered',
  occurredAt: at,
  stage: { dealId, stage },
});
const touched = (id: string, at: string, direction: string) => ({
  id: `t-${id}`,
  type: 'touchpoint.recorded',
  occurredAt: at,
  touchpoint: { accountId: 'a-1', dealId: 'd-1', type: 'email', direction },
});

describe('the commands, from Slack to the store and back', { timeout: 60_000 }, () => {
  let here: BotHere;
  beforeAll(async () => {
    clock.move('2026-09-07 08:00');
    here = await botHere({
      yml,
      clock,
      before: (sandbox) => {
        for (const name of ['admin', 'revenue']) if (sandbox.workspace.channel(name) === undefined) sandbox.workspace.addChannel({ name });
      },
    });
    const sent = [
      account('a-1', 'Acme GmbH'),
      account('a-2', 'Birch Ltd'),
      deal('d-1', 'Acme rollout', 60_000, 'a-1'),
      deal('d-2', 'Birch pilot', 9_000, 'a-2'),
    ];
    expect(await here.send(sent)).toBe(200);
    await here.bot.idle();
    clock.move('2026-09-08 08:00');
    expect(await here.send([touched('1', '2026-09-08T07:59:00Z', 'outbound')])).toBe(200);
    await here.bot.idle();
  }, 60_000);
  afterAll(() => here.end());

  const answer = async (text: string, user = 'dana'): Promise<string> => shown(await ask(here.sandbox, text, user));
  const idOf = (name: string): string => here.sandbox.workspace.users().find((user) => user.name === name)?.id ?? '';
  const form = () => here.sandbox.workspace.modal(idOf('dana'));
  const said = (): SandboxMessage[] => postsOf(here.sandbox);
  const inChannel = (name: string): SandboxMessage[] => said().filter(({ channel }) => channel === here.sandbox.workspace.channel(name)?.id);

  it('subscribe opens a form, refuses a mistyped filter at its field, and keeps what is right', async () => {
    await here.sandbox.command({ user: 'dana', channel: 'general', command: '/journey', text: 'subscribe owner:@me' });
    await expect.poll(form, { timeout: 20_000 }).toBeDefined();
    const submit = (filter: string) =>
      here.sandbox.submit({
        user: 'dana',
        viewId: form()?.viewId ?? '',
        values: { to: { to: 'me' }, weekday: { weekday: 'mon' }, time: { time: '10:00' }, filter: { filter } },
      });
    expect((await submit('stage:decison')).errors).toEqual({ filter: expect.stringContaining('Did you mean stage:decision?') });
    expect(await submit('owner:@me')).toMatchObject({ ok: true });
    expect(await answer('subscribe')).toContain('Mondays at 10:00 (Europe/Berlin)');
  });

  it('path shows the way against the map', async () => {
    const path = await answer('path acme rollout');
    expect(path).toContain('1 stage so far: 1 in time, 1 without all that the map expects.');
    expect(await answer('path zyxel')).toContain('Nothing is called');
  });

  it('lists filter, sort, and answer what is mistyped with what may have been meant', async () => {
    clock.move('2026-09-15 08:00');
    await here.bot.idle();
    const list = await answer('stalled owner:@me sort:amount');
    expect(list.indexOf('Acme rollout')).toBeLessThan(list.indexOf('Birch pilot'));
    expect(await answer('stalled amount:>50k')).not.toContain('Birch pilot');
    expect(await answer('stalled segment:enterprize')).toContain('Did you mean');
    expect(await answer('silent')).toContain('No answer yet to our first attempt');
  });

  it('note is a touchpoint that answers nobody, unless it says who acted', async () => {
    expect(await answer('note acme mood:-1 "They have a new budget owner"')).toContain('Logged: note, Acme GmbH.');
    await here.bot.idle();
    expect(await answer('account acme')).toContain('noted by us: note 🙁 went badly');
    expect(await answer('silent')).toContain('Acme rollout');
    expect(await answer('note acme in "They called back"')).toContain('Logged');
    await here.bot.idle();
    expect(await answer('silent')).toContain('none');
    expect(await answer('note acme mood:9 "x"')).toContain('is no mood');
  });

  it('the digest comes once, to the channel and to whoever has subscribed, with the rest in its thread', async () => {
    expect(await here.send([entered('d-2', 'closedwon', '2026-09-16T07:59:00Z')])).toBe(200);
    await here.bot.idle();
    clock.move('2026-09-21 08:00');
    // Any click wakes the regular round.
    expect(await answer('mute birch 1bd later')).toContain('Unmute');
    await expect.poll(() => inChannel('revenue').length, { timeout: 20_000 }).toBeGreaterThan(3);
    await here.bot.idle();
    const main = inChannel('revenue').find((message) => shown(message).startsWith('Customer journeys,'));
    const parts = inChannel('revenue').filter(({ threadTs }) => threadTs !== undefined);
    expect(main === undefined ? '' : shown(main)).toContain('*Won:* 1 (€9,000)');
    expect(new Set(parts.map(({ threadTs }) => threadTs))).toEqual(new Set([main?.ts]));
    expect(parts.map(shown).join('\n')).toContain('What became of the alerts');
    const mine = said().filter((message) => shown(message).includes('Only owner dana@us.example'));
    expect(mine).toHaveLength(1);
    const all = said().length;
    expect(await answer('unmute birch')).toContain('not muted any more');
    await here.bot.idle();
    expect(said()).toHaveLength(all);
  });

  it('digest now shows all of it to the asker alone', async () => {
    const all = said().length;
    const preview = await answer('digest now segment:enterprise');
    for (const part of ['Only you see this preview', 'Only segment enterprise', 'What needs attention']) expect(preview).toContain(part);
    expect(said()).toHaveLength(all);
  });

  it('an unknown word is answered with the nearest, and guests with a refusal', async () => {
    expect(await answer('acc')).toContain('/journey account');
    expect(await answer('help subscribe')).toContain('/journey subscribe owner:@me');
    expect(await answer('path acme', 'gail')).toContain('Sorry');
  });
});
