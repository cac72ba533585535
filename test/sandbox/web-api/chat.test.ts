import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { answerOf, clientOf, openSandbox, refusalOf } from '../open-sandbox.ts';

const section = (text: string): { type: 'section'; text: { type: 'mrkdwn'; text: string } } => ({ type: 'section', text: { type: 'mrkdwn', text } });
const idOf = (sandbox: Sandbox, name: string): string => sandbox.workspace.channel(name)?.id ?? expect.fail(`no channel ${name}`);

describe('chat.postMessage', () => {
  it('posts by id, name and #name, and says where', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    const id = idOf(sandbox, 'deal-alerts');
    sandbox.workspace.join(id, sandbox.botUserId);
    for (const channel of [id, 'deal-alerts', '#deal-alerts']) {
      expect(await client.chat.postMessage({ channel, text: 'hello' })).toMatchObject({ ok: true, channel: id });
    }
    expect(sandbox.workspace.messages('#deal-alerts').map((message) => message.text)).toEqual(['hello', 'hello', 'hello']);
  });

  it('answers with the message as history shows it, with ids on its blocks', async () => {
    const sandbox = await openSandbox();
    const metadata = { event_type: 'journey_delivery', event_payload: { id: 'd-1' } };
    const { message, ts } = await clientOf(sandbox).chat.postMessage({ channel: '#general', text: 'T', blocks: [section('B')], metadata });
    expect(message).toMatchObject({
      type: 'message',
      ts,
      text: 'T',
      user: sandbox.botUserId,
      metadata,
      blocks: [{ type: 'section', block_id: expect.stringMatching(/./) }],
    });
  });

  it('gives every message of a channel its own, later ts, though the clock stands still', async () => {
    const sandbox = await openSandbox({ now: () => 1_700_000_000_000 });
    const client = clientOf(sandbox);
    const posts = await Promise.all(Array.from({ length: 20 }, () => client.chat.postMessage({ channel: '#general', text: 'x' })));
    const stamps = sandbox.workspace.messages('#general').map((message) => message.ts);
    expect(new Set(posts.map(({ ts }) => ts)).size).toBe(20);
    expect(stamps).toEqual(stamps.toSorted());
    expect(stamps[0]).toBe('1700000000.000000');
  });

  it('opens the direct conversation of a user id', async () => {
    const sandbox = await openSandbox();
    const dana = sandbox.workspace.user('dana')?.id ?? '';
    const { channel } = await clientOf(sandbox).chat.postMessage({ channel: dana, text: 'psst' });
    expect(sandbox.workspace.channel(channel ?? '')).toMatchObject({ isDirect: true, members: expect.arrayContaining([dana]) });
  });

  it('answers in threads, also to the ts of a reply', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    const { ts: parent = '' } = await client.chat.postMessage({ channel: '#general', text: 'parent' });
    const { ts: reply = '' } = await client.chat.postMessage({ channel: '#general', text: 'reply', thread_ts: parent });
    await client.chat.postMessage({ channel: '#general', text: 'again', thread_ts: reply });
    expect(sandbox.workspace.messages('#general').map((message) => message.threadTs)).toEqual([undefined, parent, parent]);
  });

  it('needs membership unless the bot may post in public channels', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    expect(await refusalOf(client.chat.postMessage({ channel: '#revenue', text: 'x' }))).toBe('not_in_channel');
    await client.conversations.join({ channel: idOf(sandbox, 'revenue') });
    expect(await refusalOf(client.chat.postMessage({ channel: '#revenue', text: 'x' }))).toBeUndefined();
    const anywhere = clientOf(await openSandbox({ scopes: ['chat:write', 'chat:write.public'] }));
    expect(await refusalOf(anywhere.chat.postMessage({ channel: '#revenue', text: 'x' }))).toBeUndefined();
  });

  it('does not know private channels that the bot is not in', async () => {
    const sandbox = await openSandbox({ channels: [{ name: 'secret', isPrivate: true, members: ['dana'] }] });
    const post = (): Promise<string | undefined> => refusalOf(clientOf(sandbox).chat.postMessage({ channel: idOf(sandbox, 'secret'), text: 'x' }));
    expect(await post()).toBe('channel_not_found');
    sandbox.workspace.join('secret', sandbox.botUserId);
    expect(await post()).toBeUndefined();
  });

  it.each([
    ['channel_not_found', { channel: '#nowhere', text: 'x' }],
    ['no_text', { channel: '#general', text: '' }],
    ['no_text', { channel: '#general', blocks: [] as never[], text: '' }],
    ['msg_too_long', { channel: '#general', text: 'x'.repeat(40_001) }],
    ['invalid_blocks', { channel: '#general', text: 'x', blocks: [section('')] }],
    ['invalid_blocks', { channel: '#general', text: 'x', blocks: Array.from({ length: 51 }, () => section('x')) }],
    ['msg_blocks_too_long', { channel: '#general', text: 'x', blocks: Array.from({ length: 5 }, () => section('x'.repeat(2641))) }],
    ['invalid_blocks_format', { channel: '#general', text: 'x', blocks: section('x') as never }],
    ['invalid_blocks_format', { channel: '#general', text: 'x', blocks: '[{' as never }],
    ['invalid_metadata_format', { channel: '#general', text: 'x', metadata: { event_type: 'e' } as never }],
    ['metadata_too_large', { channel: '#general', text: 'x', metadata: { event_type: 'e', event_payload: { a: 'x'.repeat(17_000) } } }],
  ])('refuses with %s', async (code, message) => {
    const sandbox = await openSandbox();
    expect(await refusalOf(clientOf(sandbox).chat.postMessage(message))).toBe(code);
    expect(sandbox.workspace.messages('#general')).toEqual([]);
  });

  it('takes 13,200 characters in all blocks', async () => {
    const sandbox = await openSandbox();
    const blocks = Array.from({ length: 5 }, () => section('x'.repeat(2640)));
    expect(await refusalOf(clientOf(sandbox).chat.postMessage({ channel: '#general', text: 'x', blocks }))).toBeUndefined();
  });

  it('says what is wrong with blocks', async () => {
    const sandbox = await openSandbox();
    const answer = await answerOf(clientOf(sandbox).chat.postMessage({ channel: '#general', text: 'x', blocks: [section('x'.repeat(3001))] }));
    const line = '[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]';
    expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks', response_metadata: { messages: [line] } });
  });

  it('refuses archived channels', async () => {
    const sandbox = await openSandbox();
    sandbox.workspace.archiveChannel('#revenue');
    expect(await refusalOf(clientOf(sandbox).chat.postMessage({ channel: '#revenue', text: 'x' }))).toBe('is_archived');
  });
});

