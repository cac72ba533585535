import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { freePort } from './free-port.ts';

/** The real program in a process of its own, as a supervisor would run it. */
export type BotProcess = {
  url: string;
  output(): string;
  /** Sends signals, signed; resolves with the code. */
  send(signals: unknown, options?: SendOptions): Promise<{ status: number; body: string }>;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ code: number | null; signal: string | null }>;
};

export type SendOptions = { id?: string; at?: number; body?: string; signature?: string; contentType?: string };

export const root = join(import.meta.dirname, '../..');
export const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';

let sent = 0;

/** Starts `node src/journey.js start` and waits until it is ready. */
export async function startBotProcess(environment: Record<string, string>): Promise<BotProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawnBot({ HOST: '127.0.0.1', PORT: String(port), SIGNALS_SECRET: secret, LOG_LEVEL: 'warn', ...environment });
  const output = collect(child);
  await ready(url, child, output);
  return {
    url,
    output,
    async send(signals, options = {}) {
      const body = options.body ?? JSON.stringify(signals);
      const id = options.id ?? `msg_${++sent}`;
      const at = new Date(options.at ?? Date.now());
      const response = await fetch(`${url}/webhooks/signals`, {
        method: 'POST',
        body,
        headers: {
          'content-type': options.contentType ?? 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': options.signature ?? new Webhook(secret).sign(id, at, body),
        },
      });
      return { status: response.status, body: await response.text() };
    },
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return { code: child.exitCode, signal: child.signalCode };
      const exit = once(child, 'exit');
      child.kill(signal);
      const [code, by] = await exit;
      return { code: code as number | null, signal: by as string | null };
    },
  };
}

/** Runs the program until it ends: for starts that must fail. One that does not end is killed, and has no code. */
export async function runBot(environment: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawnBot(environment);
  const output = collect(child);
  const patience = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const [code] = await once(child, 'exit');
  clearTimeout(patience);
  return { code: code as number | null, output: output() };
}

/** With nothing of our own environment but what Node needs. */
function spawnBot(environment: Record<string, string>): ChildProcess {
  const PATH = process.env.PATH ?? '';
  return spawn(process.execPath, ['src/journey.js', 'start'], { cwd: root, env: { PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return () => text;
}

async function ready(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the bot ended with ${child.exitCode}:\n${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`the bot did not become ready:\n${output()}`);
}
