import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxMessage, SandboxModal } from '../../src/sandbox/workspace.ts';
import { ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { movableClock } from './movable-clock.ts';
import { postsOf, shown } from './running-bot.ts';

const yml = `
calendar: { hours: "09:00-17:00" }
roles: { economic_buyer: { titles: [CFO] } }
maps:
  sales:
    extends: b2b-saas
    rules: { no-activity: off, single-threaded: off, close-date: off, ghosted: off, silent-role: off, moment-missed: off, content-gap: off }
    stages: { decision: { expects: { roles: [legal], within: 5bd }, rules: { stalled: { after: 10bd } } } }
routes: [{ channel: "#deal-alerts" }]
alerts: { repeat: off }
feed: { staleAfter: 300d }
`;

/** 7 September 2026 is a Monday. */
const clock = movableClock();

const occurredAt = '2026-09-07T09:59:00Z';
const customer = (key: string, name: string) => [
  { type: 'account.upserted', occurredAt, account: { id: `a-${key}`, name } },
  { type: 'deal.upserted', occurredAt, deal: { id: `d-${key}`, accountId: `a-${key}`, name: `${name} rollout`, stage: 'decision' } },
  { type: 'person.upserted', occurredAt, person: { id: `p-${key}-1`, accountId: `a-${key}`, name: `Priya ${name}`, title: 'Head of Sales' } },
  { type: 'person.upserted', occurredAt, person: { id: `p-${key}-2`, accountId: `a-${key}`, name: `Marta ${name}`, title: 'CFO' } },
];
const people = Array.from({ length: 20 }, (_, index) => `member${index}`);

describe('forms, with the real bot', { timeout: 60_000 }, () => {
  let here: BotHere;
  beforeAll(async () => {
    clock.move('2026-09-07 10:00');
    here = await botHere({
      yml,
      clock,
      before: (sandbox) => {
        for (const name of people) sandbox.workspace.join('deal-alerts', sandbox.workspace.addUser({ name }).id);
      },
    });
    expect(await here.send(['Acme', 'Zeta', 'Bolt'].flatMap((name) => customer(name.toLowerCase(), name)))).toBe(200);
    await here.bot.idle();
    clock.move('2026-09-22 10:00');
    await here.bot.idle();
  }, 60_000);
  afterAll(() => here.end());

  const idOf = (name: string) => here.sandbox.workspace.users().find((user) => user.name === name)?.id ?? '';
  const cardOf = (name: string): SandboxMessage => {
    const card = postsOf(here.sandbox).find((message) => message.threadTs === undefined && shown(message).includes(`${name} rollout`));
    if (card === undefined) throw new Error(`${name} has no card`);
    return card;
  };
  const threadOf = (card: SandboxMessage) =>
    here.sandbox.workspace.messages(card.channel).filter(({ threadTs, ts }) => threadTs === card.ts && ts !== card.ts);
  /** The id of the alert of a rule, as the card's buttons carry it. */
  const alertOn = (card: SandboxMessage, rule: string) => JSON.stringify(card.blocks).match(new RegExp(`"2bd:(${rule}[^"]+)"`))?.[1] ?? '';
  const modalOf = (user: string): SandboxModal | undefined => here.sandbox.workspace.modal(idOf(user));

  async function open(card: SandboxMessage, rule: string, actionId: string, choice?: string, user = 'dana'): Promise<void> {
    const alertId = alertOn(card, rule);
    const block = (card.blocks as { type: string; block_id?: string; elements?: unknown }[]).find(
      ({ type, elements }) => type === 'actions' && JSON.stringify(elements).includes(alertId),
    );
    const target = { user, channel: card.channel, ts: card.ts, actionId, blockId: block?.block_id ?? '' };
    await here.sandbox.act({ ...target, ...(choice === undefined ? {} : { selectedOption: { value: `${choice}:${alertId}` } }) });
    await expect.poll(() => modalOf(user), { timeout: 20_000 }).toBeDefined();
  }
  const submit = (filled: Record<string, unknown>, user = 'dana') =>
    here.sandbox.submit({
      user,
      viewId: modalOf(user)?.viewId ?? '',
      values: Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, { [name]: value }])),
    });
  const answer = async (text: string): Promise<string> => shown(await ask(here.sandbox, text));

  it('set the role that an alert misses, proposed with why, which ends the alert and says on the committee who set it', async () => {
    const card = cardOf('Acme');
    expect(shown(card)).toContain('No legal on the buying committee');
    await open(card, 'missing-role', 'fill_role');
    expect(JSON.stringify(modalOf('dana'))).toContain('title “CFO” suggests economic buyer');
    const set = { person: 'p-acme-1', role: 'legal', held: 'held' };
    expect(JSON.stringify((await submit(set)).modal)).toContain('Priya Acme now has the role “Legal”');
    await expect.poll(() => shown(cardOf('Acme')), { timeout: 20_000 }).toContain('✅ Over: No legal on the buying committee');
    await here.sandbox.closeModal({ user: 'dana', viewId: modalOf('dana')?.viewId ?? '' });
    const account = await answer('account acme');
    expect(account).toContain('Legal (set in Slack)');
    expect(account).toContain(`set by <@${idOf('dana')}> in Slack`);
    await open(cardOf('Acme'), 'stalled', 'vote', 'role');
    expect(await submit(set)).toMatchObject({ ok: false, errors: { role: expect.stringContaining('already (set in Slack)') } });
    await here.sandbox.closeModal({ user: 'dana', viewId: modalOf('dana')?.viewId ?? '' });
    // The CRM goes on saying nothing of roles, and changes nothing by that.
    await here.send({ type: 'person.upserted', occurredAt: '2026-09-22T09:59:00Z', person: { id: 'p-acme-1', roles: [] } });
    await here.bot.idle();
    expect(await answer('account acme')).toContain('Legal (set in Slack)');
  });

  it('log a touchpoint from the account’s answer, which stands there with its mood and ends nothing by itself', async () => {
    const { channel, ts } = await ask(here.sandbox, 'account acme');
    await here.sandbox.act({ user: 'dana', channel, ts, actionId: 'log_touchpoint' });
    await expect.poll(() => modalOf('dana'), { timeout: 20_000 }).toBeDefined();
    const at = Math.floor(clock.now() / 1000);
    expect(await submit({ type: 'call', direction: 'inbound', at: at + 86_400 })).toMatchObject({
      errors: { at: expect.stringContaining('future') },
    });
    await submit({ type: 'call', direction: 'inbound', at: at - 7_200, person: 'p-acme-2', mood: '-1', note: 'Wants a discount' });
    await here.sandbox.closeModal({ user: 'dana', viewId: modalOf('dana')?.viewId ?? '' });
    await here.bot.idle();
    expect(await answer('account acme')).toContain('from Marta Acme: call 🙁 went badly');
    expect(shown(cardOf('Acme'))).toContain('Stalled in');
  });

  it('leave one assignee, one mention and one line in the audit when twenty people submit at once', async () => {
    const card = cardOf('Zeta');
    for (const user of people) await open(card, 'stalled', 'assign', undefined, user);
    const outcomes = await Promise.all(people.map((user, index) => submit({ person: idOf(people[(index + 1) % 20] ?? '') }, user)));
    const closed = outcomes.filter(({ ok, modal }) => ok && modal === undefined);
    expect(closed).toHaveLength(1);
    const winner = people[outcomes.findIndex(({ modal }) => modal === undefined)] ?? '';
    for (const { modal } of outcomes) if (modal !== undefined) expect(JSON.stringify(modal)).toContain(`<@${idOf(winner)}>`);
    await expect.poll(() => shown(cardOf('Zeta')), { timeout: 20_000 }).toContain('Assigned to');
    await here.bot.idle();
    expect(shown(cardOf('Zeta'))).toContain(`by <@${idOf(winner)}>`);
    expect(threadOf(card).filter((message) => shown(message).includes('gave you this'))).toHaveLength(1);
    const why = await answer('why Zeta rollout');
    expect(why.split('assigned').length - 1).toBeGreaterThan(0);
  });

  it('snooze until a day and mute with a reason', async () => {
    const card = cardOf('Bolt');
    await open(card, 'stalled', 'snooze', 'day');
    expect(await submit({ until: 'day', day: '2026-09-01' })).toMatchObject({ errors: { day: expect.stringContaining('future') } });
    expect(await submit({ until: 'day', day: '2026-10-05' })).toMatchObject({ ok: true, modal: undefined });
    await expect.poll(() => shown(cardOf('Bolt')), { timeout: 20_000 }).toContain('💤');
    await open(cardOf('Bolt'), 'missing-role', 'vote', 'mute');
    await submit({ until: 'unmuted', reason: 'in our own hands' });
    await here.sandbox.closeModal({ user: 'dana', viewId: modalOf('dana')?.viewId ?? '' });
    await expect.poll(() => shown(cardOf('Bolt')), { timeout: 20_000 }).toContain('muted until somebody unmutes it');
    expect(await answer('account bolt')).toContain('in our own hands');
  });
});

