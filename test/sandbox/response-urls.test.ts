import { describe, expect, it } from 'vitest';
import { connectApp, openSandbox } from './open-sandbox.ts';

async function issue(
  options: { now?: () => number } = {},
): Promise<{ post(body: unknown): Promise<{ status: number; text: string }>; sandbox: Awaited<ReturnType<typeof openSandbox>> }> {
  const sandbox = await openSandbox(options);
  let url = '';
  await connectApp(sandbox, (app) =>
    app.command('/journey', async ({ ack, body }) => {
      url = body.response_url;
      await ack();
    }),
  );
  await sandbox.command({ user: 'dana', channel: '#general', command: '/journey', text: '' });
  const post = async (body: unknown): Promise<{ status: number; text: string }> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
    return { status: response.status, text: await response.text() };
  };
  return { post, sandbox };
}

describe('a response_url', () => {
  it('works five times', async () => {
    const { post, sandbox } = await issue();
    for (let use = 0; use < 5; use += 1) expect(await post({ text: `answer ${use}` })).toEqual({ status: 200, text: 'ok' });
    expect(await post({ text: 'one too many' })).toMatchObject({ status: 404, text: expect.stringContaining('used_url') });
    expect(sandbox.workspace.ephemerals({ user: 'dana' })).toHaveLength(5);
  });

  it('works for thirty minutes', async () => {
    let now = 1_700_000_000_000;
    const { post } = await issue({ now: () => now });
    now += 30 * 60_000;
    expect(await post({ text: 'just in time' })).toMatchObject({ status: 200 });
    now += 1;
    expect(await post({ text: 'too late' })).toMatchObject({ status: 404, text: expect.stringContaining('expired_url') });
  });

  it.each([
    ['no_text', {}],
    ['invalid_payload', '{'],
    ['invalid_blocks', { text: 'x', blocks: [{ type: 'header' }] }],
  ])('refuses with %s', async (code, body) => {
    const { post, sandbox } = await issue();
    expect(await post(body)).toMatchObject({ status: 400, text: expect.stringContaining(code) });
    expect(sandbox.workspace.ephemerals()).toEqual([]);
  });

  it('fails in bad weather', async () => {
    const { post, sandbox } = await issue();
    sandbox.workspace.setWeather({ failNext: { method: 'response_url', times: 1, status: 503 } });
    expect(await post({ text: 'lost' })).toMatchObject({ status: 503 });
    expect(await post({ text: 'found' })).toMatchObject({ status: 200 });
    expect(sandbox.workspace.ephemerals().map(({ text }) => text)).toEqual(['found']);
  });

  it('cannot be guessed', async () => {
    const { sandbox } = await issue();
    const response = await fetch(`${sandbox.url}/commands/${sandbox.teamId}/R0000000001/guess`, { method: 'POST' });
    expect(response.status).toBe(404);
  });
});
