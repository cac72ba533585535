import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxModal } from '../../src/sandbox/workspace.ts';
import { answerTo, ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { movableClock } from './movable-clock.ts';
import { postsOf, shown } from './running-bot.ts';

const yml = `
admin: "#journey-admin"
calendar: { hours: "09:00-17:00" }
maps:
  sales:
    extends: b2b-saas
    rules: { no-activity: off, missing-role: off, single-threaded: off, close-date: off, ghosted: off, silent-role: off, moment-missed: off }
    stages: { decision: { rules: { stalled: { after: 10bd } } } }
routes: [{ channel: "#deal-alerts" }]
alerts: { repeat: off, budget: 3 }
feed: { staleAfter: 300d }
`;
const accounts = 1_000;
const crowd = Array.from({ length: 19 }, (_, index) => `person${index}`);

/** 7 September 2026 is a Monday. */
const clock = movableClock();

const url = (index: number): string => `https://app.hubspot.com/contacts/145/record/0-3/${index}`;
const signalsOf = (index: number) => [
  {
    id: `a${index}`,
    type: 'account.upserted',
    occurredAt: '2026-09-07T09:58:00Z',
    account: { id: `a-${index}`, name: `Account ${index}`, ownerEmail: 'dana@us.example' },
  },
  {
    id: `d${index}`,
    type: 'deal.upserted',
    occurredAt: '2026-09-07T09:59:00Z',
    deal: {
      id: `d-${index}`,
      accountId: `a-${index}`,
      name: `Deal ${index}`,
      stage: 'decision',
      amount: 9_000,
      ownerEmail: 'dana@us.example',
      url: url(index),
    },
  },
];

type HomeBlock = { block_id: string; elements?: { action_id: string; value: string }[] };

describe('Slack as a place to work, with a thousand accounts of one owner', { timeout: 60_000 }, () => {
  let here: BotHere;
  beforeAll(async () => {
    clock.move('2026-09-22 10:00');
    here = await botHere({
      yml,
      clock,
      before: ({ workspace }) => {
        for (const name of crowd) workspace.addUser({ name });
      },
    });
    const signals = Array.from({ length: accounts }, (_, index) => signalsOf(index)).flat();
    for (let from = 0; from < signals.length; from += 500) expect(await here.send(signals.slice(from, from + 500))).toBe(200);
    // A history: one summary tells of it, and not a thousand cards.
    clock.move('2026-09-22 12:00');
    await here.bot.idle();
    const fresh = { id: 'd-fresh', accountId: 'a-0', name: 'Fresh deal', stage: 'decision', ownerEmail: 'theo@us.example' };
    await here.send({ id: 'fresh', type: 'deal.upserted', occurredAt: '2026-09-22T12:00:00Z', deal: fresh });
    await here.bot.idle();
    clock.move('2026-10-08 12:00');
    await here.bot.idle();
  }, 60_000);
  afterAll(() => here.end());

  const idOf = (name: string): string => here.sandbox.workspace.users().find((user) => user.name === name)?.id ?? '';
  const home = (name = 'dana'): string => JSON.stringify(here.sandbox.workspace.home(idOf(name))?.blocks ?? []);
  const modal = (name = 'dana'): SandboxModal | undefined => here.sandbox.workspace.modal(idOf(name));
  const modalText = (): string => JSON.stringify(modal()?.view ?? null);
  const published = (): Promise<void> =>
    new Promise((resolve) => {
      const off = here.sandbox.workspace.on('home', () => {
        off();
        resolve();
      });
    });

  it('opens the Home tab on the first page of each list, drawn once', async () => {
    const drawn = published();
    await here.sandbox.openHome({ user: 'dana' });
    await drawn;
    await here.bot.idle();
    expect(home()).toMatch(/1,000 alerts of yours are.*You own 1,000 accounts.*Page 1 of 200.*Page 1 of 100/);
    // Five alerts, and ten accounts beside those.
    expect([home().match(/home_acknowledge/g)?.length, new Set(home().match(/Account \d+/g)).size]).toEqual([5, 15]);
    expect(here.sandbox.workspace.calls('views.publish')).toHaveLength(1);
  });

  it('turns its pages', async () => {
    const blocks = here.sandbox.workspace.home(idOf('dana'))?.blocks as HomeBlock[];
    const pager = blocks.findLast(({ elements }) => elements?.some(({ action_id: id }) => id === 'home_next'));
    const drawn = published();
    await here.sandbox.act({ user: 'dana', home: true, actionId: 'home_next', blockId: pager?.block_id ?? '' });
    await drawn;
    expect(home()).toContain('Page 2 of 100');
  });

  it('shows admins the connections, and guests nothing', async () => {
    await here.sandbox.openHome({ user: 'marco' });
    await expect.poll(() => home('marco')).toMatch(/Connections.*The signals endpoint.*last heard/);
    await here.sandbox.openHome({ user: 'gail' });
    await expect.poll(() => home('gail')).toContain('only full members');
  });

  it('twenty people who take one alert at once, on Home and on its card, leave one who has it', async () => {
    const card = postsOf(here.sandbox).find((message) => shown(message).includes('Fresh deal'));
    await here.sandbox.openHome({ user: 'theo' });
    await expect.poll(() => home('theo')).toContain('home_acknowledge');
    const [before] = here.sandbox.workspace.calls('views.publish').slice(-1);
    await Promise.all([
      ...crowd.map((user) => here.sandbox.act({ user, channel: card?.channel ?? '', ts: card?.ts ?? '', actionId: 'acknowledge' })),
      here.sandbox.act({ user: 'theo', home: true, actionId: 'home_acknowledge' }),
    ]);
    await expect.poll(() => here.sandbox.workspace.calls('views.publish').at(-1)).not.toBe(before);
    const late = (): number =>
      here.sandbox.workspace.ephemerals().filter(({ text }) => text.includes('Nothing was changed')).length +
      Number(home('theo').includes('Nothing was changed'));
    await expect.poll(late).toBe(crowd.length);
    await here.bot.idle();
    expect(shown(await ask(here.sandbox, 'why Fresh deal', 'theo')).match(/acknowledged/g)).toHaveLength(1);
    // Taken, the others are told by the card, too.
    await here.sandbox.openHome({ user: 'theo' });
    await expect.poll(() => home('theo')).toContain('Acknowledged by');
  });

  it('shows the account below a link that somebody pastes', async () => {
    const message = await here.sandbox.say({ user: 'theo', channel: 'deal-alerts', text: `What about ${url(7)} ?` });
    await expect
      .poll(() => JSON.stringify(here.sandbox.workspace.message(message.channel, message.ts)?.attachments ?? null))
      .toMatch(/Account 7.*Deal 7.*Stalled in Decision/);
    const shows = await here.sandbox.act({ user: 'theo', channel: message.channel, ts: message.ts, actionId: 'show' });
    expect(shown(await answerTo(here.sandbox, shows))).toMatch(/Account 7.*Deal 7/);
  });

  it('finds an account by its name, and shows it', async () => {
    await here.sandbox.globalShortcut({ user: 'dana', callbackId: 'find_account' });
    await expect.poll(modalText).toContain('Find account');
    const viewId = modal()?.viewId ?? '';
    const { groups } = await here.sandbox.suggest({ user: 'dana', viewId, actionId: 'pick_account', value: 'account 77' });
    // The very name first, then those that begin so.
    expect(groups[0]?.options.map(({ value }) => value)).toEqual(['a-77', ...Array.from({ length: 10 }, (_, digit) => `a-77${digit}`)]);
    await here.sandbox.act({ user: 'dana', viewId, actionId: 'pick_account', selectedOption: { value: 'a-77', text: 'Account 77' } });
    await expect.poll(modalText).toMatch(/Account 77.*Deal 77.*Stalled in Decision/);
  });

  it('logs a message as a touchpoint, once', async () => {
    // Slack's own clock says when a message was written.
    clock.moveToNow();
    const message = await here.sandbox.say({ user: 'theo', channel: 'general', text: 'They signed the order form today' });
    for (const outcome of [/✅ Logged: message, Account 5/, /It was logged already: message, Account 5/]) {
      await here.sandbox.messageShortcut({ user: 'dana', channel: message.channel, ts: message.ts, callbackId: 'log_message' });
      await expect.poll(modalText).toContain('With which account');
      await here.sandbox.act({
        user: 'dana',
        viewId: modal()?.viewId ?? '',
        actionId: 'pick_message_account',
        selectedOption: { value: 'a-5', text: 'Account 5' },
      });
      await expect.poll(modalText).toMatch(/With \*Account 5\*/);
      await here.sandbox.submit({ user: 'dana', viewId: modal()?.viewId ?? '', values: {} });
      await expect.poll(modalText).toMatch(outcome);
    }
    await here.bot.idle();
    expect(shown(await ask(here.sandbox, 'account "Account 5"'))).toContain('They signed the order form today');
  });
});
