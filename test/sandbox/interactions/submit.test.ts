import type { App } from '@slack/bolt';
import type { ModalView, WebClient } from '@slack/web-api';
import { describe, expect, it, vi } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { connectApp, openSandbox, refusalOf } from '../open-sandbox.ts';

const plain = (text: string): { type: 'plain_text'; text: string } => ({ type: 'plain_text', text });
const option = (value: string): { text: { type: 'plain_text'; text: string }; value: string } => ({ text: plain(value), value });
const form = (more: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  callback_id: 'form',
  private_metadata: 'alert-1',
  title: plain('Resolve'),
  submit: plain('Resolve'),
  blocks: [
    {
      type: 'input',
      block_id: 'why',
      label: plain('Reason'),
      element: { type: 'static_select', action_id: 'reason', options: [option('done'), option('no')], initial_option: option('done') },
    },
    {
      type: 'input',
      block_id: 'note',
      label: plain('Note'),
      optional: true,
      element: { type: 'plain_text_input', action_id: 'text', max_length: 10 },
    },
    { type: 'input', block_id: 'must', label: plain('Must'), element: { type: 'plain_text_input', action_id: 'text' } },
  ],
  ...more,
});
const complete = { must: { text: 'yes' } };

type Opened = { sandbox: Sandbox; client: WebClient; viewId: string };

