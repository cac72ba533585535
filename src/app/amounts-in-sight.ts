import { seesAmounts, showsAmounts } from '../core/access.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';

type AmountsInSightDependencies = {
  config(): Pick<JourneyConfig, 'access'>;
  /** The e-mail address of a Slack user, where Slack tells it. */
  emailOf(userId: string): Promise<string | null>;
  /** Which of `channels`, as journey.yml writes them, has this id; null: none. Rejects when Slack cannot be asked. */
  channelAmong(channels: readonly string[], id: string): Promise<string | null>;
};

/** Whether everybody who reads a message may see amounts. `channel`: as journey.yml writes it, its id, or a user's, for a direct message. */
export type AmountsInSight = (channel: string) => Promise<boolean>;

export function createAmountsInSight({ config, emailOf, channelAmong }: AmountsInSightDependencies): AmountsInSight {
  return async (channel) => {
    const { access } = config();
    if (access.amounts === null || showsAmounts(access, channel)) return true;
    if (userId.test(channel)) return seesAmounts(access, { userId: channel, email: await emailOf(channel) });
    return (await channelAmong(access.amounts.channels, channel)) !== null;
  };
}

const userId = /^[UW][A-Z0-9]+$/;
