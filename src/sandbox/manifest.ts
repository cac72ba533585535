import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** A menu entry that the app adds to messages, or to the whole workspace. */
export type Shortcut = { type: 'message' | 'global'; name: string; description: string; callbackId: string };

/** What an app's manifest asks of a workspace. */
export type Manifest = {
  scopes: string[];
  botEvents: string[];
  unfurlDomains: string[];
  shortcuts: Shortcut[];
  /** Whether people cannot write to the app in its messages tab. */
  isReadOnly: boolean;
};

const file = z.object({
  features: z
    .object({
      app_home: z.object({ messages_tab_read_only_enabled: z.boolean().default(false) }).prefault({}),
      unfurl_domains: z.array(z.string()).default([]),
      shortcuts: z
        .array(z.object({ name: z.string(), type: z.enum(['message', 'global']), callback_id: z.string(), description: z.string().default('') }))
        .default([]),
    })
    .prefault({}),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()).default([]) }).prefault({}) }).prefault({}),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).prefault({}) }).prefault({}),
});

const projectManifest = new URL('../../manifest.yml', import.meta.url);

/** The project's own manifest, unless another one is named. @throws Error for what is no manifest */
export function readManifest(path: string | URL = projectManifest): Manifest {
  const { features, oauth_config: oauth, settings } = file.parse(parse(readFileSync(path, 'utf8')));
  return {
    scopes: oauth.scopes.bot,
    botEvents: settings.event_subscriptions.bot_events,
    unfurlDomains: features.unfurl_domains,
    isReadOnly: features.app_home.messages_tab_read_only_enabled,
    shortcuts: features.shortcuts.map(({ name, type, description, callback_id: callbackId }) => ({ name, type, description, callbackId })),
  };
}
