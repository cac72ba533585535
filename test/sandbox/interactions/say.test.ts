import { describe, expect, it, vi } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { clientOf, connectApp, openSandbox } from '../open-sandbox.ts';

/** A workspace whose app notes every event it hears of. */
async function listen(options: SandboxOptions = {}): Promise<{ sandbox: Sandbox; heard: Record<string, unknown>[] }> {
  const sandbox = await openSandbox(options);
  const heard: Record<string, unknown>[] = [];
  await connectApp(sandbox, (app) => {
    app.use(async ({ body, next }) => {
      heard.push(body as unknown as Record<string, unknown>);
      await next();
    });
    app.shortcut(/.*/, ({ ack }) => ack());
  });
  return { sandbox, heard };
}

describe('what the app hears of', () => {
  it('is messages where it is a member, if it subscribed to them', async () => {
    const { sandbox, heard } = await listen({ botEvents: ['message.channels'] });
    await sandbox.say({ user: 'dana', channel: '#revenue', text: 'not for the bot' });
    await sandbox.say({ user: 'dana', channel: '#general', text: 'for the bot' });
    await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 20_000 });
    expect(heard[0]).toMatchObject({
      type: 'event_callback',
      team_id: sandbox.teamId,
      event_id: expect.any(String),
      is_ext_shared_channel: false,
      authorizations: [{ enterprise_id: null, team_id: sandbox.teamId, user_id: sandbox.botUserId }],
      event: { type: 'message', channel_type: 'channel', text: 'for the bot', user: sandbox.workspace.user('dana')?.id },
    });
  });

  it('is archived channels and home tabs, by default', async () => {
    const { sandbox, heard } = await listen();
    await sandbox.say({ user: 'dana', channel: '#general', text: `<@${sandbox.botUserId}> hello` });
    sandbox.workspace.archiveChannel('#revenue');
    await sandbox.openHome({ user: 'dana' });
    await vi.waitFor(
      () => expect(heard.map((body) => (body.event as { type: string }).type).toSorted()).toEqual(['app_home_opened', 'channel_archive']),
      { timeout: 20_000 },
    );
  });

  it('is mentions, if it may read them and subscribed to them', async () => {
    const { sandbox, heard } = await listen({ scopes: ['app_mentions:read'], botEvents: ['app_mention'] });
    await sandbox.say({ user: 'dana', channel: '#general', text: 'no mention' });
    await sandbox.say({ user: 'dana', channel: '#general', text: `<@${sandbox.botUserId}> hello` });
    await vi.waitFor(() => expect(heard).toMatchObject([{ event: { type: 'app_mention' } }]), { timeout: 20_000 });
  });

  it('marks events of channels that are shared with another organisation', async () => {
    const { sandbox, heard } = await listen({
      channels: [{ name: 'both', isShared: true, members: ['journey', 'sam'] }],
      botEvents: ['message.channels'],
    });
    await sandbox.say({ user: 'sam', channel: '#both', text: 'hello' });
    await vi.waitFor(() => expect(heard).toMatchObject([{ is_ext_shared_channel: true }]), { timeout: 20_000 });
  });

  it('is who joins its channels, itself among them, and who invited them', async () => {
    const { sandbox, heard } = await listen();
    const theo = sandbox.workspace.addUser({ name: 'thea' });
    sandbox.workspace.join('revenue', theo.id);
    sandbox.workspace.join('revenue', sandbox.botUserId, 'dana');
    const dana = sandbox.workspace.user('dana')?.id;
    await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 20_000 });
    expect(heard[0]).toMatchObject({
      event: { type: 'member_joined_channel', user: sandbox.botUserId, channel_type: 'C', team: sandbox.teamId, inviter: dana },
    });
    sandbox.workspace.leave('revenue', theo.id);
    await vi.waitFor(() => expect(heard[1]).toMatchObject({ event: { type: 'member_left_channel', user: theo.id } }), { timeout: 20_000 });
  });

  it('is nothing that its scopes do not reach', async () => {
    const { sandbox, heard } = await listen({ scopes: ['chat:write'], botEvents: ['message.channels', 'app_mention', 'app_home_opened'] });
    await sandbox.say({ user: 'dana', channel: '#general', text: `<@${sandbox.botUserId}> hello` });
    await sandbox.openHome({ user: 'dana', tab: 'messages' });
    await vi.waitFor(() => expect(heard).toMatchObject([{ event: { type: 'app_home_opened', tab: 'messages' } }]), { timeout: 20_000 });
  });

  it('is shortcuts, with the message they were used on', async () => {
    const { sandbox, heard } = await listen();
    const { ts = '', channel = '' } = await clientOf(sandbox).chat.postMessage({ channel: '#general', text: 'log me' });
    await sandbox.messageShortcut({ user: 'dana', channel, ts, callbackId: 'log' });
    await sandbox.globalShortcut({ user: 'dana', callbackId: 'find' });
    expect(heard).toMatchObject([
      { type: 'message_action', callback_id: 'log', message: { ts, text: 'log me' }, channel: { id: channel }, response_url: expect.any(String) },
      { type: 'shortcut', callback_id: 'find', trigger_id: expect.any(String) },
    ]);
  });
});