/** A workspace where dana looks at the form. */
async function openForm(view: ModalView, register: (app: App) => void = () => {}, now: () => number = Date.now): Promise<Opened> {
  const sandbox = await openSandbox({ now });
  const app = await connectApp(sandbox, (each) => {
    each.command('/journey', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    register(each);
  });
  await sandbox.command({ user: 'dana', channel: '#general', command: '/journey', text: '' });
  const viewId = await vi.waitFor(() => sandbox.workspace.modal('dana')?.viewId ?? expect.fail('no modal'), { timeout: 20_000 });
  return { sandbox, client: app.client, viewId };
}

describe('submitting a form', () => {
  it('carries what was typed, chosen and given, and closes the form', async () => {
    let seen: Record<string, unknown> = {};
    const { sandbox, viewId } = await openForm(form(), (app) =>
      app.view('form', async ({ ack, body }) => {
        seen = { ...body };
        await ack();
      }),
    );
    expect(await sandbox.submit({ user: 'dana', viewId, values: complete })).toEqual({ ok: true, modal: undefined });
    expect(seen).toMatchObject({
      type: 'view_submission',
      user: { id: sandbox.workspace.user('dana')?.id, team_id: sandbox.teamId },
      team: { id: sandbox.teamId },
      enterprise: null,
      view: {
        id: viewId,
        callback_id: 'form',
        private_metadata: 'alert-1',
        root_view_id: viewId,
        hash: expect.any(String),
        state: {
          values: {
            why: { reason: { type: 'static_select', selected_option: option('done') } },
            note: { text: { type: 'plain_text_input', value: null } },
            must: { text: { type: 'plain_text_input', value: 'yes' } },
          },
        },
      },
    });
  });

  it('asks for what is missing or too long before it sends anything', async () => {
    const heard = vi.fn();
    const { sandbox, viewId } = await openForm(form(), (app) => app.view('form', heard));
    const missing = await sandbox.submit({ user: 'dana', viewId, values: {} });
    expect(missing.errors).toEqual({ must: 'Please complete this required field.' });
    const long = await sandbox.submit({ user: 'dana', viewId, values: { ...complete, note: { text: 'x'.repeat(11) } } });
    expect(long.errors).toEqual({ note: 'Must be at most 10 characters.' });
    expect(heard).not.toHaveBeenCalled();
  });

  it('shows the app’s errors, and keeps the form', async () => {
    const { sandbox, viewId } = await openForm(form(), (app) =>
      app.view('form', ({ ack }) => ack({ response_action: 'errors', errors: { must: 'No.' } })),
    );
    const result = await sandbox.submit({ user: 'dana', viewId, values: complete });
    expect(result).toMatchObject({ ok: false, errors: { must: 'No.' }, modal: { viewId } });
    expect(sandbox.workspace.modal('dana')?.errors).toEqual({ must: 'No.' });
  });

  it('refuses errors for a block that is no input', async () => {
    const { sandbox, viewId } = await openForm(form(), (app) =>
      app.view('form', ({ ack }) => ack({ response_action: 'errors', errors: { else: 'No.' } })),
    );
    expect(await sandbox.submit({ user: 'dana', viewId, values: complete })).toMatchObject({ ok: false, error: 'invalid_response' });
  });

  it('updates, pushes and clears as the app says', async () => {
    const answers = [
      { response_action: 'update', view: form({ title: plain('Updated') }) },
      { response_action: 'push', view: form({ title: plain('Pushed') }) },
      { response_action: 'clear' },
    ];
    const { sandbox, viewId } = await openForm(form(), (app) => app.view('form', ({ ack }) => ack(answers.shift() as never)));
    const updated = await sandbox.submit({ user: 'dana', viewId, values: complete });
    expect(updated.modal).toMatchObject({ viewId, depth: 1, view: { title: { text: 'Updated' } } });
    const pushed = await sandbox.submit({ user: 'dana', viewId, values: complete });
    expect(pushed.modal).toMatchObject({ depth: 2, view: { title: { text: 'Pushed' } } });
    expect(await sandbox.submit({ user: 'dana', viewId: pushed.modal?.viewId ?? '', values: complete })).toEqual({ ok: true, modal: undefined });
  });

  it('goes back to the view below when the upper one is done', async () => {
    const answers = [{ response_action: 'push', view: form() }, undefined];
    const { sandbox, viewId } = await openForm(form(), (app) => app.view('form', ({ ack }) => ack(answers.shift() as never)));
    const upper = (await sandbox.submit({ user: 'dana', viewId, values: complete })).modal?.viewId ?? '';
    expect((await sandbox.submit({ user: 'dana', viewId: upper, values: complete })).modal).toMatchObject({ viewId, depth: 1 });
  });

  it('refuses a view that Slack would not draw', async () => {
    const { sandbox, viewId } = await openForm(form(), (app) =>
      app.view('form', ({ ack }) => ack({ response_action: 'update', view: form({ title: plain('x'.repeat(25)) }) })),
    );
    const result = await sandbox.submit({ user: 'dana', viewId, values: complete });
    expect(result).toMatchObject({ ok: false, error: 'invalid_response', refusal: expect.stringContaining('less than 25 characters') });
  });
});

describe('views', () => {
  it('tells the app of a closed view when it wants to know', async () => {
    const closed: string[] = [];
    const { sandbox, viewId } = await openForm(form({ notify_on_close: true }), (app) =>
      app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
        await ack();
        closed.push(body.view.id);
      }),
    );
    await sandbox.closeModal({ user: 'dana', viewId });
    expect(closed).toEqual([viewId]);
    expect(sandbox.workspace.modal('dana')).toBeUndefined();
  });

  it('takes an update with the current hash only', async () => {
    const { sandbox, client, viewId } = await openForm(form());
    const hash = sandbox.workspace.modal('dana')?.hash ?? '';
    const { view } = await client.views.update({ view_id: viewId, hash, view: form({ title: plain('New') }) });
    expect(view?.hash).not.toBe(hash);
    expect(await refusalOf(client.views.update({ view_id: viewId, hash, view: form() }))).toBe('hash_conflict');
    expect(await refusalOf(client.views.update({ view_id: 'V404', view: form() }))).toBe('not_found');
    expect(sandbox.workspace.modal('dana')?.view).toMatchObject({ title: { text: 'New' } });
  });

  it('refuses bad views with the place of the mistake', async () => {
    const { client } = await openForm(form());
    const call = client.views.update({ view_id: 'V1', view: form({ title: plain('x'.repeat(25)) }) });
    await expect(call).rejects.toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: { messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'] },
      },
    });
    expect(await refusalOf(client.views.open({ trigger_id: 'nonsense', view: form() }))).toBe('invalid_trigger_id');
  });

  it('stacks three views at most', async () => {
    const refusals: (string | undefined)[] = [];
    const pressable = form({ blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'next', text: plain('Next') }] }] });
    const { sandbox } = await openForm(pressable, (app) =>
      app.action('next', async ({ ack, body, client }) => {
        await ack();
        if (!('trigger_id' in body)) return;
        refusals.push(await refusalOf(client.views.push({ trigger_id: body.trigger_id as string, view: pressable })));
      }),
    );
    for (let count = 1; count <= 3; count += 1) {
      await sandbox.act({ user: 'dana', viewId: sandbox.workspace.modal('dana')?.viewId ?? '', actionId: 'next' });
      await vi.waitFor(() => expect(refusals).toHaveLength(count), { timeout: 20_000 });
    }
    expect(refusals).toEqual([undefined, undefined, 'push_limit_reached']);
    expect(sandbox.workspace.modal('dana')?.depth).toBe(3);
  });

  it('publishes a home tab whose buttons work', async () => {
    const pressed: unknown[] = [];
    const { sandbox, client } = await openForm(form(), (app) =>
      app.action('press', async ({ ack, body }) => {
        await ack();
        pressed.push(body.type);
      }),
    );
    const user_id = sandbox.workspace.user('dana')?.id ?? '';
    const blocks = [{ type: 'actions', elements: [{ type: 'button', action_id: 'press', text: plain('Press') }] }] as never[];
    await client.views.publish({ user_id, view: { type: 'home', blocks } });
    expect(sandbox.workspace.home('dana')).toMatchObject({ type: 'home' });
    await sandbox.act({ user: 'dana', home: true, actionId: 'press' });
    expect(pressed).toEqual(['block_actions']);
    expect(await refusalOf(client.views.publish({ user_id, hash: 'old', view: { type: 'home', blocks } }))).toBe('hash_conflict');
  });
});
