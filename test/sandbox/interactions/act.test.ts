import type { BlockAction } from '@slack/bolt';
import { describe, expect, it, vi } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { clientOf, connectApp, openSandbox } from '../open-sandbox.ts';

const plain = (text: string): { type: 'plain_text'; text: string } => ({ type: 'plain_text', text });
const option = (value: string): { text: { type: 'plain_text'; text: string }; value: string } => ({ text: plain(value.toUpperCase()), value });
const card = [
  { type: 'section', text: plain('Acme'), accessory: { type: 'overflow', action_id: 'more', options: [option('open'), option('mute')] } },
  {
    type: 'actions',
    block_id: 'row',
    elements: [
      { type: 'button', action_id: 'ack', text: plain('Acknowledge'), value: 'alert-1', style: 'primary' },
      { type: 'static_select', action_id: 'snooze', placeholder: plain('Snooze'), options: [option('2bd'), option('5bd')] },
    ],
  },
] as never[];

/** A posted card, and every click on it that the app heard of. */
async function postCard(
  answer: (respond: (message: never) => Promise<unknown>) => Promise<unknown> = async () => {},
): Promise<{ sandbox: Sandbox; place: { channel: string; ts: string }; clicks: BlockAction[] }> {
  const sandbox = await openSandbox({ now: () => 1_700_000_000_000 });
  const clicks: BlockAction[] = [];
  await connectApp(sandbox, (app) =>
    app.action(/.*/, async ({ ack, body, respond }) => {
      await ack();
      clicks.push(body as BlockAction);
      await answer(respond as (message: never) => Promise<unknown>);
    }),
  );
  const { channel = '', ts = '' } = await clientOf(sandbox).chat.postMessage({ channel: '#general', text: 'Acme', blocks: card });
  return { sandbox, place: { channel, ts }, clicks };
}

describe('a click on a message', () => {
  it('carries what Slack sends', async () => {
    const { sandbox, place, clicks } = await postCard();
    await sandbox.act({ user: 'dana', ...place, actionId: 'ack' });
    expect(clicks).toMatchObject([
      {
        type: 'block_actions',
        user: { id: sandbox.workspace.user('dana')?.id, username: 'dana', team_id: sandbox.teamId },
        team: { id: sandbox.teamId, domain: 'sandbox' },
        enterprise: null,
        api_app_id: expect.any(String),
        token: expect.any(String),
        container: { type: 'message', message_ts: place.ts, channel_id: place.channel, is_ephemeral: false },
        channel: { id: place.channel, name: 'general' },
        message: { ts: place.ts, text: 'Acme', blocks: [{ type: 'section' }, { block_id: 'row' }] },
        trigger_id: expect.any(String),
        response_url: expect.stringContaining('/actions/'),
        actions: [{ type: 'button', action_id: 'ack', block_id: 'row', value: 'alert-1', style: 'primary', action_ts: expect.any(String) }],
      },
    ]);
  });

  it('sends the chosen option, and remembers it in the state of the next click', async () => {
    const { sandbox, place, clicks } = await postCard();
    await sandbox.act({ user: 'dana', ...place, actionId: 'snooze', selectedOption: { value: '5bd' } });
    await sandbox.act({ user: 'dana', ...place, actionId: 'ack' });
    await sandbox.act({ user: 'marco', ...place, actionId: 'more', value: 'mute' });
    const snoozes = clicks.map(({ state }) => state?.values.row?.snooze?.selected_option?.value);
    expect(snoozes).toEqual(['5bd', '5bd', undefined]);
    expect(clicks[0]?.actions).toMatchObject([{ type: 'static_select', selected_option: option('5bd') }]);
    expect(clicks[2]?.actions).toMatchObject([{ type: 'overflow', selected_option: option('mute') }]);
  });

  it('tells a stranger’s team from the one that has the app', async () => {
    const { sandbox, place, clicks } = await postCard();
    await sandbox.act({ user: 'sam', ...place, actionId: 'ack' });
    expect(clicks[0]?.team?.id).toBe(sandbox.teamId);
    expect(clicks[0]?.user.team_id).not.toBe(sandbox.teamId);
  });

  it('does not happen where there is nothing to click', async () => {
    const { sandbox, place } = await postCard();
    await expect(sandbox.act({ user: 'dana', ...place, actionId: 'nothing' })).rejects.toThrow('there are: more, ack, snooze');
    await expect(sandbox.act({ user: 'dana', ...place, actionId: 'snooze', value: '9bd' })).rejects.toThrow('there are: 2bd, 5bd');
    await expect(sandbox.act({ user: 'dana', channel: place.channel, ts: '1.000001', actionId: 'ack' })).rejects.toThrow('sees no message');
  });
});

describe('the response_url of a click', () => {
  it('replaces the message', async () => {
    const { sandbox, place } = await postCard((respond) => respond({ replace_original: true, text: 'done' } as never));
    await sandbox.act({ user: 'dana', ...place, actionId: 'ack' });
    await vi.waitFor(() => expect(sandbox.workspace.message(place.channel, place.ts)?.text).toBe('done'), { timeout: 20_000 });
    expect(sandbox.workspace.message(place.channel, place.ts)?.blocks).toBeUndefined();
    expect(sandbox.workspace.messages('#general')).toHaveLength(1);
  });

  it('deletes the message', async () => {
    const { sandbox, place } = await postCard((respond) => respond({ delete_original: true } as never));
    await sandbox.act({ user: 'dana', ...place, actionId: 'ack' });
    await vi.waitFor(() => expect(sandbox.workspace.messages('#general')).toEqual([]), { timeout: 20_000 });
  });

  it('otherwise answers the person alone', async () => {
    const { sandbox, place } = await postCard((respond) => respond({ text: 'noted' } as never));
    const { responseUrlId } = await sandbox.act({ user: 'dana', ...place, actionId: 'ack' });
    await vi.waitFor(() => expect(sandbox.workspace.ephemerals({ user: 'dana' })).toMatchObject([{ text: 'noted', responseUrlId }]), {
      timeout: 4_000,
    });
  });
});

describe('a click on an ephemeral', () => {
  it('has a container and no message, and can be replaced by its own person only', async () => {
    const { sandbox, clicks } = await postCard((respond) => respond({ replace_original: true, text: 'picked' } as never));
    const user = sandbox.workspace.user('dana')?.id ?? '';
    const { message_ts: ts = '' } = await clientOf(sandbox).chat.postEphemeral({ channel: '#general', user, text: 'pick', blocks: card });
    await expect(sandbox.act({ user: 'marco', channel: '#general', ts, actionId: 'ack' })).rejects.toThrow('sees no message');
    await sandbox.act({ user: 'dana', channel: '#general', ts, actionId: 'ack' });
    expect(clicks[0]).toMatchObject({ container: { is_ephemeral: true, message_ts: ts } });
    expect(clicks[0]).not.toHaveProperty('message');
    await vi.waitFor(() => expect(sandbox.workspace.ephemerals()).toMatchObject([{ ts, text: 'picked' }]), { timeout: 20_000 });
  });
});
