import { connect, type Socket } from 'node:net';

/** One connection that is kept alive and sends one request at a time. */
export type Lane = {
  /** Whether the server has not closed it, as servers do with connections that nobody uses for some seconds. */
  isOpen(): boolean;
  /** Resolves with the status when the whole answer is in. */
  send(request: Buffer): Promise<number>;
  close(): void;
};

/**
 * A client made of a socket and nothing else. Load and server share two cores, and a whole HTTP client costs more than the server it is to
 * load: it would measure itself. Understands answers with a content-length, which all servers here send.
 */
export async function openLane(port: number): Promise<Lane> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let waiting: { resolve(status: number): void; reject(error: Error): void } | null = null;
  let received: Buffer = Buffer.alloc(0);
  const fail = (error: Error): void => {
    waiting?.reject(error);
    waiting = null;
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const size = sizeOf(received);
    if (size === null || received.length < size) return;
    const status = Number(received.toString('latin1', 9, 12));
    received = received.subarray(size);
    const { resolve } = waiting ?? {};
    waiting = null;
    resolve?.(status);
  });
  return {
    isOpen: () => socket.readyState === 'open',
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => closed(socket),
  };
}

/** A request as it goes over the wire. */
export function requestBytes(path: string, headers: Record<string, string>, body: string): Buffer {
  const head = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  });
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`);
}

/** Head and body of the answer that begins here; null: its head is not whole yet. */
function sizeOf(received: Buffer): number | null {
  const head = received.indexOf('\r\n\r\n');
  if (head === -1) return null;
  const [, length = '0'] = /\r\ncontent-length: *(\d+)/i.exec(received.toString('latin1', 0, head)) ?? [];
  return head + 4 + Number(length);
}

function closed(socket: Socket): void {
  socket.removeAllListeners('close');
  socket.destroy();
}