describe('chat.update and chat.delete', () => {
  it('edits in place; text without blocks removes the blocks, metadata stays until it is emptied', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    const metadata = { event_type: 'e', event_payload: { id: '1' } };
    const { ts = '', channel = '' } = await client.chat.postMessage({ channel: '#general', text: 'old', blocks: [section('old')], metadata });
    await client.chat.update({ channel, ts, text: 'new', blocks: [section('new')] });
    expect(sandbox.workspace.message(channel, ts)).toMatchObject({ text: 'new', blocks: [{ text: { text: 'new' } }], metadata });
    await client.chat.update({ channel, ts, text: 'newer' });
    const edited = sandbox.workspace.message(channel, ts);
    expect(edited).toMatchObject({ text: 'newer', metadata, editedTs: expect.any(String) });
    expect(edited?.blocks).toBeUndefined();
    await client.apiCall('chat.update', { channel, ts, text: 'newest', metadata: {} });
    expect(sandbox.workspace.message(channel, ts)).not.toHaveProperty('metadata');
    expect(sandbox.workspace.messages('#general')).toHaveLength(1);
  });

  it('knows only ids, own messages and open channels', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    const { ts = '', channel = '' } = await client.chat.postMessage({ channel: '#general', text: 'mine' });
    const hers = await sandbox.say({ user: 'dana', channel: '#general', text: 'hers' });
    expect(await refusalOf(client.chat.update({ channel: '#general', ts, text: 'x' }))).toBe('channel_not_found');
    expect(await refusalOf(client.chat.update({ channel, ts: '1.000001', text: 'x' }))).toBe('message_not_found');
    expect(await refusalOf(client.chat.update({ channel, ts: hers.ts, text: 'x' }))).toBe('cant_update_message');
    expect(await refusalOf(client.chat.delete({ channel, ts: hers.ts }))).toBe('cant_delete_message');
    expect(await refusalOf(client.chat.update({ channel, ts, text: 'x'.repeat(4001) }))).toBe('msg_too_long');
    sandbox.workspace.archiveChannel(channel);
    expect(await refusalOf(client.chat.update({ channel, ts, text: 'x' }))).toBe('is_inactive');
  });

  it('deletes once', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    const { ts = '', channel = '' } = await client.chat.postMessage({ channel: '#general', text: 'mine' });
    expect(await refusalOf(client.chat.delete({ channel, ts }))).toBeUndefined();
    expect(await refusalOf(client.chat.delete({ channel, ts }))).toBe('message_not_found');
    expect(sandbox.workspace.messages(channel)).toEqual([]);
  });
});

describe('chat.postEphemeral and chat.getPermalink', () => {
  it('shows a message to one member, and keeps it out of history', async () => {
    const sandbox = await openSandbox();
    const user = sandbox.workspace.user('dana')?.id ?? '';
    const sam = sandbox.workspace.user('sam')?.id ?? '';
    const client = clientOf(sandbox);
    await client.chat.postEphemeral({ channel: '#general', user, text: 'only you' });
    expect(sandbox.workspace.ephemerals({ user: 'dana', channel: '#general' })).toMatchObject([{ text: 'only you' }]);
    expect(sandbox.workspace.messages('#general')).toEqual([]);
    expect(await refusalOf(client.chat.postEphemeral({ channel: '#general', user: sam, text: 'x' }))).toBe('user_not_in_channel');
  });

  it('links to a message that exists', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    const { ts = '', channel = '' } = await client.chat.postMessage({ channel: '#general', text: 'x' });
    const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
    expect(permalink).toBe(`${sandbox.url}/archives/${channel}/p${ts.replace('.', '')}`);
    expect(await refusalOf(client.chat.getPermalink({ channel, message_ts: '1.000001' }))).toBe('message_not_found');
  });
});
