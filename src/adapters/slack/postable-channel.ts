import type { webApi } from '@slack/bolt';
import type { Access } from '../../core/access.ts';
import { slackErrorCode } from './web-client.ts';

type PostableOptions = {
  client: webApi.WebClient;
  access: () => Access;
  /** Which of these channels, as journey.yml writes them, has this id; null: none. */
  channelAmong(channels: readonly string[], channelId: string): Promise<string | null>;
};

/** `denied`: customers are not spoken of there, whatever the channel allows. */
export type Unpostable = { message: string; denied?: true };

/** Says why what is about customers cannot go to a channel that somebody has chosen; null where it can, for all that Slack says now. */
export function createWhyNotTo({ client, access, channelAmong }: PostableOptions): (channelId: string) => Promise<Unpostable | null> {
  return async (channel) => {
    const { details } = access();
    if (details !== null && (await channelAmong(details, channel)) === null)
      return { message: 'Accounts are not shown in this channel: journey.yml says where they are.', denied: true };
    try {
      const { channel: found } = await client.conversations.info({ channel });
      if (found?.is_archived === true) return { message: 'This channel is archived.' };
      if (found?.is_ext_shared === true || found?.is_shared === true)
        return { message: 'This channel is shared with another organisation: nothing about customers goes there.', denied: true };
      return found?.is_private === true && found.is_member !== true ? inviteMe : null;
    } catch (error) {
      if (slackErrorCode(error) === 'channel_not_found') return inviteMe;
      // It may well go: what does not is said when it is sent.
      return null;
    }
  };
}

const inviteMe: Unpostable = { message: 'I am not in this channel. Invite me there first: /invite @journey' };
