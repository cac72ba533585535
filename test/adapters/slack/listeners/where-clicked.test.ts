import { webApi } from '@slack/bolt';
import { describe, expect, it, vi } from 'vitest';
import { showForm } from '../../../../src/adapters/slack/listeners/show-form.ts';
import { refusalModal } from '../../../../src/adapters/slack/views/refusals.ts';
import { saidView } from '../../../../src/adapters/slack/views/said.ts';
import { openAccess } from '../../../../src/core/access.ts';
import type { SandboxModal } from '../../../../src/sandbox/workspace.ts';
import { subscription } from '../command-samples.ts';
import { homeAlert, homeSummary, onePage } from '../home-samples.ts';
import { accountPeople, accountSummary } from '../samples.ts';
import { fakeUseCases, type SlackTest, startedSlack } from '../slack-in-sandbox.ts';

const users = [{ name: 'dana', email: 'dana@us.example' }];
const idOf = ({ sandbox }: SlackTest): string => sandbox.workspace.users().find(({ name }) => name === 'dana')?.id ?? '';
const homeText = (test: SlackTest): string => JSON.stringify(test.sandbox.workspace.home(idOf(test))?.blocks ?? null);
const modalOf = (test: SlackTest): SandboxModal | undefined => test.sandbox.workspace.modal(idOf(test));
const modalSays = (test: SlackTest, text: string | RegExp): Promise<SandboxModal> =>
  vi.waitFor(
    () => {
      const modal = modalOf(test);
      expect(JSON.stringify(modal?.view ?? null)).toMatch(text);
      return modal as SandboxModal;
    },
    { timeout: 20_000 },
  );
const homeSays = (test: SlackTest, text: string | RegExp) => vi.waitFor(() => expect(homeText(test)).toMatch(text), { timeout: 20_000 });

async function onHome(options: Parameters<typeof startedSlack>[0] = {}): Promise<SlackTest> {
  const test = await startedSlack({ users, ...options });
  test.useCases.homes.summary = async ({ email }) => homeSummary({ email, subscriptions: [subscription()] });
  await test.sandbox.openHome({ user: 'dana' });
  await homeSays(test, /Mondays at 09:00/);
  return test;
}
const click = (test: SlackTest, actionId: string) => test.sandbox.act({ user: 'dana', home: true, actionId });
/** The account that Home shows in a form. */
async function accountFromHome(options: Parameters<typeof startedSlack>[0] = {}): Promise<SlackTest> {
  const test = await onHome(options);
  await test.sandbox.act({ user: 'dana', home: true, actionId: 'home_show', blockId: blockOf(test, 'home_show') });
  await modalSays(test, /Buying committee/);
  return test;
}
type Block = { block_id: string };
function blockOf(test: SlackTest, actionId: string): string {
  const blocks = (test.sandbox.workspace.home(idOf(test))?.blocks ?? []) as Block[];
  return blocks.find((block) => JSON.stringify(block).includes(actionId))?.block_id ?? '';
}

async function accountFromShortcut(options: Parameters<typeof startedSlack>[0] = {}): Promise<SlackTest> {
  const test = await startedSlack({ users, ...options });
  await test.sandbox.globalShortcut({ user: 'dana', callbackId: 'find_account' });
  const { viewId } = await modalSays(test, /Part of the name/);
  await test.sandbox.act({ user: 'dana', viewId, actionId: 'pick_account', selectedOption: { value: 'a-1', text: 'Acme' } });
  await modalSays(test, /Buying committee/);
  return test;
}

