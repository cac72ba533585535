import type { App } from '@slack/bolt';
import type { WorkspaceIdentity } from '../workspace-identity.ts';

type JoinedOptions = { identity: () => WorkspaceIdentity | null; onJoined: (channelId: string) => Promise<void> };

/** The bot has come into a channel: invited, or by itself. */
export function listenToJoining(app: App, { identity, onJoined }: JoinedOptions): void {
  app.event('member_joined_channel', async ({ event }) => {
    if (event.user === identity()?.botUserId) await onJoined(event.channel);
  });
}
