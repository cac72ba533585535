import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { slackFetch } from '../../../src/adapters/slack/slack-fetch.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a call of Slack', () => {
  it('sends its body and headers, and answers with status, headers and body', async () => {
    const origin = await serving((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(429, 'Slow down', { 'Retry-After': '30', 'Content-Type': 'application/json' });
        const { method, url, headers } = request;
        response.end(JSON.stringify({ method, url, as: headers['content-type'], body: Buffer.concat(chunks).toString() }));
      });
    });
    const answer = await slackFetch(`${origin}/api/chat.postMessage?a=1`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body: 'Grüße',
    });
    expect(answer).toMatchObject({ ok: false, status: 429, statusText: 'Slow down' });
    expect(answer.headers.get('Retry-After')).toBe('30');
    expect(Object.fromEntries(answer.headers.entries())).toMatchObject({ 'retry-after': '30' });
    const said = { method: 'POST', url: '/api/chat.postMessage?a=1', as: 'text/plain', body: 'Grüße' };
    expect(await answer.json()).toEqual(said);
    expect(JSON.parse(await answer.text())).toEqual(said);
    expect(JSON.parse(Buffer.from(await answer.arrayBuffer()).toString())).toEqual(said);
  });

  it('that is given up rejects with the reason: before it begins, while it waits, and in the middle of an answer', async () => {
    const reason = new Error('took too long');
    await expect(slackFetch('http://127.0.0.1:1/', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);

    const waiting = new AbortController();
    const silent = await serving(() => waiting.abort(reason));
    await expect(slackFetch(silent, { signal: waiting.signal })).rejects.toBe(reason);

    const half = new AbortController();
    const slow = await serving((_request, response) => response.write('{"ok":', () => half.abort(reason)));
    await expect(slackFetch(slow, { signal: half.signal })).rejects.toBe(reason);
  });

  it('says with its code why there was no connection, or no whole answer', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(slackFetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    const broken = await serving((_request, response) => response.write('{"ok":', () => response.destroy()));
    await expect(slackFetch(broken)).rejects.toMatchObject({ code: expect.stringMatching(/^UND_ERR_SOCKET$|^ECONNRESET$/) });
  });

  it('that is over is not held by the signal that could have ended it', async () => {
    const origin = await serving((_request, response) => response.end('{"ok":true}'));
    const controller = new AbortController();
    const answer = await slackFetch(origin, { signal: controller.signal });
    controller.abort(new Error('too late'));
    expect(await answer.json()).toEqual({ ok: true });
  });
});