describe('a click on the Home tab of which nothing comes', () => {
  it('is told why at the top of the tab, which stays as it was', async () => {
    const test = await onHome();
    test.useCases.records.around = async () => null;
    await click(test, 'log_touchpoint');
    await homeSays(test, /^.{0,900}not known any more.*Acme rollout/);
    test.useCases.records.around = async () => accountPeople({ people: [] });
    await click(test, 'set_role');
    await homeSays(test, /Nobody is known at this account yet.*Acme rollout/);
    test.useCases.subscriptions.subscriptionsOf = async () => [];
    await click(test, 'edit_subscription');
    await homeSays(test, /This subscription has ended/);
    expect(modalOf(test)).toBeUndefined();
  });

  it('gets a reference that the log has where something failed', async () => {
    const test = await onHome();
    test.useCases.records.around = async () => {
      throw new Error('the store is away');
    };
    await click(test, 'log_touchpoint');
    await homeSays(test, /Something went wrong/);
    expect(homeText(test)).toContain(String(test.logged.find(({ level }) => level === 'error')?.fields.reference));
  });
});

describe('a click in a form', () => {
  it('lays the form that it opens on the one clicked in, to which whoever closes it comes back', async () => {
    const test = await accountFromHome();
    await test.sandbox.act({ user: 'dana', viewId: modalOf(test)?.viewId ?? '', actionId: 'log_touchpoint' });
    const form = await modalSays(test, /What was it\?/);
    expect(form.depth).toBe(2);
    await test.sandbox.closeModal({ user: 'dana', viewId: form.viewId });
    await modalSays(test, /Buying committee/);
  });

  it('is told on it why nothing came of it', async () => {
    const test = await accountFromHome();
    test.useCases.records.around = async () => accountPeople({ people: [] });
    await test.sandbox.act({ user: 'dana', viewId: modalOf(test)?.viewId ?? '', actionId: 'set_role' });
    expect((await modalSays(test, /Nobody is known at this account yet/)).depth).toBe(2);
    test.useCases.records.around = async () => {
      throw new Error('the store is away');
    };
    await test.sandbox.closeModal({ user: 'dana', viewId: modalOf(test)?.viewId ?? '' });
    await test.sandbox.act({ user: 'dana', viewId: modalOf(test)?.viewId ?? '', actionId: 'log_touchpoint' });
    await modalSays(test, /Something went wrong/);
  });

  it('is refused on it', async () => {
    let access = openAccess;
    const test = await startedSlack({ users, access: () => access });
    await test.sandbox.globalShortcut({ user: 'dana', callbackId: 'find_account' });
    const { viewId } = await modalSays(test, /Part of the name/);
    await test.sandbox.act({ user: 'dana', viewId, actionId: 'pick_account', selectedOption: { value: 'a-1', text: 'Acme' } });
    await modalSays(test, /Buying committee/);
    access = { ...openAccess, may: { ...openAccess.may, record: { emails: [], userIds: [] } } };
    await test.sandbox.act({ user: 'dana', viewId, actionId: 'log_touchpoint' });
    expect((await modalSays(test, /You may not log touchpoints/)).depth).toBe(2);
  });

  it.each(['push_limit_reached', 'expired_trigger_id'])('takes its place where Slack lays nothing on it: %s', async (code) => {
    const update = vi.fn(async () => ({ ok: true }));
    const push = () => Promise.reject(new webApi.WebAPIPlatformError({ ok: false, error: code }));
    const client = { views: { push, update } } as unknown as webApi.WebClient;
    const view = refusalModal(saidView({ mrkdwn: 'No.' }));
    expect(await showForm(client, { triggerId: 't', formId: 'V1' }, view)).toBeNull();
    expect(update).toHaveBeenCalledExactlyOnceWith({ view_id: 'V1', view });
  });
});

