import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type AppLink, type Attempt, createPauses, type Delivery, type RequestKind, sendWithRetries } from './app-link.ts';
import { isFields } from './block-kit/check.ts';
import type { Ids } from './ids.ts';
import { app } from './team.ts';
import { readJson } from './web-api/arguments.ts';

/** Well inside the half minute after which clients think the connection is dead. */
const pingEveryMs = 10_000;
const path = '/link';

/** How long the app has to answer our close frame when the sandbox ends. */
const closeGraceMs = 500;

export type SocketMode = AppLink & {
  /** The path and query of a URL that one socket may connect with, once. */
  ticket(): string;
  disconnect(how: 'warning' | 'refresh_requested' | 'abrupt'): void;
};

type Waiting = { socket: WebSocket; answer(payload: unknown): void; fail(error: 'operation_timeout' | 'dispatch_failed'): void };

/** Socket Mode's server half: hello, envelopes to one socket each, acknowledgements, pings. */
export function createSocketMode(given: { server: Server; ids: Ids; ackTimeoutMs: number; retryDelaysMs: readonly number[] }): SocketMode {
  const sockets = new Set<WebSocket>();
  const tickets = new Set<string>();
  const waiting = new Map<string, Waiting>();
  const pauses = createPauses();
  const acceptor = new WebSocketServer({ noServer: true });
  let turn = 0;

  given.server.on('upgrade', (request, socket: Duplex, head) => {
    // Without a listener, a client that goes away in the handshake would end the process.
    socket.on('error', () => socket.destroy());
    const url = new URL(request.url ?? '/', 'http://sandbox');
    if (url.pathname !== path && url.pathname !== `${path}/`) {
      socket.destroy();
      return;
    }
    if (!tickets.delete(url.searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    acceptor.handleUpgrade(request, socket, head, accept);
  });

  const pings = setInterval(() => {
    for (const socket of sockets) socket.ping();
  }, pingEveryMs);
  pings.unref();

  function accept(socket: WebSocket): void {
    sockets.add(socket);
    socket.on('message', (data) => hear(String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      sockets.delete(socket);
      for (const each of [...waiting.values()]) if (each.socket === socket) each.fail('operation_timeout');
    });
    const hello = {
      type: 'hello',
      num_connections: sockets.size,
      debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: app.id },
    };
    socket.send(JSON.stringify(hello));
  }

  function hear(text: string): void {
    const message = readJson(text);
    if (!isFields(message)) return;
    const envelope = waiting.get(String(message.envelope_id));
    envelope?.answer(message.payload);
  }

  /** Sockets take turns, as Slack spreads envelopes over connections. */
  function nextSocket(): WebSocket | undefined {
    const open = [...sockets].filter((socket) => socket.readyState === socket.OPEN);
    turn += 1;
    return open[turn % Math.max(1, open.length)];
  }

  function deliver(type: RequestKind | 'events_api', payload: unknown, attempt?: Attempt): Promise<Delivery> {
    const socket = nextSocket();
    if (!socket) return Promise.resolve({ ok: false, error: 'dispatch_failed' });
    const envelope_id = given.ids.next('E');
    return new Promise((resolve) => {
      const finish = (delivery: Delivery): void => {
        clearTimeout(timer);
        waiting.delete(envelope_id);
        resolve(delivery);
      };
      const fail: Waiting['fail'] = (error) => finish({ ok: false, error });
      const timer = setTimeout(() => fail('operation_timeout'), given.ackTimeoutMs);
      waiting.set(envelope_id, { socket, fail, answer: (answer) => finish({ ok: true, payload: answer }) });
      const retry = attempt ? { retry_attempt: attempt.number, retry_reason: attempt.reason } : {};
      const accepts_response_payload = type !== 'events_api';
      socket.send(JSON.stringify({ envelope_id, type, accepts_response_payload, ...retry, payload }));
    });
  }

  return {
    connections: () => sockets.size,
    request: (kind, payload) => deliver(kind, payload),
    event: (payload) =>
      sendWithRetries(
        async (attempt) => {
          const delivery = await deliver('events_api', payload, attempt);
          if (delivery.ok) return undefined;
          return delivery.error === 'operation_timeout' ? 'timeout' : 'connection_failed';
        },
        given.retryDelaysMs,
        pauses,
      ),
    ticket() {
      const ticket = given.ids.next('');
      tickets.add(ticket);
      return `${path}/?ticket=${ticket}&app_id=${app.id}`;
    },
    disconnect(how) {
      for (const socket of sockets) {
        if (how === 'abrupt') socket.terminate();
        else socket.send(JSON.stringify({ type: 'disconnect', reason: how, debug_info: { host: 'sandbox' } }));
      }
    },
    async close() {
      clearInterval(pings);
      pauses.end();
      for (const each of [...waiting.values()]) each.fail('dispatch_failed');
      await Promise.all([...sockets].map(closeGently));
      acceptor.close();
    },
  };
}

/** With a close frame, so that an app that is stopping, too, sees a clean end. */
function closeGently(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), closeGraceMs);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1001);
  });
}
