import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Sqlite from 'better-sqlite3';
import { answering } from '../process.ts';

/** Each rung does what the one before it does, and one thing more; the last two differ in how a transaction ends. */
export const rungs = ['bare', 'hmac', 'json', 'own-transaction', 'group-commit'] as const;
export type Rung = (typeof rungs)[number];

/** `node bench/processes/reference-server.ts RUNG SECRET DATABASE`: the least that a server could do. */
const [rung = 'bare', secret = '', database = ''] = process.argv.slice(2);
const key = Buffer.from(secret.slice('whsec_'.length), 'base64');

const handle = createHandler(rung as Rung);
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => handle(request, chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks), response));
});

const api = {
  port: async (): Promise<number> => {
    if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  },
  cpu: (): number => cpuMicroseconds(),
};
export type ReferenceApi = typeof api;
answering(api);

function createHandler(rung: Rung): (request: IncomingMessage, body: Buffer, response: ServerResponse) => void {
  switch (rung) {
    case 'bare':
      return (_request, _body, response) => response.end('{"ok":true}');
    case 'hmac':
      return (request, body, response) => answer(response, isSigned(request, body));
    case 'json':
      return (request, body, response) => answer(response, isSigned(request, body) && JSON.parse(body.toString('utf8')) !== null);
    case 'own-transaction': {
      const insert = openInsert();
      return (request, body, response) => {
        const signed = isSigned(request, body);
        if (signed) insert.one(String(request.headers['webhook-id']), body.toString('utf8'));
        answer(response, signed);
      };
    }
    case 'group-commit': {
      const insert = openInsert();
      let waiting: { id: string; body: string; response: ServerResponse }[] = [];
      const flush = (): void => {
        const group = waiting;
        waiting = [];
        insert.many(group);
        for (const { response } of group) answer(response, true);
      };
      return (request, body, response) => {
        if (!isSigned(request, body)) return answer(response, false);
        waiting.push({ id: String(request.headers['webhook-id']), body: body.toString('utf8'), response });
        if (waiting.length === 1) setImmediate(flush);
      };
    }
  }
}

function answer(response: ServerResponse, signed: boolean): void {
  response.statusCode = signed ? 200 : 401;
  response.end('{"ok":true}');
}

function isSigned({ headers }: IncomingMessage, body: Buffer): boolean {
  const expected = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`).update(body).digest('base64');
  const given = Buffer.from(String(headers['webhook-signature']).slice(3));
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}

function openInsert() {
  const client = new Sqlite(database);
  client.pragma('journal_mode = WAL');
  // After WAL: switching to it makes NORMAL of it.
  client.pragma('synchronous = FULL');
  client.exec('create table if not exists bodies (id text primary key, received_at integer not null, body text not null)');
  const insert = client.prepare('insert into bodies (id, received_at, body) values (?, ?, ?)');
  const one = (id: string, body: string) => insert.run(id, Date.now(), body);
  return {
    one: client.transaction(one),
    many: client.transaction((rows: { id: string; body: string }[]) => {
      for (const { id, body } of rows) one(id, body);
    }),
  };
}

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
