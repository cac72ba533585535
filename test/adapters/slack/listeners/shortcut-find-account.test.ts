import { describe, expect, it, vi } from 'vitest';
import { openAccess } from '../../../../src/core/access.ts';
import type { SandboxModal } from '../../../../src/sandbox/workspace.ts';
import { fakeUseCases, type SlackTest, startedSlack } from '../slack-in-sandbox.ts';

const users = [
  { name: 'dana', email: 'dana@us.example' },
  { name: 'gus', kind: 'guest' as const },
];
const modalOf = ({ sandbox }: SlackTest, name = 'dana'): SandboxModal | undefined =>
  sandbox.workspace.modal(sandbox.workspace.users().find((user) => user.name === name)?.id ?? '');

const directMessages = ({ sandbox }: SlackTest, name: string): string[] => {
  const id = sandbox.workspace.users().find((user) => user.name === name)?.id ?? '';
  const direct = sandbox.workspace.channels().find(({ isDirect, members }) => isDirect && members.includes(id));
  return direct === undefined ? [] : sandbox.workspace.messages(direct.id).map(({ text }) => text);
};

/** The form, once it says this. */
const formThatSays = (test: SlackTest, says: string | RegExp, user = 'dana'): Promise<SandboxModal> =>
  vi.waitFor(
    () => {
      const modal = modalOf(test, user);
      expect(JSON.stringify(modal?.view ?? null)).toMatch(says);
      return modal as SandboxModal;
    },
    { timeout: 20_000 },
  );

async function opened(options: Parameters<typeof startedSlack>[0] = {}): Promise<{ test: SlackTest; viewId: string }> {
  const test = await startedSlack({ users, ...options });
  await test.sandbox.globalShortcut({ user: 'dana', callbackId: 'find_account' });
  return { test, viewId: (await formThatSays(test, /Part of the name/)).viewId };
}
const pick = (test: SlackTest, viewId: string, value: string) =>
  test.sandbox.act({ user: 'dana', viewId, actionId: 'pick_account', selectedOption: { value, text: value } });

describe('the shortcut “Find account”', () => {
  it('searches while somebody types, and shows the one that is picked, with what can be done', async () => {
    const { test, viewId } = await opened();
    expect(await test.sandbox.suggest({ user: 'dana', viewId, actionId: 'pick_account', value: 'acm' })).toEqual({
      ok: true,
      groups: [{ label: null, options: [{ text: { type: 'plain_text', text: 'Acme GmbH', emoji: true }, value: 'a-1' }] }],
    });
    await pick(test, viewId, 'a-1');
    const text = JSON.stringify((await formThatSays(test, /Buying committee/)).view);
    for (const said of ['Acme GmbH', 'Stalled in Decision', 'Priya Nair', 'Open in CRM', 'Log a touchpoint', 'Set a role', 'pick_account'])
      expect(text).toContain(said);
  });

  it('shows another one when another one is picked, and says where it is gone', async () => {
    const { test, viewId } = await opened();
    await pick(test, viewId, 'a-1');
    await formThatSays(test, /Buying committee/);
    await pick(test, viewId, 'a-gone');
    expect(JSON.stringify((await formThatSays(test, /not known any more/)).view)).not.toContain('Acme');
  });

  it('gives no more than a hundred, and none whose id Slack would cut', async () => {
    const { test, viewId } = await opened();
    const match = (id: string) => ({ kind: 'account' as const, id, name: `Account ${id}`, detail: null });
    test.useCases.records.findAccountOptions = async () => [
      match('x'.repeat(151)),
      ...Array.from({ length: 130 }, (_, index) => match(`a-${index}`)),
    ];
    const { ok, groups } = await test.sandbox.suggest({ user: 'dana', viewId, actionId: 'pick_account', value: 'acc' });
    expect([ok, groups[0]?.options.length]).toEqual([true, 100]);
  });

  it('keeps what tells two apart, however long their names are', async () => {
    const { test, viewId } = await opened();
    const match = (id: string, detail: string) => ({ kind: 'account' as const, id, name: 'Acme '.repeat(30), detail });
    test.useCases.records.findAccountOptions = async () => [match('a-1', 'acme.example'), match('a-2', 'acme.test')];
    const { ok, groups } = await test.sandbox.suggest({ user: 'dana', viewId, actionId: 'pick_account', value: 'acc' });
    const texts = (groups[0]?.options ?? []).map(({ text }) => (text as { text: string }).text);
    expect([ok, texts.length]).toEqual([true, 2]);
    expect(texts[0]).toMatch(/^Acme Acme.*… · acme\.example$/);
    expect(texts.every((text) => text.length <= 75)).toBe(true);
  });

  it('finds nothing where nothing is called so, or the search fails', async () => {
    const { test, viewId } = await opened();
    const search = () => test.sandbox.suggest({ user: 'dana', viewId, actionId: 'pick_account', value: 'nobody' });
    test.useCases.records.findAccountOptions = async () => [];
    expect(await search()).toMatchObject({ ok: true, groups: [{ options: [] }] });
    test.useCases.records.findAccountOptions = async () => {
      throw new Error('the store is away');
    };
    expect(await search()).toMatchObject({ ok: true, groups: [{ options: [] }] });
    await vi.waitFor(
      () => expect(test.logged.some(({ level, fields }) => level === 'error' && JSON.stringify(fields).includes('the store is away'))).toBe(true),
      { timeout: 20_000 },
    );
  });

  it('says so in a direct message where it takes longer than Slack lets it open a form in, and logs no fault', async () => {
    let late = 0;
    const access = () => {
      late = 4000;
      return openAccess;
    };
    const test = await startedSlack({ users, access, now: () => Date.now() + late });
    await test.sandbox.globalShortcut({ user: 'dana', callbackId: 'find_account' });
    await expect.poll(() => directMessages(test, 'dana')).toMatchObject([expect.stringMatching(/took longer .* try again/)]);
    expect(modalOf(test)).toBeUndefined();
    expect(test.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('says what went wrong where an account cannot be looked up', async () => {
    const accountById = async () => {
      throw new Error('the store is away');
    };
    const { test, viewId } = await opened({ answers: { ...fakeUseCases().answers, accountById } });
    await pick(test, viewId, 'a-1');
    await formThatSays(test, /Something went wrong/);
  });

  it('searches from the first character on, which is a word in some scripts', async () => {
    const { test, viewId } = await opened();
    await test.sandbox.suggest({ user: 'dana', viewId, actionId: 'pick_account', value: '三' });
    expect(test.useCases.calls).toContainEqual(['findAccountOptions', '三']);
  });

  it('tells a guest in a form that they get nothing, and gives them no names', async () => {
    const test = await startedSlack({ users });
    await test.sandbox.globalShortcut({ user: 'gus', callbackId: 'find_account' });
    await formThatSays(test, /only full members/, 'gus');
    expect(test.refusals).toMatchObject([{ reason: 'guest', what: 'find_account' }]);
    expect(test.useCases.calls).toEqual([]);
  });
});
