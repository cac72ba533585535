import type { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { answerOf, clientOf, openSandbox, refusalOf } from '../open-sandbox.ts';

const idOf = (sandbox: Sandbox, name: string): string => sandbox.workspace.channel(name)?.id ?? expect.fail(`no channel ${name}`);

async function pages(client: WebClient, args: Parameters<WebClient['conversations']['list']>[0]): Promise<(string | undefined)[][]> {
  const found: (string | undefined)[][] = [];
  let cursor: string | undefined;
  do {
    const answer = await client.conversations.list({ ...args, ...(cursor ? { cursor } : {}) });
    found.push((answer.channels ?? []).map((channel) => channel.name));
    cursor = answer.response_metadata?.next_cursor;
  } while (cursor);
  return found;
}

describe('conversations.list', () => {
  it('pages through the channels with cursors', async () => {
    const client = clientOf(await openSandbox());
    const found = await pages(client, { limit: 4 });
    expect(found.map((page) => page.length)).toEqual([4, 2]);
    expect(found.flat()).toEqual(['general', 'deal-alerts', 'enterprise-deals', 'customer-success', 'revenue', 'journey-admin']);
  });

  it('leaves out archived ones when asked, and private ones that the bot is not in', async () => {
    const sandbox = await openSandbox({
      channels: [
        { name: 'a' },
        { name: 'b', isArchived: true },
        { name: 'in', isPrivate: true, members: ['journey'] },
        { name: 'out', isPrivate: true, members: [] },
      ],
    });
    const client = clientOf(sandbox);
    expect((await pages(client, { types: 'public_channel,private_channel' })).flat()).toEqual(['a', 'b', 'in']);
    expect((await pages(client, { types: 'public_channel', exclude_archived: true })).flat()).toEqual(['a']);
  });

  it('refuses unknown types, cursors and limits, and types without their scope', async () => {
    const client = clientOf(await openSandbox({ scopes: ['channels:read'] }));
    expect(await refusalOf(client.conversations.list({ types: 'rooms' }))).toBe('invalid_types');
    expect(await refusalOf(client.conversations.list({ cursor: 'nonsense' }))).toBe('invalid_cursor');
    expect(await refusalOf(client.conversations.list({ limit: -1 }))).toBe('invalid_limit');
    const answer = await answerOf(client.conversations.list({ types: 'private_channel' }));
    expect(answer).toMatchObject({ error: 'missing_scope', needed: 'groups:read', provided: 'channels:read' });
  });
});

describe('conversations.join, info, members and open', () => {
  it('joins a public channel once', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    const channel = idOf(sandbox, 'revenue');
    expect((await client.conversations.info({ channel })).channel?.is_member).toBe(false);
    expect((await client.conversations.join({ channel })).channel?.is_member).toBe(true);
    expect(await client.conversations.join({ channel })).toMatchObject({ warning: 'already_in_channel' });
    expect((await client.conversations.members({ channel })).members).toContain(sandbox.botUserId);
  });

  it('does not join what is archived, private or unknown', async () => {
    const sandbox = await openSandbox({
      channels: [
        { name: 'a', isArchived: true },
        { name: 'p', isPrivate: true, members: ['journey'] },
      ],
    });
    const client = clientOf(sandbox);
    expect(await refusalOf(client.conversations.join({ channel: idOf(sandbox, 'a') }))).toBe('is_archived');
    expect(await refusalOf(client.conversations.join({ channel: idOf(sandbox, 'p') }))).toBe('method_not_supported_for_channel_type');
    expect(await refusalOf(client.conversations.join({ channel: '#a' }))).toBe('channel_not_found');
  });

  it('opens one direct conversation a user', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    const users = sandbox.workspace.user('dana')?.id ?? '';
    const first = await client.conversations.open({ users });
    expect(first.channel?.id).toMatch(/^D/);
    expect((await client.conversations.open({ users })).channel?.id).toBe(first.channel?.id);
    expect(await refusalOf(client.conversations.open({ users: 'U404' }))).toBe('user_not_found');
    sandbox.workspace.deactivateUser('theo');
    expect(await refusalOf(client.conversations.open({ users: sandbox.workspace.user('theo')?.id ?? '' }))).toBe('user_disabled');
  });

  it('tells which channels are shared with another organisation', async () => {
    const sandbox = await openSandbox({ channels: [{ name: 'both', isShared: true }, { name: 'ours' }] });
    const client = clientOf(sandbox);
    expect((await client.conversations.info({ channel: idOf(sandbox, 'both') })).channel).toMatchObject({ is_ext_shared: true });
    expect((await client.conversations.info({ channel: idOf(sandbox, 'ours') })).channel).toMatchObject({ is_ext_shared: false });
  });
});