describe('forms over HTTP', { timeout: 60_000 }, () => {
  it('say at the field what is wrong, in the answer to Slack’s own request', async () => {
    // By the real clock: Slack's signatures are good for five minutes.
    const here = await botHere({ yml, http: true });
    try {
      expect(await here.send(customer('acme', 'Acme'))).toBe(200);
      await here.bot.idle();
      const { sandbox } = here;
      const dana = sandbox.workspace.users().find(({ name }) => name === 'dana')?.id ?? '';
      const { channel, ts } = await ask(sandbox, 'account acme');
      await sandbox.act({ user: 'dana', channel, ts, actionId: 'mute_account' });
      await expect.poll(() => sandbox.workspace.modal(dana), { timeout: 20_000 }).toBeDefined();
      const viewId = sandbox.workspace.modal(dana)?.viewId ?? '';
      const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
      const values = { until: { until: 'day' }, reason: { reason: 'holidays' } };
      expect(await sandbox.submit({ user: 'dana', viewId, values })).toMatchObject({ ok: false, errors: { day: 'Choose a day.' } });
      const done = await sandbox.submit({ user: 'dana', viewId, values: { ...values, day: { day } } });
      expect(JSON.stringify(done.modal)).toMatch(new RegExp(`Acme: muted <!date\\^\\d+\\^until [^|]*\\|until ${day}>`));
    } finally {
      await here.end();
    }
  });
});
