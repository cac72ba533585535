import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { clientOf, connectApp, openSandbox } from './open-sandbox.ts';

type Envelope = {
  type: string;
  envelope_id: string;
  payload: Record<string, unknown>;
  retry_attempt?: number;
  retry_reason?: string;
  accepts_response_payload?: boolean;
};

/** A raw socket of the app, so that a test sees what goes over the wire. */
async function connect(
  sandbox: Sandbox,
): Promise<{ socket: WebSocket; heard: Envelope[]; acknowledge(envelope: Envelope | undefined, payload?: unknown): void }> {
  const { url = '' } = await clientOf(sandbox, { token: sandbox.appToken }).apps.connections.open({});
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  const heard: Envelope[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Envelope));
  await vi.waitFor(() => expect(heard[0]?.type).toBe('hello'), { timeout: 20_000 });
  return { socket, heard, acknowledge: (envelope, payload) => socket.send(JSON.stringify({ envelope_id: envelope?.envelope_id, payload })) };
}

const command = { user: 'dana', channel: '#general', command: '/journey', text: 'help' };

describe('Socket Mode', () => {
  it('says hello, and lets a URL be used once', async () => {
    const sandbox = await openSandbox();
    const { socket, heard } = await connect(sandbox);
    expect(heard).toMatchObject([{ type: 'hello', num_connections: 1 }]);
    const again = new WebSocket(socket.url);
    const refused = await new Promise<string>((resolve) => again.on('error', (error) => resolve(error.message)));
    expect(refused).toContain('401');
  });

  it('gives each envelope to exactly one of several sockets', async () => {
    const sandbox = await openSandbox();
    const sockets = [await connect(sandbox), await connect(sandbox), await connect(sandbox)];
    for (const { socket, heard, acknowledge } of sockets) socket.on('message', () => acknowledge(heard.at(-1)));
    for (let index = 0; index < 9; index += 1) expect(await sandbox.command(command)).toMatchObject({ ok: true });
    const counts = sockets.map(({ heard }) => heard.filter(({ type }) => type === 'slash_commands').length);
    expect(counts).toEqual([3, 3, 3]);
  });

  it('tells the user when nobody is connected or nobody answers, and does not send a command again', async () => {
    const sandbox = await openSandbox({ ackTimeoutMs: 40 });
    expect(await sandbox.command(command)).toMatchObject({ ok: false, error: 'dispatch_failed' });
    const { heard } = await connect(sandbox);
    expect(await sandbox.command(command)).toMatchObject({ ok: false, error: 'operation_timeout' });
    expect(heard.map(({ type, accepts_response_payload: accepts }) => [type, accepts])).toEqual([
      ['hello', undefined],
      ['slash_commands', true],
    ]);
  });

  it('sends an event again until it is acknowledged, and counts', async () => {
    const sandbox = await openSandbox({ ackTimeoutMs: 30, retryDelaysMs: [0, 10, 10] });
    const { socket, heard, acknowledge } = await connect(sandbox);
    socket.on('message', () => {
      if (heard.at(-1)?.retry_attempt === 2) acknowledge(heard.at(-1));
    });
    expect(await sandbox.sendEvent({ type: 'team_join' })).toBe(true);
    const events = heard.filter(({ type }) => type === 'events_api');
    expect(events.map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason])).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
    ]);
    expect(new Set(events.map(({ payload }) => payload.event_id)).size).toBe(1);
  });

  it('gives an event up after the last retry', async () => {
    const sandbox = await openSandbox({ ackTimeoutMs: 10, retryDelaysMs: [0, 1, 1] });
    const { heard } = await connect(sandbox);
    expect(await sandbox.sendEvent({ type: 'team_join' })).toBe(false);
    expect(heard.filter(({ type }) => type === 'events_api')).toHaveLength(4);
  });

  it('answers the client’s pings', async () => {
    const { socket } = await connect(await openSandbox());
    const pong = new Promise<void>((resolve) => socket.once('pong', () => resolve()));
    socket.ping();
    await pong;
  });

  it('asks for a reconnect in so many words, or just cuts the line', async () => {
    const sandbox = await openSandbox();
    const { socket, heard } = await connect(sandbox);
    sandbox.disconnect('refresh_requested');
    await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' }), { timeout: 20_000 });
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    sandbox.disconnect('abrupt');
    await closed;
    await vi.waitFor(() => expect(sandbox.connections()).toBe(0), { timeout: 20_000 });
  });

  it('keeps a Bolt app connected over its own reconnect', { timeout: 20_000 }, async () => {
    const sandbox = await openSandbox();
    await connectApp(sandbox, (app) => app.command('/journey', ({ ack }) => ack('here')));
    sandbox.disconnect('warning');
    await vi.waitFor(() => expect(sandbox.workspace.calls('apps.connections.open')).toHaveLength(2), { timeout: 20_000 });
    await vi.waitFor(() => expect(sandbox.connections()).toBe(1), { timeout: 20_000 });
    expect(await sandbox.command(command)).toMatchObject({ ok: true, reply: { text: 'here' } });
  });
});
