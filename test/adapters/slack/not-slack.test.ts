import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { toDeliveryError } from '../../../src/adapters/slack/delivery-failure.ts';
import { createWebClient } from '../../../src/adapters/slack/web-client.ts';
import { startError } from '../../../src/adapters/slack/workspace-identity.ts';
import { recordingLogger } from './slack-in-sandbox.ts';

/** What a call ends with when 200 and this come back. */
async function answeredWith(body: string): Promise<unknown> {
  const server = createServer((_request, response) => response.end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  const client = createWebClient({ token: 'xoxb-1', apiUrl: `http://127.0.0.1:${port}/`, logger: recordingLogger([]) }, { retries: 0, waits: false });
  return client.auth.test().then(
    () => null,
    (error: unknown) => error,
  );
}

const page = `<html><head><title>Sign in to the network</title></head><body>${'x'.repeat(5000)}</body></html>`;

it.each([
  ['half an answer', '{"ok":tr'],
  ["a proxy's page", page],
  ['nothing', ''],
])('does not know whether a message arrived when %s comes back', async (_what, body) => {
  const error = toDeliveryError(await answeredWith(body));
  expect(error.failure).toEqual({ kind: 'ambiguous' });
  expect(error.message.length).toBeLessThan(200);
});

it("takes a proxy's page for a Slack that cannot be reached, not for one that refuses the token", async () => {
  const error = startError(await answeredWith(page), 'SLACK_BOT_TOKEN');
  expect(error.unreachable).toBe(true);
  expect(error.message).toMatch(/cannot be reached \(what answers is not Slack: “<html>.*Check the network, a proxy/);
});
