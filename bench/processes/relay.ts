import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answering } from '../process.ts';

/** `node bench/processes/relay.ts PORT`: the bare two-hop floor. Passes on what comes in, and does nothing else. */
const to = Number(process.argv[2]);
const agent = new Agent({ keepAlive: true });
const server = createServer((incoming, response) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    response.end('{"ok":true}');
    const onward = request({ agent, host: '127.0.0.1', port: to, method: 'POST' }, (answer) => answer.resume());
    onward.end(Buffer.concat(chunks));
  });
});

// A connection that is closed while it is being used costs an answer; here nobody goes away.
server.keepAliveTimeout = 0;

const api = {
  port: async (): Promise<number> => {
    if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  },
};
export type RelayApi = typeof api;
answering(api);
