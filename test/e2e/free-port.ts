import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections and to whoever listens on port 0 (Linux: from 32768, macOS: from 49152). */
const [first, last] = [20_000, 31_999];

/**
 * A port that nobody listens on, and that the system will give to nobody by itself until the caller listens. Taken at random, since
 * several test files look for one at the same time.
 */
export async function freePort(): Promise<number> {
  const port = first + Math.floor(Math.random() * (last - first + 1));
  return (await isFree(port)) ? port : freePort();
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const answered = new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).once('listening', () => resolve(true));
  });
  server.listen(port, '127.0.0.1');
  if (!(await answered)) return false;
  server.close();
  await once(server, 'close');
  return true;
}
