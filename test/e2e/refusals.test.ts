import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BotHere, botHere } from './bot-here.ts';
import { movableClock } from './movable-clock.ts';
import { customer, oneRuleYml } from './one-rule.ts';
import { postsOf } from './running-bot.ts';

const yml = oneRuleYml({
  more: `
access:
  acknowledge: [marco@us.example]
  record: [marco@us.example]
  mute: [marco@us.example]
  subscribe: [marco@us.example]
  amounts: [marco@us.example]
  details: ["#deal-alerts"]
`,
});

const link = 'https://app.hubspot.com/contacts/145/record/0-3/7';
/** 7 September 2026 is a Monday. */
const clock = movableClock('2026-09-07 10:00');

/** Whoever is refused anywhere: who, what, where and why stand in the audit, and nothing else was done. */
describe('every refusal is audited', { timeout: 60_000 }, () => {
  let here: BotHere;
  let card: { channel: string; ts: string };
  beforeAll(async () => {
    here = await botHere({
      yml,
      clock,
      before: ({ workspace }) => {
        workspace.addChannel({ name: 'with-elsewhere', isShared: true, members: ['dana', 'sam', 'gail'] });
        for (const name of ['gail', 'sam']) workspace.join('deal-alerts', workspace.users().find((user) => user.name === name)?.id ?? '');
      },
    });
    expect(await here.send(customer('1', 'Acme'))).toBe(200);
    await here.bot.idle();
    clock.move('2026-09-22 10:00');
    await here.bot.idle();
    await vi.waitFor(() => expect(postsOf(here.sandbox)).toHaveLength(1), { timeout: 20_000 });
    const [post] = postsOf(here.sandbox);
    card = { channel: post?.channel ?? '', ts: post?.ts ?? '' };
  }, 60_000);
  afterAll(() => here.end());

  const idOf = (name: string): string => here.sandbox.workspace.users().find((user) => user.name === name)?.id ?? '';
  const channelOf = (name: string): string => here.sandbox.workspace.channels().find((channel) => channel.name === name)?.id ?? '';
  const refusalsOf = (name: string): string[] => {
    const db = new Sqlite(join(dirname(here.map), 'journey.db'), { readonly: true });
    const rows = db.prepare("select why from audit where what = 'refused' and who = ? order by sequence").pluck().all(idOf(name));
    db.close();
    return rows.map(String);
  };
  const refused = (name: string, why: string) => expect.poll(() => refusalsOf(name).at(-1), { timeout: 20_000 }).toBe(why);
  const command = (user: string, text: string, channel = 'deal-alerts') => here.sandbox.command({ user, channel, command: '/journey', text });
  const click = (user: string, actionId: string, value?: string) =>
    here.sandbox.act({ user, ...card, actionId, ...(value === undefined ? {} : { selectedOption: { value } }) });
  const modalOf = (name: string) => here.sandbox.workspace.modal(idOf(name));
  const alertId = (): string => {
    const buttons = JSON.stringify(here.sandbox.workspace.messages(card.channel).find(({ ts }) => ts === card.ts)?.blocks);
    return /"action_id":"acknowledge","value":"([^"]+)"/.exec(buttons)?.[1] ?? '';
  };

  it('a command', async () => {
    const there = channelOf('deal-alerts');
    await command('gail', 'account acme');
    await refused('gail', `guest: /journey account, in ${there}`);
    await command('sam', 'no such word', 'with-elsewhere');
    await refused('sam', `other-organisation: /journey, in ${channelOf('with-elsewhere')}`);
    await command('dana', 'mute acme 5bd holiday');
    await refused('dana', `not-permitted: /journey mute, in ${there}`);
    await command('dana', 'account acme', 'general');
    await refused('dana', `not-here: /journey account, in ${channelOf('general')}`);
    await command('dana', 'stalled sort:amount');
    await refused('dana', `not-permitted: /journey stalled, in ${there}`);
  });

  it('a button or a menu of a card', async () => {
    await click('gail', 'acknowledge');
    await refused('gail', `guest: acknowledge, in ${card.channel}`);
    await click('dana', 'acknowledge');
    await refused('dana', `not-permitted: acknowledge, in ${card.channel}`);
    await click('dana', 'vote', `mute:${alertId()}`);
    await refused('dana', `not-permitted: mute, in ${card.channel}`);
    await click('dana', 'snooze', `2bd:${alertId()}`);
    await refused('dana', `not-permitted: snooze, in ${card.channel}`);
    expect(modalOf('dana')).toBeUndefined();
  });

  it('a link that is pasted', async () => {
    await here.sandbox.say({ user: 'sam', channel: 'with-elsewhere', text: link });
    await refused('sam', `other-organisation: link_shared, in ${channelOf('with-elsewhere')}`);
    await here.sandbox.say({ user: 'dana', channel: 'with-elsewhere', text: link });
    await refused('dana', `not-here: link_shared, in ${channelOf('with-elsewhere')}`);
    await here.sandbox.say({ user: 'dana', channel: 'general', text: link });
    await refused('dana', `not-here: link_shared, in ${channelOf('general')}`);
  });

  it('the Home tab, and what is clicked on it', async () => {
    await here.sandbox.openHome({ user: 'gail' });
    await refused('gail', 'guest: app_home_opened, in Home');
    await here.sandbox.openHome({ user: 'dana' });
    await expect.poll(() => JSON.stringify(here.sandbox.workspace.home(idOf('dana'))?.blocks ?? null)).toContain('No legal');
    await here.sandbox.act({ user: 'dana', home: true, actionId: 'home_acknowledge' });
    await refused('dana', 'not-permitted: home_acknowledge, in Home');
  });

  it('a shortcut', async () => {
    await here.sandbox.globalShortcut({ user: 'gail', callbackId: 'find_account' });
    await refused('gail', 'guest: find_account, in no channel');
    await here.sandbox.messageShortcut({ user: 'dana', ...card, callbackId: 'log_message' });
    await refused('dana', `not-permitted: log_message, in ${card.channel}`);
  });

  it('a form, of whoever may not any more, or that names a channel where customers are not spoken of', async () => {
    await command('marco', 'subscribe');
    await expect.poll(() => modalOf('marco'), { timeout: 20_000 }).toBeDefined();
    const values = { to: { to: 'channel' }, channel: { channel: channelOf('general') } };
    const errors = { channel: expect.stringContaining('not shown in this channel') };
    expect(await here.sandbox.submit({ user: 'marco', viewId: modalOf('marco')?.viewId ?? '', values })).toMatchObject({ ok: false, errors });
    await refused('marco', 'not-here: subscription, in a form');
    await click('marco', 'assign');
    await expect.poll(() => JSON.stringify(modalOf('marco')?.view ?? null), { timeout: 20_000 }).toContain('Who sees to it?');
    here.sandbox.workspace.deactivateUser(idOf('marco'));
    clock.move('2026-09-22 11:00');
    const submitted = { user: 'marco', viewId: modalOf('marco')?.viewId ?? '', values: { person: { person: idOf('dana') } } };
    expect(JSON.stringify((await here.sandbox.submit(submitted)).modal)).toContain('only full members');
    await refused('marco', 'deactivated: assign_form, in a form');
  });

  it('and nothing was done by any of them', () => {
    const db = new Sqlite(join(dirname(here.map), 'journey.db'), { readonly: true });
    const done = db.prepare("select who, what from audit where who <> 'bot' and what <> 'refused'").all();
    db.close();
    expect(done).toEqual([]);
    expect(refusalsOf('dana').length).toBeGreaterThan(8);
  });
});
