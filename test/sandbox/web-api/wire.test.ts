import { describe, expect, it } from 'vitest';
import { answerOf, clientOf, openSandbox, refusalOf } from '../open-sandbox.ts';

type Answer = { status: number; body: Record<string, unknown> };

async function send(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', ...init });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the Web API on the wire', () => {
  it('answers an unknown method with 200, which a client does not repeat', async () => {
    const sandbox = await openSandbox();
    const answer = await send(`${sandbox.apiUrl}rtm.start`, { headers: { authorization: `Bearer ${sandbox.botToken}` } });
    expect(answer).toMatchObject({ status: 200, body: { ok: false, error: 'unknown_method' } });
  });

  it('checks tokens', async () => {
    const sandbox = await openSandbox();
    expect(await refusalOf(clientOf(sandbox, { token: '' }).auth.test())).toBe('not_authed');
    expect(await refusalOf(clientOf(sandbox, { token: 'xoxb-else' }).auth.test())).toBe('invalid_auth');
    expect(await refusalOf(clientOf(sandbox, { token: sandbox.appToken }).auth.test())).toBe('not_allowed_token_type');
    expect(await refusalOf(clientOf(sandbox).apps.connections.open({}))).toBe('not_allowed_token_type');
    expect(await clientOf(sandbox).auth.test()).toMatchObject({ user_id: sandbox.botUserId, team_id: sandbox.teamId });
  });

  it('reads JSON bodies and form fields, with the token in either place', async () => {
    const sandbox = await openSandbox();
    const message = { channel: '#general', text: 'x', blocks: [{ type: 'divider' }] };
    const json = await send(`${sandbox.apiUrl}chat.postMessage`, {
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${sandbox.botToken}` },
      body: JSON.stringify(message),
    });
    const form = await send(`${sandbox.apiUrl}chat.postMessage`, {
      body: new URLSearchParams({ ...message, blocks: JSON.stringify(message.blocks), token: sandbox.botToken }),
    });
    expect([json.body.ok, form.body.ok]).toEqual([true, true]);
    expect(sandbox.workspace.calls('chat.postMessage').map((call) => call.args.token)).toEqual([undefined, undefined]);
  });

  it.each([
    ['invalid_json', 'application/json', '{"channel":'],
    ['json_not_object', 'application/json', '[]'],
    ['invalid_post_type', 'text/plain', 'hello'],
  ])('refuses a body with %s', async (error, type, body) => {
    const sandbox = await openSandbox();
    const answer = await send(`${sandbox.apiUrl}chat.postMessage`, {
      headers: { 'content-type': type, authorization: `Bearer ${sandbox.botToken}` },
      body,
    });
    expect(answer).toMatchObject({ status: 200, body: { ok: false, error } });
  });

  it('names the arguments that are missing', async () => {
    const sandbox = await openSandbox();
    const answer = await answerOf(clientOf(sandbox).apiCall('chat.update', { channel: 'C1', text: 'x' }));
    expect(answer).toMatchObject({ error: 'invalid_arguments', response_metadata: { messages: ['[ERROR] missing required field: ts'] } });
  });

  it('says which scope is missing', async () => {
    const sandbox = await openSandbox({ scopes: ['commands'] });
    const answer = await answerOf(clientOf(sandbox).chat.postMessage({ channel: '#general', text: 'x' }));
    expect(answer).toMatchObject({ error: 'missing_scope', needed: 'chat:write', provided: 'commands' });
  });

  it('remembers every call with its answer, in order', async () => {
    const sandbox = await openSandbox({ now: () => 5000 });
    const client = clientOf(sandbox);
    await client.auth.test();
    await refusalOf(client.chat.postMessage({ channel: '#nowhere', text: 'x' }));
    expect(sandbox.workspace.calls()).toMatchObject([
      { method: 'auth.test', at: 5000, status: 200, response: { ok: true } },
      { method: 'chat.postMessage', args: { channel: '#nowhere', text: 'x' }, response: { error: 'channel_not_found' } },
    ]);
  });

  it('forgets the oldest messages and calls beyond what it is to keep', async () => {
    const sandbox = await openSandbox({ keepMessages: 8 });
    const client = clientOf(sandbox);
    for (let index = 0; index < 30; index += 1) await client.chat.postMessage({ channel: '#general', text: `m${index}` });
    const kept = sandbox.workspace.messages('#general');
    expect(kept.length).toBeLessThanOrEqual(10);
    expect(kept.at(-1)?.text).toBe('m29');
    expect(sandbox.workspace.calls().length).toBeLessThanOrEqual(10);
  });
});
