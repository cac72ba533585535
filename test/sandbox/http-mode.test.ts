import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver } from '@slack/bolt';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { openSandbox, silent } from './open-sandbox.ts';

const signingSecret = 'a-secret-of-this-test';
const command = { user: 'dana', channel: '#general', command: '/journey', text: 'help me & you' };
const ask = [{ type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' }, value: '7' }] }];

/** A Bolt app in HTTP mode on a free port, and the workspace that knows its address. */
async function serveApp(register: (app: App) => void, options: { signingSecret?: string } = {}): Promise<Sandbox> {
  const receiver = new HTTPReceiver({ signingSecret, logger: silent });
  const server = createServer((request, response) => receiver.requestListener(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const appUrl = `http://127.0.0.1:${port}/slack/events`;
  const sandbox = await openSandbox({ appUrl, signingSecret: options.signingSecret ?? signingSecret, retryDelaysMs: [0] });
  const app = new App({ token: sandbox.botToken, receiver, convoStore: false, logger: silent, clientOptions: { slackApiUrl: sandbox.apiUrl } });
  register(app);
  return sandbox;
}

describe('HTTP mode', () => {
  it('sends signed commands that Bolt accepts, and shows what it acknowledges with', async () => {
    const sandbox = await serveApp((app) => app.command('/journey', ({ ack, body }) => ack(`you said ${body.text}`)));
    expect(await sandbox.command(command)).toMatchObject({
      ok: true,
      reply: { text: 'you said help me & you', ephemeralTo: sandbox.workspace.user('dana')?.id },
    });
  });

  it('takes an empty acknowledgement and a later answer', async () => {
    const sandbox = await serveApp((app) =>
      app.command('/journey', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'later', response_type: 'in_channel' });
      }),
    );
    const result = await sandbox.command(command);
    expect(result).not.toHaveProperty('reply');
    await vi.waitFor(() => expect(sandbox.workspace.messages('#general')).toMatchObject([{ text: 'later', responseUrlId: result.responseUrlId }]), {
      timeout: 4_000,
    });
  });

  it('sends clicks and events', async () => {
    const seen: unknown[] = [];
    const sandbox = await serveApp((app) => {
      app.command('/journey', ({ ack }) => ack({ text: 'T', blocks: ask as never }));
      app.action('go', async ({ ack, payload }) => {
        await ack();
        seen.push((payload as { value?: string }).value);
      });
      app.event('app_home_opened', async ({ event }) => {
        seen.push(event.user);
      });
    });
    const { reply } = await sandbox.command(command);
    await sandbox.act({ user: 'dana', channel: '#general', ts: reply?.ts ?? '', actionId: 'go' });
    await sandbox.openHome({ user: 'dana' });
    await vi.waitFor(() => expect(seen).toEqual(['7', sandbox.workspace.user('dana')?.id]), { timeout: 20_000 });
  });

  it('is refused by an app that has another signing secret', async () => {
    const sandbox = await serveApp((app) => app.command('/journey', ({ ack }) => ack('hello')), { signingSecret: 'wrong' });
    expect(await sandbox.command(command)).toMatchObject({ ok: false, error: 'http_service_error' });
  });

  it('tells the user when nothing listens', async () => {
    const sandbox = await openSandbox({ appUrl: 'http://127.0.0.1:1/slack/events', retryDelaysMs: [0] });
    expect(await sandbox.command(command)).toMatchObject({ ok: false, error: 'dispatch_failed' });
    expect(await sandbox.sendEvent({ type: 'team_join' })).toBe(false);
  });

  it('says in headers that and why an event comes again', async () => {
    const headers: unknown[] = [];
    const server = createServer((request, response) => {
      headers.push([request.headers['x-slack-retry-num'], request.headers['x-slack-retry-reason']]);
      response.writeHead(headers.length === 1 ? 500 : 200).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const sandbox = await openSandbox({ appUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, retryDelaysMs: [0, 0] });
    expect(await sandbox.sendEvent({ type: 'team_join' })).toBe(true);
    expect(headers).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
    ]);
  });
});
