/** Events as a manifest names them: message events by the kind of conversation. */
export const defaultBotEvents: readonly string[] = [
  'app_home_opened',
  'channel_archive',
  'channel_unarchive',
  'channel_rename',
  'member_joined_channel',
  'member_left_channel',
  'link_shared',
];

const messageEvents: Readonly<Record<string, string>> = {
  channel: 'message.channels',
  group: 'message.groups',
  im: 'message.im',
};

/** What an app must be allowed before Slack tells it: one of these. */
const scopesOfEvents: Readonly<Record<string, readonly string[]>> = {
  app_mention: ['app_mentions:read'],
  channel_archive: ['channels:read'],
  channel_unarchive: ['channels:read'],
  channel_rename: ['channels:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  link_shared: ['links:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
};

/** Whether the app hears of it: its manifest must ask for the event, and hold a scope for it. */
export function isSubscribed(
  event: { type: string } & Record<string, unknown>,
  { botEvents, scopes }: { botEvents: ReadonlySet<string>; scopes: ReadonlySet<string> },
): boolean {
  const name = event.type === 'message' ? (messageEvents[String(event.channel_type)] ?? '') : event.type;
  const needed = scopesOfEvents[name];
  return botEvents.has(name) && (needed === undefined || needed.some((scope) => scopes.has(scope)));
}
