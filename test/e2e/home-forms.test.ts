import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxModal } from '../../src/sandbox/workspace.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { movableClock } from './movable-clock.ts';
import { customer, occurredAt, oneRuleYml } from './one-rule.ts';

const yml = oneRuleYml();

/** 7 September 2026 is a Monday. */
const clock = movableClock();

const priya = { type: 'person.upserted', occurredAt, person: { id: 'p-1', accountId: 'a-acme', name: 'Priya Nair', title: 'Counsel' } };

type Block = { block_id: string };

describe('forms from the Home tab, with the real bot', { timeout: 60_000 }, () => {
  let here: BotHere;
  beforeAll(async () => {
    clock.move('2026-09-07 10:00');
    here = await botHere({ yml, clock });
    expect(await here.send([...customer('acme', 'Acme'), ...customer('bolt', 'Bolt'), priya])).toBe(200);
    await here.bot.idle();
    clock.move('2026-09-22 10:00');
    await here.bot.idle();
  }, 60_000);
  afterAll(() => here.end());

  const idOf = (name: string): string => here.sandbox.workspace.users().find((user) => user.name === name)?.id ?? '';
  const blocks = (): Block[] => (here.sandbox.workspace.home(idOf('dana'))?.blocks ?? []) as Block[];
  const home = (): string => JSON.stringify(blocks());
  const modal = (): SandboxModal | undefined => here.sandbox.workspace.modal(idOf('dana'));
  const modalText = (): string => JSON.stringify(modal()?.view ?? null);
  /** Of the buttons under the alert of an account. */
  const click = (actionId: string, account: string) => {
    const block = blocks().find((each) => JSON.stringify(each).includes(`"${actionId}"`) && JSON.stringify(each).includes(account));
    return here.sandbox.act({ user: 'dana', home: true, actionId, blockId: block?.block_id ?? '' });
  };
  const submit = (filled: Record<string, unknown>) =>
    here.sandbox.submit({
      user: 'dana',
      viewId: modal()?.viewId ?? '',
      values: Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, { [name]: value }])),
    });

  it('that cannot open say why at the top of the tab', async () => {
    await here.sandbox.openHome({ user: 'dana' });
    await expect.poll(home, { timeout: 20_000 }).toMatch(/Acme rollout.*No legal/);
    await click('set_role', 'a-bolt');
    await expect.poll(home, { timeout: 20_000 }).toMatch(/Nobody is known at this account yet.*My alerts/);
    expect(modal()).toBeUndefined();
  });

  it('lie on the account that Home shows, and what they enter stands on the tab when they are done', async () => {
    await click('home_show', 'account:a-acme');
    await expect.poll(modalText, { timeout: 20_000 }).toContain('Buying committee');
    await here.sandbox.act({ user: 'dana', viewId: modal()?.viewId ?? '', actionId: 'log_touchpoint' });
    await expect.poll(modalText, { timeout: 20_000 }).toContain('What was it?');
    expect(modal()?.depth).toBe(2);
    await submit({ type: 'call', direction: 'inbound', at: Math.floor(clock.now() / 1000) - 60 });
    await expect.poll(modalText, { timeout: 20_000 }).toContain('✅ Logged: call, Acme.');
    await expect.poll(home, { timeout: 20_000 }).toContain('✅ Logged: call, Acme.');
    await here.sandbox.closeModal({ user: 'dana', viewId: modal()?.viewId ?? '' });
    await expect.poll(modalText, { timeout: 20_000 }).toMatch(/Buying committee.*from them: call/);
    await here.sandbox.closeModal({ user: 'dana', viewId: modal()?.viewId ?? '' });
  });

  it('end the alert that they were opened under, and it is gone from the tab', async () => {
    expect(home()).toMatch(/Acme rollout.{0,200}No legal on the buying committee/);
    await click('set_role', 'a-acme');
    await expect.poll(modalText, { timeout: 20_000 }).toContain('Who is who');
    await submit({ person: 'p-1', role: 'legal', held: 'held' });
    await expect.poll(home, { timeout: 20_000 }).toContain('Priya Nair now has the role “Legal”');
    expect(home()).not.toMatch(/Acme rollout.{0,200}No legal on the buying committee/);
    expect(home()).toMatch(/Bolt rollout.{0,200}No legal on the buying committee/);
  });
});
