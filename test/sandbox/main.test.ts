import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

const program = join(import.meta.dirname, '../../src/sandbox/main.ts');

describe('the workspace as a process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says how to reach it, prints messages, and ends cleanly on %s',
    async (signal) => {
      const child = spawn(process.execPath, [program, '--port', '0', '--no-page']);
      onTestFinished(() => void child.kill('SIGKILL'));
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
      const line = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(output)?.[1] ?? expect.fail(output);
      await vi.waitFor(() => line('SLACK_APP_TOKEN'), { timeout: 20_000 });
      const client = new WebClient(line('SLACK_BOT_TOKEN'), { slackApiUrl: line('SLACK_API_URL') });
      await client.chat.postMessage({ channel: '#general', text: 'two\nlines' });
      await vi.waitFor(() => expect(output).toMatch(/^[\d.]+ journey posted in #general: two lines$/m), { timeout: 20_000 });
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
    20_000,
  );
});
