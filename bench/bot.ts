import { freePort } from '../test/e2e/free-port.ts';
import { serverCore } from './bench.ts';
import { benchMapFile } from './bench-map.ts';
import { npmScript } from './npm-script.ts';
import { type Running, startRunning } from './process.ts';
import { residentMiB } from './resident.ts';

/** The bot as `npm start` runs it, seen from outside. */
export type Bot = Running & {
  port: number;
  /** From the start of the process until `/readyz` said 200. */
  readyMs: number;
  residentMiB(): number;
  /** Microseconds of CPU that it has used so far. */
  cpuMicroseconds(): Promise<number>;
  /** Bodies that wait, signals applied so far, messages that wait. */
  progress(): Promise<{ pending: number; applied: number; unsent: number }>;
};

export async function startBot({ database, secret, slack }: { database: string; secret: string; slack: Record<string, string> }): Promise<Bot> {
  const port = await freePort();
  const { program, flags, given } = npmScript('start');
  const startedAt = performance.now();
  const running = startRunning(program, {
    flags,
    arguments: given,
    core: serverCore,
    environment: {
      HOST: '127.0.0.1',
      PORT: String(port),
      SIGNALS_SECRET: secret,
      DATABASE_URL: `file:${database}`,
      JOURNEY_CONFIG: benchMapFile,
      LOG_LEVEL: 'warn',
      ...slack,
    },
  });
  let hasEnded = false;
  void running.ended.then(() => {
    hasEnded = true;
  });
  const read = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  while ((await read('/readyz').catch(() => null))?.status !== 200) {
    if (hasEnded) throw new Error(`the bot ended: ${running.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const readyMs = performance.now() - startedAt;
  const metric = (text: string, name: string): number =>
    [...text.matchAll(new RegExp(`^${name}(?:{[^}]*})? ([0-9.e+-]+)$`, 'gm'))].reduce((sum, [, value]) => sum + Number(value), 0);
  const metrics = async () => (await read('/metrics')).text();
  return {
    ...running,
    port,
    readyMs,
    residentMiB: () => residentMiB(running.pid),
    cpuMicroseconds: async () => metric(await metrics(), 'process_cpu_seconds_total') * 1e6,
    async progress() {
      const text = await metrics();
      return {
        pending: metric(text, 'journey_inbox_pending'),
        applied: metric(text, 'journey_signals_applied_total'),
        unsent: metric(text, 'journey_outbox_pending'),
      };
    },
  };
}
