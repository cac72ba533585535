import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { createSlackLogger } from '../../../src/adapters/slack/slack-logger.ts';
import { createSocketConnection } from '../../../src/adapters/slack/socket-connection.ts';
import { type Logged, recordingLogger } from './slack-in-sandbox.ts';

/** A Slack that says this right after its hello. `opens`: when it was asked for each connection. */
async function aSlackThatSends(message: unknown): Promise<{ apiUrl: string; opens: number[] }> {
  const opens: number[] = [];
  const server = createServer((_request, response) => {
    opens.push(performance.now());
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.send(JSON.stringify({ type: 'hello', num_connections: 11, connection_info: { app_id: 'A1' } }));
    socket.send(JSON.stringify(message));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  });
  return { apiUrl: `http://127.0.0.1:${port}/`, opens };
}

function connectionTo(apiUrl: string) {
  const logged: Logged[] = [];
  const logger = recordingLogger(logged);
  const slackLogger = createSlackLogger(logger);
  const connection = createSocketConnection({ appToken: 'xapp-1', apiUrl, logger, slackLogger, onFatal: () => undefined });
  onTestFinished(() => connection.close());
  return { connection, logged };
}

it('pauses between connections that Slack ends as soon as they are there, and says what to do about it', async () => {
  const { apiUrl, opens } = await aSlackThatSends({ type: 'disconnect', reason: 'too_many_websockets', debug_info: { host: 'h' } });
  const { connection, logged } = connectionTo(apiUrl);
  await connection.open();
  await vi.waitFor(() => expect(opens.length).toBeGreaterThanOrEqual(3), { timeout: 20_000 });
  const [first = 0, , third = 0] = opens;
  expect(third - first).toBeGreaterThan(900);
  expect(logged).toContainEqual(expect.objectContaining({ level: 'warn', message: expect.stringContaining('too many programs are connected') }));
});

it.each([
  [
    'an event that has none',
    { type: 'events_api', envelope_id: 'e-1', payload: { type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1 } },
  ],
  ['nothing', null],
])('stays when Slack sends %s', async (_what, message) => {
  const { apiUrl, opens } = await aSlackThatSends(message);
  const { connection, logged } = connectionTo(apiUrl);
  await connection.open();
  await vi.waitFor(() => expect(logged).toContainEqual(expect.objectContaining({ level: 'warn', message: 'Slack sent what cannot be read' })));
  expect(connection.connected()).toBe(true);
  expect(opens).toHaveLength(1);
});
