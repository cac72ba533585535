import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/start.ts';
import { clientOf, openSandbox } from './open-sandbox.ts';

describe('the sandbox', () => {
  it('opens with the people and channels of the demo, and the bot in #general only', async () => {
    const { workspace, botUserId } = await openSandbox();
    expect(workspace.users().map(({ name }) => name)).toEqual(['journey', 'dana', 'marco', 'ines', 'theo', 'gail', 'sam']);
    const joined = workspace.channels().filter(({ members }) => members.includes(botUserId));
    expect(joined.map(({ name }) => name)).toEqual(['general']);
  });

  it('tells a bot in another process what it needs to know', async () => {
    const sandbox = await openSandbox();
    expect(sandbox.environment).toEqual({ SLACK_API_URL: `${sandbox.url}/api/`, SLACK_BOT_TOKEN: 'xoxb-sandbox', SLACK_APP_TOKEN: 'xapp-1-sandbox' });
    const http = await openSandbox({ appUrl: 'http://127.0.0.1:1/slack/events' });
    expect(http.environment).toMatchObject({ SLACK_SIGNING_SECRET: 'sandbox-signing-secret' });
  });

  it('tells listeners of posts, edits, deletions and calls, in order', async () => {
    const sandbox = await openSandbox();
    const heard: string[] = [];
    const stop = (['message', 'update', 'delete', 'call'] as const).map((event) => sandbox.workspace.on(event, () => heard.push(event)));
    const client = clientOf(sandbox);
    const { channel = '', ts = '' } = await client.chat.postMessage({ channel: '#general', text: 'x' });
    await client.chat.update({ channel, ts, text: 'y' });
    await client.chat.delete({ channel, ts });
    expect(heard).toEqual(['message', 'call', 'update', 'call', 'delete', 'call']);
    for (const end of stop) end();
    await client.auth.test();
    expect(heard).toHaveLength(6);
  });

  it('refuses a port that is taken, and leaves nothing behind', async () => {
    const { url } = await openSandbox();
    await expect(startSandbox({ page: false, port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE');
  });
});
