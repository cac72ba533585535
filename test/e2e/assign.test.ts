import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxModal } from '../../src/sandbox/workspace.ts';
import { ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { movableClock } from './movable-clock.ts';
import { customer, oneRuleYml } from './one-rule.ts';
import { postsOf, shown } from './running-bot.ts';

const yml = oneRuleYml({ alerts: 'repeat: off, digestOnly: [critical, warning, info]' });
/** 7 September 2026 is a Monday. */
const clock = movableClock('2026-09-07 10:00');

type Block = { block_id: string };

describe('an alert of which no card stands anywhere', { timeout: 60_000 }, () => {
  let here: BotHere;
  beforeAll(async () => {
    here = await botHere({ yml, clock });
    expect(await here.send(customer('1', 'Acme'))).toBe(200);
    await here.bot.idle();
    clock.move('2026-09-22 10:00');
    await here.bot.idle();
  }, 60_000);
  afterAll(() => here.end());

  const idOf = (name: string): string => here.sandbox.workspace.users().find((user) => user.name === name)?.id ?? '';
  const blocksOf = (name: string): Block[] => (here.sandbox.workspace.home(idOf(name))?.blocks ?? []) as Block[];
  const home = (name: string): string => JSON.stringify(blocksOf(name));
  const modal = (): SandboxModal | undefined => here.sandbox.workspace.modal(idOf('dana'));

  it('is assigned from the Home tab, which says that nobody else will tell them', async () => {
    expect(postsOf(here.sandbox)).toEqual([]);
    await here.sandbox.openHome({ user: 'dana' });
    await expect.poll(() => home('dana'), { timeout: 20_000 }).toMatch(/Acme rollout.*No legal/);
    await here.sandbox.act({ user: 'dana', home: true, actionId: 'assign' });
    await expect.poll(() => JSON.stringify(modal()?.view ?? null), { timeout: 20_000 }).toContain('Who sees to it?');
    const { modal: answer } = await here.sandbox.submit({
      user: 'dana',
      viewId: modal()?.viewId ?? '',
      values: { person: { person: idOf('marco') } },
    });
    const said = '✅ Assigned. It stands on their Home tab; no card of it is in a channel, so tell them.';
    expect(JSON.stringify(answer)).toContain(said);
    await expect.poll(() => home('dana'), { timeout: 20_000 }).toContain(said);
    expect(home('dana')).toContain(`Assigned to <@${idOf('marco')}>`);
    expect(home('dana')).toContain('Reassign');
    await here.sandbox.closeModal({ user: 'dana', viewId: modal()?.viewId ?? '' });
  });

  it('stands on the Home tab of whoever it was given to, who can give it on, and in the audit', async () => {
    await here.sandbox.openHome({ user: 'marco' });
    await expect.poll(() => home('marco'), { timeout: 20_000 }).toMatch(/Acme rollout.*No legal/);
    const why = shown(await ask(here.sandbox, 'why acme'));
    expect(why).toContain(`assigned to <@${idOf('marco')}>`);
    expect(shown(await ask(here.sandbox, 'gaps'))).toContain('No legal');
    await here.bot.idle();
    expect(postsOf(here.sandbox)).toEqual([]);
  });
});