describe('a form that was opened from the Home tab', () => {
  const at = Math.floor(Date.now() / 1000) - 60;
  const submit = (test: SlackTest, values: Record<string, unknown>) =>
    test.sandbox.submit({
      user: 'dana',
      viewId: modalOf(test)?.viewId ?? '',
      values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { [name]: value }])),
    });

  it.each([
    { actionId: 'log_touchpoint', opens: /What was it/, values: { type: 'call', direction: 'inbound', at }, says: '✅ logTouchpoint done' },
    { actionId: 'set_role', opens: /Who is who/, values: { person: 'p-1', role: 'champion' }, says: '✅ setRole done' },
    { actionId: 'edit_subscription', opens: /Change the digest/, values: { to: 'me' }, says: '✅ Changed: it comes' },
  ])('has it drawn anew, when what was entered is known: $actionId', async ({ actionId, opens, values, says }) => {
    const test = await onHome();
    const known = Promise.withResolvers<void>();
    test.useCases.records.takenIn = () => known.promise;
    test.useCases.subscriptions.subscriptionsOf = async () => [subscription()];
    await click(test, actionId);
    await modalSays(test, opens);
    test.useCases.homes.summary = async ({ email }) => homeSummary({ email, alerts: onePage(homeAlert({ name: 'Drawn anew' })) });
    expect(await submit(test, values)).toMatchObject({ ok: true });
    expect(homeText(test)).not.toContain('Drawn anew');
    known.resolve();
    await homeSays(test, new RegExp(`${says}.*Drawn anew`));
  });

  it('has it drawn anew also through the account that Home shows, and says there what was not done', async () => {
    const test = await accountFromHome();
    await test.sandbox.act({ user: 'dana', viewId: modalOf(test)?.viewId ?? '', actionId: 'log_touchpoint' });
    await modalSays(test, /What was it/);
    test.useCases.results.push({ kind: 'refused', about: 'account', message: 'This account is not known any more.' });
    const { modal } = await submit(test, { type: 'call', direction: 'inbound', at });
    expect(JSON.stringify(modal)).toContain('✋ This account is not known any more.');
    await homeSays(test, /✋ This account is not known any more/);
  });

  it.each(['the Home tab', 'the shortcut'])('has the account drawn anew on which it lay, when what was entered is known: from %s', async (from) => {
    let name = 'Acme GmbH';
    const answers = { ...fakeUseCases().answers, accountById: async () => accountSummary({ account: { ...accountSummary().account, name } }) };
    const test = from === 'the shortcut' ? await accountFromShortcut({ answers }) : await accountFromHome({ answers });
    const { viewId = '' } = modalOf(test) ?? {};
    await test.sandbox.act({ user: 'dana', viewId, actionId: 'log_touchpoint' });
    const form = await modalSays(test, /What was it/);
    const known = Promise.withResolvers<void>();
    test.useCases.records.takenIn = () => known.promise;
    name = 'Drawn anew';
    await submit(test, { type: 'call', direction: 'inbound', at });
    await modalSays(test, /logTouchpoint done/);
    known.resolve();
    await vi.waitFor(() => expect(test.sandbox.workspace.calls('views.update')).toHaveLength(from === 'the shortcut' ? 2 : 1), { timeout: 20_000 });
    await test.sandbox.closeModal({ user: 'dana', viewId: form.viewId });
    const behind = await modalSays(test, /Drawn anew/);
    expect(behind.viewId).toBe(viewId);
    expect(JSON.stringify(behind.view).includes('pick_account')).toBe(from === 'the shortcut');
  });

  it('leaves the Home tab alone where it was opened elsewhere', async () => {
    const test = await onHome();
    await test.ask('account acme');
    const answer = test.sandbox.workspace.ephemerals().at(-1);
    const drawn = test.sandbox.workspace.calls('views.publish').length;
    await test.sandbox.act({ user: 'dana', channel: answer?.channel ?? '', ts: answer?.ts ?? '', actionId: 'log_touchpoint' });
    await modalSays(test, /What was it/);
    await submit(test, { type: 'call', direction: 'inbound', at });
    await modalSays(test, /logTouchpoint done/);
    expect(test.useCases.calls.some(([name]) => name === 'takenIn')).toBe(false);
    expect(test.sandbox.workspace.calls('views.publish')).toHaveLength(drawn);
  });
});
