import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownFolder, runCommand } from './run-command.ts';

const sound = 'SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\nSIGNALS_TOKEN=a-token-of-some-length\nJOURNEY_CONFIG=./nowhere.yml\n';

/** What `start` says with this `.env`, up to the list of variables. */
async function started(content: string | Buffer | null, environment: Record<string, string> = {}): Promise<string[]> {
  const folder = await ownFolder();
  if (content === null) await mkdir(join(folder, '.env'));
  else await writeFile(join(folder, '.env'), content);
  const { output } = await runCommand(folder, ['start'], environment);
  return output.split('\n').slice(0, 3);
}

describe('.env', () => {
  it('is read, with a mark at its beginning and line ends of any kind; what the environment says goes first', async () => {
    expect(await started(`\ufeff${sound.replaceAll('\n', '\r\n')}`)).toContain('./nowhere.yml:1:1: there is no such file');
    expect(await started(sound, { JOURNEY_CONFIG: './elsewhere.yml' })).toContain('./elsewhere.yml:1:1: there is no such file');
  });

  it('that is UTF-16, as Windows writes it, is said to be, and not only that its variables are missing', async () => {
    const [first, ...others] = await started(Buffer.from(`\ufeff${sound}`, 'utf16le'));
    expect(first).toBe('.env is not UTF-8, and nothing in it counts: save it as UTF-8 (it looks like UTF-16)');
    expect(others).toContain('  ✗ SLACK_BOT_TOKEN is missing');
  });

  it('that cannot be read is said to be, and is no reason to stop where its variables come another way', async () => {
    expect(await started(null)).toEqual([
      expect.stringMatching(/^\.env is there but cannot be read, and nothing in it counts: EISDIR/),
      'journey-bot cannot start:',
      '  ✗ SLACK_BOT_TOKEN is missing',
    ]);
    const environment = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SIGNALS_TOKEN: 'a-token-of-some-length',
      JOURNEY_CONFIG: './nowhere.yml',
    };
    expect(await started(null, environment)).toContain('./nowhere.yml:1:1: there is no such file');
  });
});
