import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox } from '../../src/sandbox/start.ts';
import { channels } from '../company.ts';
import { answering } from '../process.ts';

/**
 * A Slack workspace that notes when it is called, and beside it the end of the bare two-hop floor. Times are `process.hrtime` in milliseconds, which all
 * processes of a machine share.
 */
export type Heard = { text: string; at: number };

let posts: Heard[] = [];
let floor: Heard[] = [];
const names = ['deal-alerts', 'journey-admin', ...Array.from({ length: channels }, (_, index) => `deals-${index}`)];
const sandbox = await startSandbox({ page: false, channels: names.map((name) => ({ name })) });
sandbox.workspace.on('message', (message) => posts.push({ text: message.text, at: clock() }));

const receiver = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    floor.push({ text: body, at: clock() });
    response.end('{"ok":true}');
  });
});

// The relay keeps its connections.
receiver.keepAliveTimeout = 0;

const api = {
  environment: (): Record<string, string> => sandbox.environment,
  floorPort: async (): Promise<number> => {
    if (!receiver.listening) await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    return (receiver.address() as AddressInfo).port;
  },
  /** What was posted since the last time, and what the floor's receiver got. */
  heard: (): { posts: Heard[]; floor: Heard[] } => {
    const heard = { posts, floor };
    posts = [];
    floor = [];
    return heard;
  },
  /** Types the commands one after another, at an even pace, and says how long each waited for its answer, in milliseconds; null: too long. */
  async ask({ texts, perSecond }: { texts: string[]; perSecond: number }): Promise<(number | null)[]> {
    const asked: Promise<number | null>[] = [];
    for (const text of texts) {
      asked.push(askOnce(text));
      await new Promise((resolve) => setTimeout(resolve, 1_000 / perSecond));
    }
    return Promise.all(asked);
  },
};
export type SlackApi = typeof api;
answering(api);

const longestMs = 5_000;

/** From the command to the answer that the person sees. */
async function askOnce(text: string): Promise<number | null> {
  const startedAt = clock();
  const answered = new Map<string | undefined, number>();
  const shown = Promise.withResolvers<void>();
  const stop = sandbox.workspace.on('ephemeral', (message) => {
    answered.set(message.responseUrlId, clock());
    shown.resolve();
  });
  const { responseUrlId } = await sandbox.command({ user: 'dana', channel: 'deal-alerts', command: '/journey', text });
  const deadline = clock() + longestMs;
  while (!answered.has(responseUrlId) && clock() < deadline) await new Promise((resolve) => setTimeout(resolve, 1));
  stop();
  const at = answered.get(responseUrlId);
  return at === undefined ? null : at - startedAt;
}

function clock(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}
