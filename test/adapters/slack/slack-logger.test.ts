import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createSlackLogger } from '../../../src/adapters/slack/slack-logger.ts';
import { createWebClient } from '../../../src/adapters/slack/web-client.ts';
import { createQuietLogger } from '../http/quiet-logger.ts';

const said = (logger: ReturnType<typeof createQuietLogger>, level: string) => logger.lines.filter((line) => line.level === level);

it('leaves a call that failed to whoever made it', async () => {
  const logger = createQuietLogger();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const client = createWebClient({ token: 'xoxb-1', apiUrl: `http://127.0.0.1:${port}/api/`, logger }, { retries: 0, waits: false });
  await expect(client.auth.test()).rejects.toThrow('ECONNREFUSED');
  expect(said(logger, 'warn')).toEqual([]);
  expect(said(logger, 'debug')).toMatchObject([{ message: expect.stringContaining('ECONNREFUSED') }]);
});

it('tells what else Slack’s clients complain of', () => {
  const logger = createQuietLogger();
  createSlackLogger(logger).warn('A pong was not received', 'xoxb-1-secret');
  expect(said(logger, 'warn')).toMatchObject([{ message: 'A pong was not received xoxb-…' }]);
});
