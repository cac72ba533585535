import { beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { clientOf, openSandbox, refusalOf } from '../open-sandbox.ts';

let sandbox: Sandbox;
let channel: string;
let now: number;

/** Posts m0, m1 … a second apart; returns their ts. */
async function post(count: number, more: { thread_ts?: string } = {}): Promise<string[]> {
  const stamps: string[] = [];
  for (let index = 0; index < count; index += 1) {
    now += 1000;
    const metadata = { event_type: 'e', event_payload: { index } };
    const { ts = '' } = await clientOf(sandbox).chat.postMessage({ channel, text: `m${index}`, metadata, ...more });
    stamps.push(ts);
  }
  return stamps;
}

const texts = (messages: readonly { text?: string }[] | undefined): (string | undefined)[] => (messages ?? []).map(({ text }) => text);

beforeEach(async () => {
  now = 1_700_000_000_000;
  sandbox = await openSandbox({ now: () => now });
  channel = sandbox.workspace.channel('general')?.id ?? '';
});

describe('conversations.history', () => {
  it('shows the newest first, in pages that new posts do not move', async () => {
    await post(5);
    const client = clientOf(sandbox);
    const first = await client.conversations.history({ channel, limit: 2 });
    expect(texts(first.messages)).toEqual(['m4', 'm3']);
    await client.chat.postMessage({ channel, text: 'newer' });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.history({ channel, limit: 2, cursor });
    expect(texts(second.messages)).toEqual(['m2', 'm1']);
    const third = await client.conversations.history({ channel, limit: 2, cursor: second.response_metadata?.next_cursor ?? '' });
    expect(texts(third.messages)).toEqual(['m0']);
    expect(third).toMatchObject({ has_more: false });
  });

  it('bounds by time, with or without the bounds themselves', async () => {
    const [, m1 = '', , m3 = ''] = await post(5);
    const client = clientOf(sandbox);
    expect(texts((await client.conversations.history({ channel, oldest: m1, latest: m3 })).messages)).toEqual(['m2']);
    const inclusive = await client.conversations.history({ channel, oldest: m1, latest: m3, inclusive: true });
    expect(texts(inclusive.messages)).toEqual(['m3', 'm2', 'm1']);
    expect(await refusalOf(client.conversations.history({ channel, oldest: 'yesterday' }))).toBe('invalid_ts_oldest');
  });

  it('shows metadata to who asks for it', async () => {
    await post(1);
    const client = clientOf(sandbox);
    const [plain] = (await client.conversations.history({ channel })).messages ?? [];
    expect(plain).not.toHaveProperty('metadata');
    const [full] = (await client.conversations.history({ channel, include_all_metadata: true })).messages ?? [];
    expect(full).toMatchObject({ metadata: { event_type: 'e', event_payload: { index: 0 } } });
  });

  it('leaves replies to the thread, and tells the parent about them', async () => {
    const [parent = ''] = await post(1);
    await post(3, { thread_ts: parent });
    const client = clientOf(sandbox);
    const { messages } = await client.conversations.history({ channel });
    expect(messages).toMatchObject([{ ts: parent, thread_ts: parent, reply_count: 3 }]);
  });

  it('is for members, with the scope', async () => {
    const client = clientOf(sandbox);
    const revenue = sandbox.workspace.channel('revenue')?.id ?? '';
    expect(await refusalOf(client.conversations.history({ channel: revenue }))).toBe('not_in_channel');
    const blind = await openSandbox({ scopes: ['chat:write'] });
    expect(await refusalOf(clientOf(blind).conversations.history({ channel }))).toBe('missing_scope');
  });
});

describe('conversations.replies', () => {
  it('shows the parent, then replies in order, in pages', async () => {
    const [parent = ''] = await post(1);
    await post(4, { thread_ts: parent });
    const client = clientOf(sandbox);
    const first = await client.conversations.replies({ channel, ts: parent, limit: 3 });
    expect(texts(first.messages)).toEqual(['m0', 'm0', 'm1']);
    const second = await client.conversations.replies({ channel, ts: parent, limit: 3, cursor: first.response_metadata?.next_cursor ?? '' });
    expect(texts(second.messages)).toEqual(['m0', 'm2', 'm3']);
    expect(second.has_more).toBe(false);
    expect(await refusalOf(client.conversations.replies({ channel, ts: '1.000001' }))).toBe('thread_not_found');
  });
});
