import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../src/sandbox/workspace.ts';
import { ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { shown } from './running-bot.ts';

/** Seven digits, which stand nowhere else by chance: in no time, no id. */
const amounts = { open: 9_876_543, won: 8_765_432 };
const anAmount = /9[,.\s]?876[,.\s]?543|8[,.\s]?765[,.\s]?432/;

const yml = `
admin: "#journey-admin"
calendar: { hours: "09:00-17:00" }
maps:
  sales:
    extends: b2b-saas
    rules: { no-activity: off, single-threaded: off, close-date: off, ghosted: off, silent-role: off, moment-missed: off }
    stages: { decision: { expects: { roles: [legal], within: 5bd }, rules: { stalled: { after: 10bd } } } }
routes: [{ channel: "#deal-alerts", match: {} }]
digests: [{ channel: "#deal-alerts", schedule: "0 9 * * mon" }]
access: { amounts: [head@us.example] }
alerts: { repeat: off }
feed: { staleAfter: 300d }
`;

/** Goes on by itself and can be moved, which wakes whoever waits. 7 September 2026 is a Monday. */
let ahead = 0;
const waiting = new Set<() => void>();
const move = (to: string): void => {
  ahead = Date.parse(`${to.replace(' ', 'T')}:00Z`) - Date.now();
  for (const wake of waiting) wake();
};
const clock = {
  now: () => Date.now() + ahead,
  onJump(listen: () => void) {
    waiting.add(listen);
    return () => waiting.delete(listen);
  },
};

const url = 'https://app.hubspot.com/contacts/145/record/0-3/7';
const occurredAt = '2026-09-07T09:59:00Z';
const signals = [
  { type: 'account.upserted', occurredAt, account: { id: 'a-1', name: 'Acme GmbH', ownerEmail: 'dana@us.example' } },
  {
    type: 'deal.upserted',
    occurredAt,
    deal: {
      id: 'd-1',
      accountId: 'a-1',
      name: 'Acme rollout',
      stage: 'decision',
      amount: amounts.open,
      currency: 'EUR',
      ownerEmail: 'dana@us.example',
      url,
    },
  },
  { type: 'person.upserted', occurredAt, person: { id: 'p-1', accountId: 'a-1', name: 'Priya Nair', title: 'CFO' } },
  {
    type: 'deal.upserted',
    occurredAt,
    deal: { id: 'd-2', accountId: 'a-1', name: 'Acme pilot', stage: 'decision', amount: amounts.won, currency: 'USD', ownerEmail: 'dana@us.example' },
  },
];

describe('amounts that journey.yml shows to one person alone', { timeout: 60_000 }, () => {
  let here: BotHere;
  beforeAll(async () => {
    move('2026-09-07 10:00');
    here = await botHere({
      yml,
      clock,
      before: ({ workspace }) => {
        const { id } = workspace.addUser({ name: 'head', email: 'head@us.example' });
        workspace.join('deal-alerts', id);
        workspace.join('general', id);
      },
    });
    expect(await here.send(signals)).toBe(200);
    await here.bot.idle();
    move('2026-09-22 10:00');
    await here.bot.idle();
    move('2026-09-23 10:00');
    await here.send({ type: 'deal.upserted', occurredAt: '2026-09-23T10:00:00Z', deal: { id: 'd-2', status: 'won' } });
    await here.bot.idle();
  }, 60_000);
  afterAll(() => here.end());

  const idOf = (name: string): string => here.sandbox.workspace.users().find((user) => user.name === name)?.id ?? '';
  const home = (user: string): string => JSON.stringify(here.sandbox.workspace.home(idOf(user))?.blocks ?? []);
  const modal = (user: string): string => JSON.stringify(here.sandbox.workspace.modal(idOf(user))?.view ?? null);
  const viewOf = (user: string): string => here.sandbox.workspace.modal(idOf(user))?.viewId ?? '';
  const posts = (channel: string): string => here.sandbox.workspace.messages(channel).map(whole).join('\n');
  const whole = (message: SandboxMessage): string => `${shown(message)}\n${JSON.stringify(message.attachments ?? [])}`;
  const dmOf = (user: string): string => {
    const channel = here.sandbox.workspace.channels().find(({ isDirect, members }) => isDirect === true && members.includes(idOf(user)));
    return channel === undefined ? '' : posts(channel.id);
  };

  async function subscribe(user: string, filter = ''): Promise<void> {
    await here.sandbox.command({ user, channel: 'general', command: '/journey', text: 'subscribe' });
    await expect.poll(() => modal(user), { timeout: 20_000 }).toContain('Subscribe to a digest');
    const values = { to: 'me', weekday: 'mon', time: '09:00', filter };
    const filled = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { [name]: value }]));
    await here.sandbox.submit({ user, viewId: viewOf(user), values: filled });
  }

  it('are in the answers to that one, and nowhere in the answers to others', async () => {
    for (const text of ['account acme', 'deal acme rollout', 'stalled', 'stalled sort:amount', 'stalled amount:>50k', 'digest now'])
      expect(whole(await ask(here.sandbox, text, 'head')), text).toMatch(anAmount);
    for (const text of [
      '',
      'account acme',
      'deal acme rollout',
      'path acme rollout',
      'why acme rollout',
      'stalled',
      'gaps',
      'silent',
      'metrics',
      'review',
      'digest now',
    ]) {
      const said = whole(await ask(here.sandbox, text));
      expect(said, text).not.toMatch(anAmount);
      expect(said, text).not.toContain('Something went wrong');
    }
  });

  it('cannot be asked for by filtering or sorting, nor by changing the filter of a list or a digest', async () => {
    for (const text of ['stalled amount:>50000', 'gaps sort:amount', 'silent amount:<1m', 'digest amount:>50k'])
      expect(shown(await ask(here.sandbox, text)), text).toContain('You may not see amounts');
    await subscribe('dana', 'amount:>50k');
    expect(JSON.stringify(here.sandbox.workspace.modal(idOf('dana'))?.errors)).toContain('You may not see amounts');
    await here.sandbox.closeModal({ user: 'dana', viewId: viewOf('dana') });
  });

  it('are not on cards, on what follows in their threads, and below links', async () => {
    expect(posts('deal-alerts')).toContain('Acme rollout');
    const { ts, channel } = await here.sandbox.say({ user: 'head', channel: 'deal-alerts', text: url });
    const attached = () => JSON.stringify(here.sandbox.workspace.message(channel, ts)?.attachments ?? null);
    await expect.poll(attached, { timeout: 20_000 }).toContain('Acme rollout');
    expect(posts('deal-alerts')).not.toMatch(anAmount);
  });

  it('are not on the Home tab, and not in the forms that show an account to others', async () => {
    await here.sandbox.openHome({ user: 'dana' });
    await expect.poll(() => home('dana'), { timeout: 20_000 }).toContain('Acme rollout');
    expect(home('dana')).not.toMatch(anAmount);
    const found = async (user: string): Promise<string> => {
      await here.sandbox.globalShortcut({ user, callbackId: 'find_account' });
      await expect.poll(() => modal(user), { timeout: 20_000 }).toContain('Part of the name');
      const picked = { value: 'a-1', text: 'Acme GmbH' };
      await here.sandbox.act({ user, viewId: viewOf(user), actionId: 'pick_account', selectedOption: picked });
      await expect.poll(() => modal(user), { timeout: 20_000 }).toContain('Acme rollout');
      return modal(user);
    };
    expect(await found('head')).toMatch(anAmount);
    expect(await found('dana')).not.toMatch(anAmount);
    const blocks = here.sandbox.workspace.home(idOf('dana'))?.blocks as { block_id: string }[];
    const account = blocks.find((block) => JSON.stringify(block).includes('account:a-1'));
    await here.sandbox.act({ user: 'dana', home: true, actionId: 'home_show', blockId: account?.block_id ?? '' });
    await expect.poll(() => modal('dana'), { timeout: 20_000 }).toMatch(/"Account".*Acme rollout/);
    expect(modal('dana')).not.toMatch(anAmount);
  });

  it('are in the digest to that one, and not in those to others and to channels', async () => {
    await subscribe('dana');
    await subscribe('head');
    await expect.poll(() => modal('head'), { timeout: 20_000 }).toContain('Subscribed');
    move('2026-09-28 12:00');
    await here.bot.idle();
    await expect.poll(() => dmOf('head'), { timeout: 20_000 }).toMatch(anAmount);
    await expect.poll(() => dmOf('dana'), { timeout: 20_000 }).toContain('Won:');
    await expect.poll(() => posts('deal-alerts'), { timeout: 20_000 }).toContain('Won:');
    expect(dmOf('dana')).not.toMatch(anAmount);
    expect(posts('deal-alerts')).not.toMatch(anAmount);
  });

  it('come and go on cards that stand already, as journey.yml says', async () => {
    const card = () => posts('deal-alerts');
    for (const [text, shows] of [
      [yml.replace(/^access:.*$/m, ''), true],
      [yml, false],
    ] as const) {
      await writeFile(here.map, text);
      await expect.poll(() => anAmount.test(card()), { timeout: 20_000 }).toBe(shows);
    }
  });
});
