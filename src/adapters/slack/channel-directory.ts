import type { webApi } from '@slack/bolt';
import type { Clock, Logger } from '../../app/ports.ts';
import { type EpochMs, minuteMs } from '../../core/time.ts';
import { slackErrorCode } from './web-client.ts';

/** A configured channel that takes no messages, in words for the admin channel. */
export type ChannelProblem = { channel: string; problem: string; isArchived?: boolean };

export type ChannelDirectory = {
  /**
   * The id of `#deal-alerts`; ids are themselves, and that of a user is the direct conversation with them. Null: the bot sees no such channel. Rejects when
   * Slack cannot be asked.
   */
  idOf(channel: string): Promise<string | null>;
  /** Which of `channels` has this id; null: none. Rejects when Slack cannot be asked. */
  among(channels: readonly string[], id: string): Promise<string | null>;
  /** Ids of those that everybody in the workspace can find: public, and not archived. Rejects when Slack cannot be asked. */
  openAmong(channels: readonly string[]): Promise<string[]>;
  /** Looks a name up again whose id Slack takes no more; at most once a minute. Null: there is no other id. */
  otherIdOf(channel: string, id: string): Promise<string | null>;
  /** Makes the bot a member of the public ones. Says of which it cannot be. */
  join(channels: readonly string[]): Promise<ChannelProblem[]>;
};

type Known = { id: string; isArchived: boolean; isPrivate: boolean; isMember: boolean };

const pageSize = 500;
/** A name that is not there, or whose channel takes no messages, is not asked for again before this. */
const askAgainAfter = minuteMs;

/** `client` may wait on 429: listing a large workspace takes longer than Slack allows in a minute. */
export function createChannelDirectory({ client, clock, logger }: { client: webApi.WebClient; clock: Clock; logger: Logger }): ChannelDirectory {
  const byName = new Map<string, Known>();
  const askedAt = new Map<string, EpochMs>();
  const renewedAt = new Map<string, EpochMs>();
  /** By the user's id: such a conversation keeps its id for good. */
  const directs = new Map<string, string>();
  let listing: Promise<void> = Promise.resolve();

  /** Pages until all names are known; callers wait for each other, so that a listing serves them all. */
  function load(names: readonly string[], afresh: boolean): Promise<void> {
    listing = listing
      .catch(() => {})
      .then(async () => {
        const wanted = new Set(afresh ? names : names.filter(mayAsk));
        if (wanted.size === 0) return;
        let cursor: string | undefined;
        do {
          const page = await client.conversations.list({
            types: 'public_channel,private_channel',
            limit: pageSize,
            ...(cursor === undefined ? {} : { cursor }),
          });
          for (const channel of page.channels ?? []) {
            if (channel.id === undefined || channel.name === undefined) continue;
            byName.set(channel.name, {
              id: channel.id,
              isArchived: channel.is_archived === true,
              isPrivate: channel.is_private === true,
              isMember: channel.is_member === true,
            });
            wanted.delete(channel.name);
          }
          cursor = page.response_metadata?.next_cursor || undefined;
        } while (cursor !== undefined && wanted.size > 0);
        for (const name of wanted) {
          byName.delete(name);
          askedAt.set(name, clock.now());
        }
      });
    return listing;
  }

  const mayAsk = (name: string): boolean => !byName.has(name) && clock.now() - (askedAt.get(name) ?? Number.NEGATIVE_INFINITY) >= askAgainAfter;

  async function joinOne(channel: string): Promise<ChannelProblem | null> {
    const known = isId(channel) ? { id: channel, isArchived: false, isPrivate: false, isMember: false } : byName.get(nameOf(channel));
    if (known === undefined) return { channel, problem: 'does not exist, or is private and journey is not in it (type /invite @journey there)' };
    if (known.isArchived) return { channel, problem: 'is archived', isArchived: true };
    if (known.isMember || known.isPrivate) return null;
    try {
      await client.conversations.join({ channel: known.id });
      return null;
    } catch (error) {
      const code = slackErrorCode(error);
      // Only public channels can be joined; by its id, a private one shows itself here, and we are in it or will hear of it when posting.
      if (code === 'method_not_supported_for_channel_type') return null;
      logger.warn({ channel, code }, 'cannot join a Slack channel');
      return {
        channel,
        problem: code === null ? 'cannot be joined now: Slack does not answer' : `cannot be joined (${code}); type /invite @journey there`,
      };
    }
  }

  async function idOf(channel: string): Promise<string | null> {
    if (isId(channel)) return channel;
    if (isUser(channel)) return directWith(channel);
    const name = nameOf(channel);
    if (!byName.has(name)) await load([name], false);
    return byName.get(name)?.id ?? null;
  }

  async function knownById(id: string): Promise<Known | null> {
    try {
      const { channel } = await client.conversations.info({ channel: id });
      const is = (what: 'is_archived' | 'is_private' | 'is_im' | 'is_member'): boolean => channel?.[what] === true;
      return { id, isArchived: is('is_archived'), isPrivate: is('is_private') || is('is_im'), isMember: is('is_member') };
    } catch (error) {
      if (slackErrorCode(error) !== 'channel_not_found') throw error;
      return null;
    }
  }

  async function directWith(userId: string): Promise<string | null> {
    const known = directs.get(userId);
    if (known !== undefined) return known;
    try {
      const id = (await client.conversations.open({ users: userId })).channel?.id ?? null;
      if (id !== null) directs.set(userId, id);
      return id;
    } catch (error) {
      if (!nobody.has(slackErrorCode(error) ?? '')) throw error;
      return null;
    }
  }

  return {
    idOf,
    async among(channels, id) {
      for (const channel of channels) if ((await idOf(channel)) === id) return channel;
      return null;
    },
    async openAmong(channels) {
      await load(channels.filter((channel) => !isId(channel)).map(nameOf), false);
      const found = await Promise.all(channels.map((channel) => (isId(channel) ? knownById(channel) : (byName.get(nameOf(channel)) ?? null))));
      return found.flatMap((channel) => (channel === null || channel.isPrivate || channel.isArchived ? [] : [channel.id]));
    },
    async otherIdOf(channel, id) {
      const name = nameOf(channel);
      if (isId(channel) || isUser(channel)) return null;
      if (clock.now() - (renewedAt.get(name) ?? Number.NEGATIVE_INFINITY) >= askAgainAfter) {
        renewedAt.set(name, clock.now());
        await load([name], true);
      }
      const now = byName.get(name)?.id ?? null;
      return now === id ? null : now;
    },
    async join(channels) {
      const unique = [...new Set(channels)];
      await load(unique.filter((channel) => !isId(channel)).map(nameOf), true);
      const problems: ChannelProblem[] = [];
      for (const channel of unique) {
        const problem = await joinOne(channel);
        if (problem !== null) problems.push(problem);
      }
      return problems;
    },
  };
}

const isUser = (channel: string): boolean => /^[UW][A-Z0-9]{5,}$/.test(channel);
/** There is nobody to write to, or an app that was installed with an older manifest may write to nobody. */
const nobody = new Set(['user_not_found', 'user_disabled', 'user_not_visible', 'missing_scope']);
const isId = (channel: string): boolean => /^[CDG][A-Z0-9]{5,}$/.test(channel);
const nameOf = (channel: string): string => channel.replace(/^#/, '').toLowerCase();
