import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, vi } from 'vitest';
import { authorized, counted, type Door, noTrace, open, post, signal, token } from './signals-door.ts';

describe('probes', () => {
  it('say that it lives, whether it is ready and why not', async () => {
    let ready = true;
    const door = await open({ health: async () => ({ ready, checks: { store: { ok: true }, slack: { ok: ready, detail: 'connecting' } } }) });
    const get = async (path: string) => {
      const answer = await fetch(`${door.url}${path}`);
      return [answer.status, await answer.json()];
    };
    expect(await get('/healthz')).toEqual([200, { status: 'alive' }]);
    expect(await get('/readyz')).toEqual([200, { ready: true, checks: { store: { ok: true }, slack: { ok: true, detail: 'connecting' } } }]);
    ready = false;
    expect(await get('/readyz')).toMatchObject([503, { ready: false, checks: { slack: { ok: false } } }]);
  });

  it('say not ready when the check itself fails', async () => {
    const door = await open({ health: () => Promise.reject(new Error('no')) });
    expect((await fetch(`${door.url}/readyz`)).status).toBe(503);
  });

  it('show metrics for Prometheus', async () => {
    const door = await open();
    await post(door);
    const answer = await fetch(`${door.url}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toMatch(/process_cpu[\s\S]*journey_webhook_seconds_count{source="signals"} 1/);
  });
});

describe('Slack', () => {
  it('gets its requests with the body unread', async () => {
    const door = await open({
      slackListener: async (request, response) => {
        response.setHeader('x-slack', 'yes').end(`${request.method} ${request.url} ${await text(request)}`);
      },
    });
    const answer = await post(door, 'payload=%7B%7D', { 'content-type': 'application/x-www-form-urlencoded' }, '/slack/events?x');
    expect([answer.headers.get('x-slack'), await answer.text()]).toEqual(['yes', 'POST /slack/events?x payload=%7B%7D']);
    expect((await fetch(`${door.url}/slack/events`)).status).toBe(405);
  });
});

describe('stopping', () => {
  /** A request on a connection that stays open afterwards. */
  const keptAlive = (door: Door, agent: Agent, path = '/webhooks/signals'): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const request = httpRequest({ agent, host: '127.0.0.1', port: door.port, path, method: 'POST', headers: authorized }, (response) => {
        response.resume();
        resolve(response);
      });
      request.on('error', reject).end(signal());
    });

  it('finishes what is under way, though its client keeps the connection, and takes nothing new', async () => {
    // What hangs is never cut off here, nor given up by its client: a stop that waits for either does not end within this test.
    const door = await open({ limits: { closeMs: 600_000, keepAliveMs: 600_000 } });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await keptAlive(door, agent);
    const stored = Promise.withResolvers<{ fresh: number }>();
    const asked = Promise.withResolvers<void>();
    door.inbox.accept = () => {
      asked.resolve();
      return stored.promise;
    };
    const underWay = keptAlive(door, agent);
    await asked.promise;
    const closed = door.close();
    await expect(fetch(`${door.url}/healthz`)).rejects.toThrow();
    stored.resolve({ fresh: 1 });
    const answer = await underWay;
    expect([answer.statusCode, answer.headers.connection]).toEqual([200, 'close']);
    await closed;
    agent.destroy();
  });

  it('answers 503 to a request that was being sent', async () => {
    const door = await open();
    const socket = connect(door.port, '127.0.0.1');
    await once(socket, 'connect');
    await new Promise((resolve) => socket.write('POST /webhooks/signals HTTP/1.1\r\nhost: x\r\n', resolve));
    // Another request is a round trip: the half request has arrived by then.
    await fetch(`${door.url}/healthz`);
    const closed = door.close();
    socket.write(`content-type: application/json\r\nauthorization: Bearer ${token}\r\ncontent-length: ${signal().length}\r\n\r\n${signal()}`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 10/i);
    await closed;
    noTrace(door);
  });

  it('does not wait for ever', async () => {
    const door = await open({ limits: { closeMs: 100 } });
    const asked = Promise.withResolvers<void>();
    door.inbox.accept = () => {
      asked.resolve();
      return new Promise(() => undefined);
    };
    const cut = expect(post(door)).rejects.toThrow();
    await asked.promise;
    await door.close();
    await cut;
  });
});

describe('clients that misbehave', () => {
  it('are cut off when they dawdle', async () => {
    const door = await open({ limits: { headersMs: 100, requestMs: 200 } });
    const socket = connect(door.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /webhooks/signals HTTP/1.1\r\nhost: x\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
    noTrace(door);
  });

  it('get an answer when they do not speak HTTP', async () => {
    const door = await open();
    const socket = connect(door.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('HELLO\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 [\s\S]*not an HTTP request/);
  });

  it('leave no trace when they hang up in the middle of a body', async () => {
    const door = await open();
    const socket = connect(door.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `POST /webhooks/signals HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: Bearer ${token}\r\ncontent-length: 1000\r\n\r\n{"id":`,
    );
    socket.destroy();
    await vi.waitFor(async () => expect(await counted(door, 400)).toBe(true), { timeout: 20_000 });
    noTrace(door);
  });
});
