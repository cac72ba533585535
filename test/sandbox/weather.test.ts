import { ErrorCode } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { clientOf, openSandbox, refusalOf } from './open-sandbox.ts';

const post = { channel: '#general', text: 'x' };

async function failureOf(call: Promise<unknown>): Promise<{ code?: string; retryAfter?: number; statusCode?: number }> {
  return call.then(
    () => expect.fail('it went well'),
    (error: unknown) => error as { code?: string; retryAfter?: number; statusCode?: number },
  );
}

describe('the weather', () => {
  it('limits posts by channel, and says when to come back', async () => {
    let now = 1_700_000_000_000;
    const sandbox = await openSandbox({ now: () => now });
    const client = clientOf(sandbox);
    sandbox.workspace.join('#revenue', sandbox.botUserId);
    sandbox.workspace.setWeather({ rateLimit: { perChannelPerSecond: 1 } });
    await client.chat.postMessage(post);
    expect(await failureOf(client.chat.postMessage(post))).toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 1 });
    await client.chat.postMessage({ ...post, channel: '#revenue' });
    now += 1000;
    await client.chat.postMessage(post);
    sandbox.workspace.setWeather({ rateLimit: null });
    await client.chat.postMessage(post);
    expect(sandbox.workspace.messages('#general')).toHaveLength(3);
    expect(sandbox.workspace.calls('chat.postMessage').map(({ status }) => status)).toEqual([200, 429, 200, 200, 200]);
  });

  it('fails the next calls of a method with an HTTP status or an error code, then no more', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    sandbox.workspace.setWeather({ failNext: { method: 'chat.postMessage', times: 1, status: 500 } });
    sandbox.workspace.setWeather({ failNext: { method: 'chat.postMessage', times: 2, error: 'fatal_error' } });
    expect(await failureOf(client.chat.postMessage(post))).toMatchObject({ code: ErrorCode.HTTPError, statusCode: 500 });
    expect(await refusalOf(client.chat.postMessage(post))).toBe('fatal_error');
    expect(await refusalOf(client.auth.test())).toBeUndefined();
    expect(await refusalOf(client.chat.postMessage(post))).toBe('fatal_error');
    expect(await refusalOf(client.chat.postMessage(post))).toBeUndefined();
    expect(sandbox.workspace.messages('#general')).toHaveLength(1);
  });

  it('is out until it is told to be fine again', async () => {
    const sandbox = await openSandbox();
    const client = clientOf(sandbox);
    sandbox.workspace.setWeather({ outage: { status: 429, retryAfter: 3 } });
    for (const call of [client.auth.test(), client.chat.postMessage(post)]) {
      expect(await failureOf(call)).toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 3 });
    }
    sandbox.workspace.setWeather({ outage: { status: 500 } });
    expect(await failureOf(client.chat.postMessage(post))).toMatchObject({ code: ErrorCode.HTTPError, statusCode: 500 });
    sandbox.workspace.setWeather({ latencyMs: 0 });
    expect(await failureOf(client.auth.test())).toMatchObject({ statusCode: 500 });
    sandbox.workspace.setWeather({ outage: null });
    expect(await refusalOf(client.chat.postMessage(post))).toBeUndefined();
    expect(sandbox.workspace.messages('#general')).toHaveLength(1);
  });

  it('answers 429 with the Retry-After it is told', async () => {
    const sandbox = await openSandbox();
    sandbox.workspace.setWeather({ failNext: { method: '*', times: 1, status: 429, retryAfter: 7 } });
    expect(await failureOf(clientOf(sandbox).auth.test())).toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 7 });
  });

  it('breaks the connection before anything is done', async () => {
    const sandbox = await openSandbox();
    sandbox.workspace.setWeather({ failNext: { method: 'chat.postMessage', times: 1, outcome: 'drop-before' } });
    expect(await failureOf(clientOf(sandbox).chat.postMessage(post))).toMatchObject({ code: ErrorCode.RequestError });
    expect(sandbox.workspace.messages('#general')).toEqual([]);
  });

  it('does what it is asked and never says so', async () => {
    const sandbox = await openSandbox();
    sandbox.workspace.setWeather({
      failNext: { method: 'chat.postMessage', times: 1, outcome: 'timeout-after-accept', hangMs: 20 },
    });
    expect(await failureOf(clientOf(sandbox).chat.postMessage(post))).toMatchObject({ code: ErrorCode.RequestError });
    expect(sandbox.workspace.messages('#general')).toHaveLength(1);
  });

  it('lets a client that waits no longer give up on an unanswered call', async () => {
    const sandbox = await openSandbox();
    sandbox.workspace.setWeather({ failNext: { method: 'chat.postMessage', times: 1, outcome: 'timeout-after-accept' } });
    expect(await failureOf(clientOf(sandbox, { timeout: 50 }).chat.postMessage(post))).toMatchObject({ code: ErrorCode.RequestError });
    expect(sandbox.workspace.messages('#general')).toHaveLength(1);
  });
});
