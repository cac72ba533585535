import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { clientOf, connectApp, openSandbox, refusalOf } from './open-sandbox.ts';

async function ask(sandbox: Sandbox, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const init = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${sandbox.url}/sandbox/${path}`, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const question = { type: 'actions', elements: [{ type: 'button', action_id: 'open', text: { type: 'plain_text', text: 'Open' } }] };
const form = {
  type: 'modal',
  callback_id: 'form',
  title: { type: 'plain_text', text: 'T' },
  submit: { type: 'plain_text', text: 'S' },
  blocks: [{ type: 'input', block_id: 'b', label: { type: 'plain_text', text: 'L' }, element: { type: 'plain_text_input', action_id: 'a' } }],
};

describe('the state API', () => {
  it('lets a script in another process use the app and see what came of it', async () => {
    const sandbox = await openSandbox();
    await connectApp(sandbox, (app) => {
      app.command('/journey', ({ ack }) => ack({ text: 'question', blocks: [question] as never }));
      app.action('open', async ({ ack, body, client }) => {
        if ('trigger_id' in body) await client.views.open({ trigger_id: body.trigger_id as string, view: form as never });
        await ack();
      });
      app.view('form', async ({ ack, view, client }) => {
        await ack();
        await client.chat.postMessage({ channel: '#general', text: view.state.values.b?.a?.value ?? '' });
      });
    });
    const { body: result } = await ask(sandbox, 'command', { user: 'dana', channel: '#general', text: 'acme' });
    const { ts } = result.reply as { ts: string };
    expect(await ask(sandbox, 'act', { user: 'dana', channel: '#general', ts, actionId: 'open' })).toMatchObject({ body: { ok: true } });
    const { modals } = (await ask(sandbox, 'state')).body as { modals: { viewId: string }[] };
    const values = { b: { a: 'written' } };
    expect(await ask(sandbox, 'submit', { user: 'dana', viewId: modals[0]?.viewId, values })).toMatchObject({ body: { ok: true } });
    await expect.poll(async () => (await ask(sandbox, 'state')).body.messages).toMatchObject([{ text: 'written' }]);
    expect((await ask(sandbox, 'state')).body).toMatchObject({ ephemerals: [{ text: 'question' }], modals: [], connections: 1 });
    expect((await ask(sandbox, 'calls?method=chat.postMessage')).body).toMatchObject([{ method: 'chat.postMessage', status: 200 }]);
  });

  it('makes weather', async () => {
    const sandbox = await openSandbox();
    await ask(sandbox, 'weather', { failNext: { method: 'auth.test', error: 'fatal_error' } });
    expect(await refusalOf(clientOf(sandbox).auth.test())).toBe('fatal_error');
    expect(await refusalOf(clientOf(sandbox).auth.test())).toBeUndefined();
  });

  it('archives channels and dismisses people', async () => {
    const sandbox = await openSandbox();
    await ask(sandbox, 'archive', { channel: '#revenue' });
    await ask(sandbox, 'deactivate', { user: 'theo' });
    await ask(sandbox, 'join', { channel: '#deal-alerts' });
    expect(sandbox.workspace.channel('revenue')?.isArchived).toBe(true);
    expect(sandbox.workspace.user('theo')?.kind).toBe('deactivated');
    expect(sandbox.workspace.channel('deal-alerts')?.members).toContain(sandbox.botUserId);
  });

  it.each([
    ['command', { user: 'nobody', channel: '#general' }, 'no user nobody'],
    ['command', { user: 'dana', channel: '#nowhere' }, 'no channel #nowhere'],
    ['command', { channel: '#general' }, 'user'],
    ['act', { user: 'dana', channel: '#general', ts: '1.000001', actionId: 'x' }, 'sees no message'],
    ['submit', { user: 'dana', viewId: 'V1' }, 'no view V1'],
    ['weather', { rain: true }, 'rain'],
  ])('answers 400 with the reason to %s %j', async (path, body, reason) => {
    const answer = await ask(await openSandbox(), path, body);
    expect(answer).toMatchObject({ status: 400, body: { ok: false, error: expect.stringContaining(reason) } });
  });
});
