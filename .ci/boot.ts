import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../src/sandbox/start.ts';

// Starts the bot the way people do, with `npm start`, waits until it is ready, and tells it to stop.
const sandbox = await startSandbox({ page: false });
const folder = await mkdtemp(join(tmpdir(), 'journey-boot-'));
const port = 20_000 + (process.pid % 20_000);
const began = performance.now();
const bot = spawn('npm', ['start'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_BOT_TOKEN: sandbox.botToken,
    SLACK_APP_TOKEN: sandbox.appToken,
    SIGNALS_TOKEN: 'a-token-for-this-boot',
    DATABASE_URL: `file:${join(folder, 'journey.db')}`,
    HOST: '127.0.0.1',
    PORT: String(port),
  },
});
const exit = once(bot, 'exit');
try {
  await ready(`http://127.0.0.1:${port}/readyz`);
  console.log(`ready after ${Math.round(performance.now() - began)} ms`);
} finally {
  bot.kill('SIGTERM');
  const [code] = await exit;
  console.log(`ended with ${code}`);
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
  process.exitCode = code === 0 ? 0 : 1;
}

async function ready(url: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the bot did not become ready within 30 s');
}
