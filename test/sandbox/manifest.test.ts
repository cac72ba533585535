import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readManifest } from '../../src/sandbox/manifest.ts';

async function written(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'manifest.yml');
  await writeFile(file, text);
  return file;
}

describe('a manifest', () => {
  it('says what an app asks of the workspace', async () => {
    const file = await written(
      [
        'features:',
        '  unfurl_domains: [crm.example]',
        '  shortcuts: [{ name: Log it, type: message, callback_id: log, description: Logs a message }]',
        'oauth_config: { scopes: { bot: [links:read] } }',
        'settings: { event_subscriptions: { bot_events: [link_shared] } }',
      ].join('\n'),
    );
    expect(readManifest(file)).toEqual({
      scopes: ['links:read'],
      botEvents: ['link_shared'],
      isReadOnly: false,
      unfurlDomains: ['crm.example'],
      shortcuts: [{ type: 'message', name: 'Log it', description: 'Logs a message', callbackId: 'log' }],
    });
  });

  it('may ask for nothing', async () => {
    expect(readManifest(await written('display_information: { name: x }'))).toEqual({
      scopes: [],
      botEvents: [],
      unfurlDomains: [],
      shortcuts: [],
      isReadOnly: false,
    });
  });

  it('is the project’s own unless another one is named', () => {
    expect(readManifest().scopes).toContain('chat:write');
  });
});
