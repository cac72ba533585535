import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { clientOf, connectApp, openSandbox } from '../open-sandbox.ts';

const menu = { type: 'external_select', action_id: 'account', min_query_length: 1 };
const modal = {
  type: 'modal' as const,
  callback_id: 'pick',
  title: { type: 'plain_text' as const, text: 'Pick' },
  submit: { type: 'plain_text' as const, text: 'Save' },
  blocks: [{ type: 'input', block_id: 'where', label: { type: 'plain_text', text: 'Account' }, element: menu }],
};
const option = (name: string) => ({ text: { type: 'plain_text' as const, text: name }, value: name });

async function withMenu(
  answer: (value: string) => Record<string, unknown>,
): Promise<{ sandbox: Sandbox; heard: Record<string, unknown>[]; submitted: unknown[]; viewId: string }> {
  const sandbox = await openSandbox();
  const heard: Record<string, unknown>[] = [];
  const submitted: unknown[] = [];
  await connectApp(sandbox, (app) => {
    app.shortcut('open', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: modal as never });
    });
    app.view('pick', async ({ ack, view }) => {
      submitted.push(view.state.values.where?.account?.selected_option?.value);
      await ack();
    });
    app.options('account', async ({ ack, payload }) => {
      heard.push(payload as unknown as Record<string, unknown>);
      await ack(answer(payload.value) as never);
    });
  });
  const opened = new Promise<string>((resolve) => sandbox.workspace.on('modal', ({ modal: shown }) => resolve(shown?.viewId ?? '')));
  await sandbox.globalShortcut({ user: 'dana', callbackId: 'open' });
  return { sandbox, heard, submitted, viewId: await opened };
}

describe('menus whose options the app gives', () => {
  it('asks the app with what is typed, and takes an option of its answer', async () => {
    const { sandbox, heard, submitted, viewId } = await withMenu((value) => ({ options: [option(`${value}me`), option('Other')] }));
    const ask = { user: 'dana', viewId, actionId: 'account', value: 'Ac' };
    const { groups } = await sandbox.suggest(ask);
    expect(groups).toMatchObject([{ label: null, options: [{ value: 'Acme' }, { value: 'Other' }] }]);
    expect(heard).toMatchObject([
      {
        type: 'block_suggestion',
        action_id: 'account',
        block_id: 'where',
        value: 'Ac',
        container: { type: 'view', view_id: viewId },
        view: { id: viewId },
      },
    ]);
    await sandbox.submit({ user: 'dana', viewId, values: { where: { account: groups[0]?.options[0] } } });
    expect(submitted).toEqual(['Acme']);
  });

  it('does not ask for less than the menu’s shortest text', async () => {
    const { sandbox, heard, viewId } = await withMenu(() => ({ options: [] }));
    expect(await sandbox.suggest({ user: 'dana', viewId, actionId: 'account', value: '' })).toEqual({ ok: true, groups: [] });
    expect(heard).toEqual([]);
  });

  it('takes groups, and says what is wrong with options that Slack would not show', async () => {
    const grouped = await withMenu(() => ({ option_groups: [{ label: { type: 'plain_text', text: 'Deals' }, options: [option('A')] }] }));
    const ask = { user: 'dana', actionId: 'account', value: 'x' };
    expect(await grouped.sandbox.suggest({ ...ask, viewId: grouped.viewId })).toMatchObject({
      groups: [{ label: 'Deals', options: [{ value: 'A' }] }],
    });
    const wrong = await withMenu(() => ({ options: [option('A'.repeat(76))] }));
    expect(await wrong.sandbox.suggest({ ...ask, viewId: wrong.viewId })).toMatchObject({
      ok: false,
      error: 'invalid_response',
      refusal: expect.stringContaining('/options/0/text/text'),
    });
  });

  it('works in messages, and tells who sees no such menu', async () => {
    const { sandbox, heard } = await withMenu(() => ({ options: [option('A')] }));
    const blocks = [{ type: 'actions', elements: [menu] }] as never;
    const { channel = '', ts = '' } = await clientOf(sandbox).chat.postMessage({ channel: '#general', text: 'x', blocks });
    const { groups } = await sandbox.suggest({ user: 'theo', channel, ts, actionId: 'account', value: 'a' });
    expect(groups[0]?.options).toHaveLength(1);
    expect(heard[0]).toMatchObject({ container: { type: 'message', message_ts: ts }, channel: { name: 'general' } });
    await expect(sandbox.suggest({ user: 'theo', channel, ts: '1.1', actionId: 'account', value: 'a' })).rejects.toThrow('sees no message');
  });
});
