import type { App } from '@slack/bolt';
import { describe, expect, it, vi } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { answerOf, clientOf, connectApp, openSandbox, refusalOf } from '../open-sandbox.ts';

type Shared = { user: string; channel: string; message_ts: string; links: unknown[]; source: string; unfurl_id: string; is_bot_user_member: boolean };

const url = 'https://app.crm.example/deals/1?a=1&b=2';
const card = { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*Acme rollout*' } }] };

async function withApp(options: SandboxOptions = {}): Promise<{ sandbox: Sandbox; heard: Shared[]; app: App }> {
  const sandbox = await openSandbox({ unfurlDomains: ['crm.example'], ...options });
  const heard: Shared[] = [];
  const app = await connectApp(sandbox, (bolt) => {
    bolt.event('link_shared', async ({ event }) => void heard.push(event as unknown as Shared));
  });
  return { sandbox, heard, app };
}

const shared = (heard: Shared[]): Promise<Shared> => vi.waitUntil(() => heard[0], { timeout: 20_000 });

describe('links', () => {
  it('tells the app of links to its domains, once each, with where they stand', async () => {
    const { sandbox, heard } = await withApp();
    const escaped = url.replaceAll('&', '&amp;');
    const { ts } = await sandbox.say({
      user: 'dana',
      channel: 'deal-alerts',
      text: `See <${escaped}|this>, ${escaped} and https://other.example/x.`,
    });
    expect(await shared(heard)).toMatchObject({
      user: sandbox.workspace.user('dana')?.id,
      channel: sandbox.workspace.channel('deal-alerts')?.id,
      message_ts: ts,
      links: [{ domain: 'app.crm.example', url }],
      source: 'conversations_history',
      is_bot_user_member: false,
    });
    expect(heard).toHaveLength(1);
  });

  it('tells nothing of other domains, to an app without the scope or the event, or from private channels it is not in', async () => {
    for (const options of [{ unfurlDomains: ['notcrm.example'] }, { scopes: ['links:write'] }, { botEvents: ['app_mention'] }]) {
      const { sandbox, heard } = await withApp(options);
      await sandbox.say({ user: 'dana', channel: 'general', text: url });
      await sandbox.sendEvent({ type: 'link_shared', links: [] });
      expect(heard).toHaveLength(1);
    }
    const { sandbox, heard } = await withApp({ channels: [{ name: 'secret', isPrivate: true }] });
    await sandbox.say({ user: 'dana', channel: 'secret', text: url });
    await sandbox.sendEvent({ type: 'link_shared', links: [] });
    expect(heard).toHaveLength(1);
  });

  it('draws under the message by its place or by unfurl_id, and replaces what it drew', async () => {
    const { sandbox, heard } = await withApp();
    const client = clientOf(sandbox);
    const { channel, ts } = await sandbox.say({ user: 'dana', channel: 'general', text: `${url.replaceAll('&', '&amp;')} is it` });
    await client.chat.unfurl({ channel, ts, unfurls: { [url]: { text: 'first' } } });
    const { unfurl_id: id } = await shared(heard);
    await client.chat.unfurl({ unfurl_id: id, source: 'conversations_history', unfurls: { [url]: card } } as never);
    const message = sandbox.workspace.message(channel, ts);
    expect(message?.attachments).toMatchObject([{ from_url: url, is_app_unfurl: true, blocks: [{ type: 'section', block_id: expect.any(String) }] }]);
    expect(message?.editedTs).toBeUndefined();
    const { messages = [] } = await client.conversations.history({ channel });
    expect(messages[0]?.attachments).toHaveLength(1);
  });

  it('refuses links that are not in the message, not the app’s, badly drawn, or nowhere', async () => {
    const { sandbox } = await withApp();
    const client = clientOf(sandbox);
    const { channel, ts } = await sandbox.say({ user: 'dana', channel: 'general', text: 'https://crm.example/1 https://other.example/1' });
    const refused = (args: Record<string, unknown>) => refusalOf(client.apiCall('chat.unfurl', args));
    const unfurls = JSON.stringify({ 'https://crm.example/1': card });
    expect(await refused({ channel, ts, unfurls: { 'https://crm.example/2': card } })).toBe('cannot_unfurl_message');
    expect(await refused({ channel, ts, unfurls: { 'https://other.example/1': card } })).toBe('cannot_unfurl_url');
    expect(await refused({ channel, ts, unfurls: { 'https://crm.example/1': { blocks: [{ type: 'section' }] } } })).toBe('cannot_parse_attachment');
    expect(await refused({ channel, ts, unfurls: '[1]' })).toBe('invalid_unfurls_format');
    expect(await refused({ channel, ts })).toBe('missing_unfurls');
    expect(await refused({ channel, unfurls })).toBe('missing_ts');
    expect(await refused({ ts, unfurls })).toBe('missing_channel');
    expect(await refused({ channel, ts: '1.000001', unfurls })).toBe('cannot_find_message');
    expect(await refused({ channel: 'C404', ts, unfurls })).toBe('cannot_find_channel');
    expect(await refused({ unfurl_id: 'x', unfurls })).toBe('missing_source');
    expect(await refused({ source: 'composer', unfurls })).toBe('missing_unfurl_id');
    expect(await refused({ unfurl_id: 'x', source: 'mail', unfurls })).toBe('invalid_source');
    expect(await refused({ unfurl_id: `${channel}.${ts}.${'0'.repeat(64)}`, source: 'conversations_history', unfurls })).toBe('invalid_unfurl_id');
  });

  it('needs the scope', async () => {
    const sandbox = await openSandbox({ scopes: ['chat:write'] });
    const answer = await answerOf(clientOf(sandbox).apiCall('chat.unfurl', { channel: 'C1', ts: '1.1', unfurls: '{}' }));
    expect(answer).toMatchObject({ error: 'missing_scope', needed: 'links:write' });
  });
});

describe('a click on what the app drew below a link', () => {
  const button = (value: string) => ({ type: 'button', action_id: 'show', text: { type: 'plain_text', text: 'Show all' }, value });
  const drawn = { blocks: [...card.blocks, { type: 'actions', block_id: 'row', elements: [button('a-1')] }] };

  it('tells the app which drawing it was, and nothing of the person’s message', async () => {
    const { sandbox, app } = await withApp();
    const clicks: Record<string, unknown>[] = [];
    app.action('show', async ({ ack, body, respond }) => {
      await ack();
      clicks.push(body as never);
      await respond({ text: 'All of Acme', response_type: 'ephemeral', replace_original: false });
    });
    const { channel, ts } = await sandbox.say({ user: 'dana', channel: 'deal-alerts', text: `secret ${url.replaceAll('&', '&amp;')}` });
    await clientOf(sandbox).chat.unfurl({ channel, ts, unfurls: { [url]: drawn } as never });
    const { ok, responseUrlId } = await sandbox.act({ user: 'dana', channel, ts, actionId: 'show' });
    expect(ok).toBe(true);
    expect(clicks).toMatchObject([
      {
        type: 'block_actions',
        container: { type: 'message_attachment', attachment_id: 1, message_ts: ts, channel_id: channel, is_app_unfurl: true, app_unfurl_url: url },
        app_unfurl: { id: 1, blocks: [{}, { block_id: 'row' }] },
        actions: [{ action_id: 'show', block_id: 'row', value: 'a-1' }],
      },
    ]);
    expect(JSON.stringify(clicks)).not.toContain('secret');
    await vi.waitFor(() => expect(sandbox.workspace.ephemerals()).toMatchObject([{ text: 'All of Acme', responseUrlId }]), { timeout: 20_000 });
  });

  it('is none where there is no such element', async () => {
    const { sandbox } = await withApp();
    const { channel, ts } = await sandbox.say({ user: 'dana', channel: 'deal-alerts', text: url.replaceAll('&', '&amp;') });
    await clientOf(sandbox).chat.unfurl({ channel, ts, unfurls: { [url]: drawn } as never });
    await expect(sandbox.act({ user: 'dana', channel, ts, actionId: 'other' })).rejects.toThrow('no element has the action_id other');
  });
});
