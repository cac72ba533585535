import { describe, expect, it, vi } from 'vitest';
import type { HomeState } from '../../../../src/adapters/slack/views/app-home-state.ts';
import type { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { subscription } from '../command-samples.ts';
import { homeAccount, homeAlert, homeHealth, homeSummary, onePage } from '../home-samples.ts';
import { type SlackTest, startedSlack } from '../slack-in-sandbox.ts';

const users = [
  { name: 'dana', email: 'dana@us.example' },
  { name: 'ada', kind: 'admin' as const },
  { name: 'gus', kind: 'guest' as const },
  { name: 'eve', kind: 'stranger' as const },
];

const idOf = (sandbox: Sandbox, name: string): string => sandbox.workspace.users().find((user) => user.name === name)?.id ?? '';
const homeOf = ({ sandbox }: SlackTest, name = 'dana'): Record<string, unknown> | undefined => sandbox.workspace.home(idOf(sandbox, name));
const textOf = (test: SlackTest, name = 'dana'): string => JSON.stringify(homeOf(test, name)?.blocks ?? null);

type Block = { block_id: string; accessory?: { value?: string; text: { text: string } } };
const blocksOf = (test: SlackTest, name = 'dana'): Block[] => (homeOf(test, name)?.blocks ?? []) as Block[];

/** Opens the Home tab and waits until it says this. */
async function opened(test: SlackTest, says: string | RegExp, user = 'dana'): Promise<void> {
  await test.sandbox.openHome({ user });
  await vi.waitFor(() => expect(textOf(test, user)).toMatch(says), { timeout: 20_000 });
}

describe('the Home tab', () => {
  it('is drawn for whoever opens it, with what is theirs', async () => {
    const test = await startedSlack({ users });
    await opened(test, /Acme rollout/);
    expect(test.useCases.calls).toContainEqual([
      'home.summary',
      { userId: idOf(test.sandbox, 'dana'), email: 'dana@us.example', isAdmin: false },
      { alerts: 1, accounts: 1, folded: [] },
    ]);
  });

  it('tells the use case who is an admin of the workspace, and only of those', async () => {
    const test = await startedSlack({ users });
    test.useCases.homes.summary = async ({ email, isAdmin }) => homeSummary({ email, health: isAdmin ? homeHealth() : null });
    await opened(test, /Connections/, 'ada');
    await opened(test, /Acme rollout/);
    expect(textOf(test)).not.toContain('Connections');
  });

  it('is not drawn when another tab is opened', async () => {
    const test = await startedSlack({ users });
    await test.sandbox.openHome({ user: 'dana', tab: 'messages' });
    await opened(test, /Acme rollout/);
    expect(test.useCases.calls.filter(([name]) => name === 'home.summary')).toHaveLength(1);
  });

  it('goes to the next page and back, folds in, and stays folded when it is opened again', async () => {
    const test = await startedSlack({ users });
    const asked: HomeState[] = [];
    test.useCases.homes.summary = async ({ email }, pages) => {
      asked.push(pages as HomeState);
      return homeSummary({
        email,
        accounts: { rows: [homeAccount({ name: `Account ${pages.accounts}` })], total: 30, page: pages.accounts, pages: 3 },
      });
    };
    await opened(test, /Account 1/);
    await test.sandbox.act({ user: 'dana', home: true, actionId: 'home_next' });
    await vi.waitFor(() => expect(textOf(test)).toMatch(/Account 2.*Page 2 of 3/), { timeout: 20_000 });
    await test.sandbox.act({ user: 'dana', home: true, actionId: 'home_previous' });
    await vi.waitFor(() => expect(textOf(test)).toContain('Page 1 of 3'), { timeout: 20_000 });
    const fold = blocksOf(test).find(({ accessory }) => accessory?.text.text === 'Hide');
    await test.sandbox.act({ user: 'dana', home: true, actionId: 'home_go', blockId: fold?.block_id ?? '' });
    await vi.waitFor(() => expect(textOf(test)).not.toContain('Stalled in Decision'), { timeout: 20_000 });
    await test.sandbox.openHome({ user: 'dana' });
    await vi.waitFor(() => expect(asked).toHaveLength(5), { timeout: 20_000 });
    expect(asked.at(-1)).toEqual({ alerts: 1, accounts: 1, folded: ['alerts'] });
  });

  it('acknowledges, says so, and stays on its page', async () => {
    const test = await startedSlack({ users });
    let summary = homeSummary({ alerts: { ...onePage(homeAlert()), total: 12, page: 2, pages: 3 } });
    test.useCases.homes.summary = async () => summary;
    await opened(test, /Acknowledge/);
    summary = homeSummary({ alerts: onePage() });
    await test.sandbox.act({ user: 'dana', home: true, actionId: 'home_acknowledge' });
    await vi.waitFor(() => expect(textOf(test)).toContain('✅ acknowledge done'), { timeout: 20_000 });
    expect(test.useCases.calls).toContainEqual(['acknowledge', 'al-1', idOf(test.sandbox, 'dana')]);
    expect(textOf(test)).not.toContain('Acknowledge"');
  });

  it('says who was first where somebody clicks too late', async () => {
    const test = await startedSlack({ users });
    await opened(test, /Acknowledge/);
    test.useCases.results.push({ kind: 'stale', message: 'It was taken already. Nothing was changed.', by: idOf(test.sandbox, 'ada') });
    await test.sandbox.act({ user: 'dana', home: true, actionId: 'home_acknowledge' });
    await vi.waitFor(() => expect(textOf(test)).toContain(`Nothing was changed. It was <@${idOf(test.sandbox, 'ada')}>.`), { timeout: 20_000 });
  });

  it('ends a digest, and says so', async () => {
    const test = await startedSlack({ users });
    test.useCases.homes.summary = async ({ email }) => homeSummary({ email, subscriptions: [subscription()] });
    await opened(test, /Mondays at 09:00/);
    await test.sandbox.act({ user: 'dana', home: true, actionId: 'home_end_subscription' });
    await vi.waitFor(() => expect(textOf(test)).toContain('✅'), { timeout: 20_000 });
    expect(JSON.stringify(test.useCases.calls)).toContain('s-1');
  });

  it('opens the form for a touchpoint', async () => {
    const test = await startedSlack({ users });
    await opened(test, /Log a touchpoint/);
    await test.sandbox.act({ user: 'dana', home: true, actionId: 'log_touchpoint' });
    await vi.waitFor(() => expect(JSON.stringify(test.sandbox.workspace.modal(idOf(test.sandbox, 'dana')) ?? null)).toContain('What was it?'), {
      timeout: 10_000,
    });
  });

  it('shows an account in a form, and says where it is gone', async () => {
    const test = await startedSlack({ users });
    const accounts = onePage(homeAccount(), homeAccount({ accountId: 'a-gone', name: 'Gone' }));
    test.useCases.homes.summary = async ({ email }) => homeSummary({ email, alerts: onePage(), accounts });
    await opened(test, /Gone/);
    const blocks = blocksOf(test);
    const show = async (value: string): Promise<string> => {
      const block = blocks.find(({ accessory }) => accessory?.value === value);
      await test.sandbox.act({ user: 'dana', home: true, actionId: 'home_show', blockId: block?.block_id ?? '' });
      await vi.waitFor(() => expect(test.useCases.calls).toContainEqual(['accountById', value.slice('account:'.length)]), { timeout: 20_000 });
      return vi.waitFor(
        () => {
          const modal = JSON.stringify(test.sandbox.workspace.modal(idOf(test.sandbox, 'dana'))?.view ?? null);
          expect(modal).toContain(value === 'account:a-gone' ? 'not known any more' : 'Priya Nair');
          return modal;
        },
        { timeout: 20_000 },
      );
    };
    expect(await show('account:a-1')).toContain('Acme GmbH');
    await show('account:a-gone');
  });

  it('says what went wrong, with a reference that the log has', async () => {
    const test = await startedSlack({ users });
    test.useCases.homes.summary = async () => {
      throw new Error('the store is away');
    };
    await opened(test, /Something went wrong/);
    const failure = test.logged.find(({ level }) => level === 'error');
    expect(textOf(test)).toContain(String(failure?.fields.reference));
  });

  it('of two drawings at once the newer stays, though Slack refuses a view that was overtaken', async () => {
    const test = await startedSlack({ users });
    let drawn = 0;
    test.useCases.homes.summary = async ({ email }) => homeSummary({ email, accounts: onePage(homeAccount({ name: `Drawing ${++drawn}` })) });
    await opened(test, /Drawing 1/);
    await Promise.all(
      [1, 2, 3].map(() => test.sandbox.act({ user: 'dana', home: true, actionId: 'home_go', blockId: blocksOf(test)[0]?.block_id ?? '' })),
    );
    await vi.waitFor(() => expect(textOf(test)).toContain(`Drawing ${drawn}`), { timeout: 20_000 });
    expect(drawn).toBeGreaterThanOrEqual(4);
    expect(test.logged.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
  });

  it('tells guests that they see nothing, and nothing else; the refusal is noted', async () => {
    const test = await startedSlack({ users });
    await opened(test, /only full members/, 'gus');
    expect(homeOf(test, 'gus')?.blocks).toHaveLength(1);
    expect(test.refusals).toEqual([{ userId: idOf(test.sandbox, 'gus'), reason: 'guest', what: 'app_home_opened', where: 'Home' }]);
    expect(test.useCases.calls).toEqual([]);
  });

  it('changes nothing for somebody who may not acknowledge, and says why in a form', async () => {
    const test = await startedSlack({
      users,
      access: () => ({
        may: { acknowledge: { emails: [], userIds: [] }, record: 'everyone', mute: 'everyone', subscribe: 'everyone' },
        amounts: null,
        details: null,
        bots: [],
      }),
    });
    await opened(test, /Acknowledge/);
    await test.sandbox.act({ user: 'dana', home: true, actionId: 'home_acknowledge' });
    await vi.waitFor(() => expect(JSON.stringify(test.sandbox.workspace.modal(idOf(test.sandbox, 'dana')) ?? null)).toContain('You may not'), {
      timeout: 10_000,
    });
    expect(test.useCases.calls.some(([name]) => name === 'acknowledge')).toBe(false);
    expect(textOf(test)).toContain('Acme rollout');
  });

  it('is nothing to people of other organisations', async () => {
    const test = await startedSlack({ users });
    await test.sandbox.openHome({ user: 'eve' });
    await vi.waitFor(
      () =>
        expect(test.refusals).toEqual([{ userId: idOf(test.sandbox, 'eve'), reason: 'other-organisation', what: 'app_home_opened', where: 'Home' }]),
      { timeout: 20_000 },
    );
    expect(test.useCases.calls).toEqual([]);
  });
});
