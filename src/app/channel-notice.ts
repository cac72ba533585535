import { type Change, newDelivery } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { shortHash } from '../core/short-hash.ts';
import type { EpochMs } from '../core/time.ts';

type Trouble = {
  /** As journey.yml names it. */
  channel: string;
  /** A sentence. */
  why: string;
  /** What becomes of what was meant for it. */
  instead?: string;
  isArchived?: boolean;
  /** Slack's, that stand in these sentences. */
  ids?: string[];
};

/** Tells in `to`, once a channel for each state of journey.yml, that a channel takes no messages, and what to do. */
export function channelNotice(
  to: string,
  { channel, why, instead, isArchived = false, ids = [] }: Trouble,
  config: Pick<JourneyConfig, 'version'>,
  now: EpochMs,
): Change {
  const lines = [
    [why, ...(instead === undefined ? [] : [instead])].join(' '),
    // Nobody can be invited to a channel that is archived.
    `${isArchived ? 'Unarchive it in Slack' : 'Invite me to the channel'}, or name another one in journey.yml.`,
  ];
  return newDelivery({
    id: `notice:channel:${to}:${shortHash(`${channel} ${config.version}`)}`,
    channel: to,
    message: { kind: 'notice', severity: 'warning', title: `I cannot post in ${channel}`, lines, ids: [channel, ...ids] },
    now,
  });
}
