import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { shortcutIds } from '../../../src/adapters/slack/action-values.ts';
import { botScopes } from '../../../src/adapters/slack/scopes.ts';
import { helpView } from '../../../src/adapters/slack/views/help.ts';
import { readAloud } from './read-aloud.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const text = readFileSync(path.join(root, 'manifest.yml'), 'utf8');
const raw: unknown = parse(text);
const manifest = z
  .object({
    features: z.object({
      slash_commands: z.array(z.object({ command: z.string(), usage_hint: z.string() })),
      shortcuts: z.array(z.object({ name: z.string().max(24), callback_id: z.string() })),
      unfurl_domains: z.array(z.string()),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
  })
  .parse(raw);

/** What each Web API method needs (docs.slack.dev/reference/methods): all of the scopes, of which we use the kinds of channel we meet. */
const neededScopes: Record<string, string[]> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.unfurl': ['links:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.join': ['channels:join'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'users.info': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

/** What Slack asks for before it tells of an event. */
const neededForEvents: Record<string, string[]> = {
  app_home_opened: [],
  link_shared: ['links:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
};

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
}

describe('manifest.yml', () => {
  it('is a manifest that Slack takes', () => {
    const schema: unknown = JSON.parse(readFileSync(path.join(root, 'test/fixtures/slack/manifest.schema.json'), 'utf8'));
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema as object);
    expect(validate(raw), JSON.stringify(validate.errors)).toBe(true);
  });

  it('asks for the scopes that the adapter checks at start, and gives a reason for each', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual(Object.keys(botScopes));
    for (const scope of manifest.oauth_config.scopes.bot) expect(text).toMatch(new RegExp(`# .+\n\\s+- ${scope}\n`));
  });

  it('covers every Web API method that the adapter calls, and asks for nothing else', () => {
    const called = [
      ...sources(path.join(root, 'src/adapters/slack')).matchAll(/\bclient\.(?:apiCall\(')?(auth|chat|conversations|files|users|views)\.(\w+)['(]/g),
    ].map(([, family, name]) => `${family}.${name}`);
    expect([...new Set(called)].toSorted()).toEqual(Object.keys(neededScopes).toSorted());
    const needed = new Set([...Object.values(neededScopes).flat(), ...Object.values(neededForEvents).flat(), 'commands']);
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([...needed].toSorted());
  });

  it('subscribes to the events that the adapter listens to', () => {
    const heard = [...sources(path.join(root, 'src/adapters/slack')).matchAll(/\bapp\.event\('(\w+)'/g)].map(([, name]) => name);
    expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual([...new Set(heard)].toSorted());
    expect(Object.keys(neededForEvents).toSorted()).toEqual([...new Set(heard)].toSorted());
  });

  it('lists the shortcuts that the adapter answers', () => {
    expect(manifest.features.shortcuts.map(({ callback_id }) => callback_id).toSorted()).toEqual(Object.values(shortcutIds).toSorted());
  });

  it('names the domains of the CRMs whose links are read, and leaves room for one', () => {
    const { unfurl_domains: domains } = manifest.features;
    for (const host of ['app-eu1.hubspot.com', 'acme.my.salesforce.com', 'acme.lightning.force.com', 'acme.pipedrive.com'])
      expect(domains.filter((domain) => host.endsWith(`.${domain}`))).toHaveLength(1);
    expect(domains.length).toBeLessThan(5);
  });

  it('hints at commands that exist', () => {
    const [command] = manifest.features.slash_commands;
    expect(command?.command).toBe('/journey');
    const help = readAloud(helpView());
    for (const usage of command?.usage_hint.split(' | ') ?? []) expect(`${help} /journey help`).toContain(`/journey ${usage.split(' ')[0]}`);
  });
});
