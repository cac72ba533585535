import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SandboxMessage, SandboxModal } from '../../src/sandbox/workspace.ts';
import { aloud, answerTo, ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { movableClock } from './movable-clock.ts';
import { postsOf, shown } from './running-bot.ts';

const yml = `
calendar: { hours: "09:00-17:00" }
maps:
  sales:
    extends: b2b-saas
    rules: { no-activity: off, single-threaded: off, close-date: off, ghosted: off, silent-role: off, moment-missed: off, content-gap: off, stalled: { after: 5bd } }
    stages: { decision: { expects: { roles: [legal], within: 5bd } } }
routes: [{ channel: "#deal-alerts" }]
alerts: { repeat: off, budget: 100 }
feed: { staleAfter: 300d }
`;
const occurredAt = '2026-09-07T09:59:00Z';
/** More than one page of a list, and of each list on the Home tab. */
const customers = Array.from({ length: 12 }, (_, index) => {
  const [id, name] = [`${index + 1}`, `Customer ${index + 1}`];
  return [
    { type: 'account.upserted', occurredAt, account: { id: `a-${id}`, name, ownerEmail: 'dana@us.example' } },
    {
      type: 'deal.upserted',
      occurredAt,
      deal: { id: `d-${id}`, accountId: `a-${id}`, name: `${name} rollout`, stage: 'decision', ownerEmail: 'dana@us.example' },
    },
  ];
}).flat();
/** 7 September 2026 is a Monday. */
const clock = movableClock('2026-09-07 10:00');

type Block = { block_id: string };

/** Buttons that no other test of the whole bot clicks. */
describe('with the real bot', { timeout: 60_000 }, () => {
  let here: BotHere;
  beforeAll(async () => {
    here = await botHere({ yml, clock });
    expect(await here.send(customers)).toBe(200);
    await here.bot.idle();
    clock.move('2026-09-22 10:00');
    await here.bot.idle();
    await vi.waitFor(() => expect(postsOf(here.sandbox)).toHaveLength(12), { timeout: 20_000 });
  }, 60_000);
  afterAll(() => here.end());

  const idOf = (name: string): string => here.sandbox.workspace.users().find((user) => user.name === name)?.id ?? '';
  const homeBlocks = (): Block[] => (here.sandbox.workspace.home(idOf('dana'))?.blocks ?? []) as Block[];
  const home = (): string => JSON.stringify(homeBlocks());
  const modal = (): SandboxModal | undefined => here.sandbox.workspace.modal(idOf('dana'));
  const cardOf = (name: string) => postsOf(here.sandbox).find((message) => shown(message).includes(`${name} rollout`)) as SandboxMessage;
  const click = ({ channel, ts }: SandboxMessage, actionId: string) => here.sandbox.act({ user: 'dana', channel, ts, actionId });
  /** What takes the place of the answer that was clicked in. */
  const replaced = async (message: SandboxMessage, actionId: string, says: RegExp): Promise<SandboxMessage> => {
    const now = () => here.sandbox.workspace.ephemerals().find(({ ts }) => ts === message.ts) ?? message;
    await click(message, actionId);
    await expect.poll(() => aloud(now()), { timeout: 20_000 }).toMatch(says);
    return now();
  };
  const onHome = (actionId: string, says: string) =>
    here.sandbox.act({
      user: 'dana',
      home: true,
      actionId,
      blockId: homeBlocks().find((block) => JSON.stringify(block).includes(`"${actionId}"`) && JSON.stringify(block).includes(says))?.block_id ?? '',
    });
  const homeSays = (says: RegExp) => expect.poll(home, { timeout: 20_000 }).toMatch(says);

  it('a list has pages, by word and by button', async () => {
    const first = await ask(here.sandbox, 'gaps');
    expect(aloud(first)).toContain('Page 1 of 2');
    const second = await ask(here.sandbox, 'gaps page:2 owner:@me');
    expect(aloud(second)).toMatch(/\(owner:@me\): 12 journeys.*Page 2 of 2/s);
    await replaced(second, 'list_previous', /Page 1 of 2/);
    await replaced(first, 'list_next', /Page 2 of 2/);
    expect(aloud(await ask(here.sandbox, 'gaps page:9'))).toContain('Page 2 of 2');
    expect(aloud(await ask(here.sandbox, 'gaps page:two'))).toMatch(/do not understand “page:two”\. Filters are `owner:@me`/);
  });

  it('all alerts of a card are acknowledged at once', async () => {
    await click(cardOf('Customer 1'), 'acknowledge_card');
    await expect.poll(() => shown(cardOf('Customer 1')), { timeout: 20_000 }).toMatch(/Acknowledged by.*Acknowledged by/);
    const why = async () => aloud(await ask(here.sandbox, 'why Customer 1 rollout'));
    expect((await why()).match(/· acknowledged/g)).toHaveLength(2);
    expect(shown(cardOf('Customer 1'))).not.toContain('acknowledge_card');
  });

  it('a mute is taken back where it was said', async () => {
    const muted = await ask(here.sandbox, 'mute "Customer 2" 5bd on holiday');
    expect(aloud(muted)).toContain('✅ Customer 2: muted for 5 working days.');
    await replaced(muted, 'unmute', /✅ Customer 2: not muted any more\./);
  });

  it('an account leads to what its rules say', async () => {
    const account = await ask(here.sandbox, 'account "Customer 3"');
    expect(aloud(await answerTo(here.sandbox, await click(account, 'show')))).toContain('`missing-role`: ⚠️ found');
  });

  it('a digest is subscribed to, changed and ended where they are listed', async () => {
    await here.sandbox.command({ user: 'dana', channel: 'general', command: '/journey', text: 'subscribe' });
    await expect.poll(modal, { timeout: 20_000 }).toBeDefined();
    await here.sandbox.submit({ user: 'dana', viewId: modal()?.viewId ?? '', values: {} });
    await here.sandbox.closeModal({ user: 'dana', viewId: modal()?.viewId ?? '' });
    const listed = await ask(here.sandbox, 'subscribe');
    await click(listed, 'edit_subscription');
    await expect.poll(() => JSON.stringify(modal()?.view ?? null), { timeout: 20_000 }).toContain('Change the digest');
    await here.sandbox.submit({ user: 'dana', viewId: modal()?.viewId ?? '', values: { weekday: { weekday: 'fri' } } });
    await here.sandbox.closeModal({ user: 'dana', viewId: modal()?.viewId ?? '' });
    const changed = await ask(here.sandbox, 'subscribe');
    expect(aloud(changed)).toContain('*Fridays at 09:00');
    await replaced(changed, 'end_subscription', /✅ Ended.*You have subscribed to no digest/s);
  });

  it('the Home tab turns its pages, folds, and ends a digest', async () => {
    await here.sandbox.openHome({ user: 'dana' });
    await homeSays(/My alerts.*Page 1 of [45]/);
    await onHome('home_next', 'page 2 of my alerts');
    await homeSays(/Page 2 of [45]/);
    await onHome('home_previous', 'page 1 of my alerts');
    await homeSays(/Page 1 of [45]/);
    await onHome('home_go', 'My accounts');
    await expect.poll(home, { timeout: 20_000 }).not.toContain('page 2 of my accounts');
    await onHome('subscribe', 'New digest');
    await expect.poll(modal, { timeout: 20_000 }).toBeDefined();
    await here.sandbox.submit({ user: 'dana', viewId: modal()?.viewId ?? '', values: {} });
    await homeSays(/Mondays at 09:00/);
    await onHome('home_end_subscription', 'Mondays');
    await expect.poll(home, { timeout: 20_000 }).not.toContain('Mondays at 09:00');
  });

  it('review done says when the next one is due', async () => {
    expect(aloud(await ask(here.sandbox, 'review done'))).toContain('The next review is due 2026-12-21.');
    expect(aloud(await ask(here.sandbox, 'review'))).toContain('Due again 2026-12-21.');
  });

  it('a message is logged on another account than was thought of first', async () => {
    // Messages have the workspace's own time.
    clock.moveToNow();
    const message = await here.sandbox.say({ user: 'dana', channel: 'general', text: 'They want the contract' });
    await here.sandbox.messageShortcut({ user: 'dana', channel: message.channel, ts: message.ts, callbackId: 'log_message' });
    const viewSays = (says: string) => expect.poll(() => JSON.stringify(modal()?.view ?? null), { timeout: 20_000 }).toContain(says);
    const pick = (value: string) =>
      here.sandbox.act({ user: 'dana', viewId: modal()?.viewId ?? '', actionId: 'pick_message_account', selectedOption: { value, text: value } });
    await viewSays('With which account');
    await pick('a-4');
    await viewSays('With *Customer 4*');
    await here.sandbox.act({ user: 'dana', viewId: modal()?.viewId ?? '', actionId: 'other_account' });
    await viewSays('With which account');
    await pick('a-5');
    await viewSays('With *Customer 5*');
    const { modal: done } = await here.sandbox.submit({ user: 'dana', viewId: modal()?.viewId ?? '', values: {} });
    expect(JSON.stringify(done)).toContain('✅ Logged: message, Customer 5.');
  });
});
