/** Events as a manifest names them: message events by the kind of conversation. */
export const defaultBotEvents: readonly string[] = [
  'app_home_opened',
  'app_mention',
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

export function isSubscribed(event: { type: string } & Record<string, unknown>, botEvents: ReadonlySet<string>): boolean {
  if (event.type !== 'message') return botEvents.has(event.type);
  return botEvents.has(messageEvents[String(event.channel_type)] ?? '');
}
