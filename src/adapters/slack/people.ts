import type { webApi } from '@slack/bolt';
import type { Clock } from '../../app/ports.ts';
import { hourMs, minuteMs } from '../../core/time.ts';
import { createExpiringCache } from './expiring-cache.ts';
import { slackErrorCode } from './web-client.ts';

/** What the bot needs to know of a Slack user. */
export type SlackPerson = {
  id: string;
  email: string | null;
  /** IANA name of the zone of its clock; not there where Slack does not say. */
  timezone?: string;
  /** The workspaces it belongs to, as far as Slack says: of people of an Enterprise organisation it often names no `team_id`. */
  teamIds: string[];
  enterpriseId: string | null;
  isGuest: boolean;
  /** Of another workspace, and in no channel with us. Slack does not set it for those who are in a shared channel. */
  isStranger: boolean;
  isBot: boolean;
  /** Of a bot, beside its user id. */
  botId: string | null;
  isDeactivated: boolean;
  /** Of the workspace: an admin or an owner. */
  isAdmin: boolean;
};

export type People = {
  /** Null: Slack shows us no such user. Rejects when Slack cannot be asked. */
  byId(userId: string): Promise<SlackPerson | null>;
  /** The id of the member with this e-mail address; null: none. Rejects when Slack cannot be asked. */
  idByEmail(email: string): Promise<string | null>;
};

const personTtl = minuteMs;
const foundTtl = hourMs;
const notFoundTtl = 10 * minuteMs;

export function createPeople({ client, clock }: { client: webApi.WebClient; clock: Clock }): People {
  const people = createExpiringCache<SlackPerson | null>(clock, 5000);
  /** Two clicks at once ask once, and keep their order. */
  const asking = new Map<string, Promise<SlackPerson | null>>();
  const ids = createExpiringCache<string | null>(clock, 5000);
  return {
    async byId(userId) {
      const known = people.get(userId);
      if (known !== undefined) return known;
      const asked = asking.get(userId) ?? askPerson(client, userId).finally(() => asking.delete(userId));
      asking.set(userId, asked);
      const person = await asked;
      people.set(userId, person, personTtl);
      return person;
    },
    async idByEmail(email) {
      const key = email.toLowerCase();
      const known = ids.get(key);
      if (known !== undefined) return known;
      const id = await askByEmail(client, key);
      ids.set(key, id, id === null ? notFoundTtl : foundTtl);
      return id;
    },
  };
}

async function askByEmail(client: webApi.WebClient, email: string): Promise<string | null> {
  try {
    const { user } = await client.users.lookupByEmail({ email });
    return user?.id !== undefined && user.deleted !== true && user.is_bot !== true ? user.id : null;
  } catch (error) {
    if (slackErrorCode(error) === 'users_not_found') return null;
    throw error;
  }
}

async function askPerson(client: webApi.WebClient, userId: string): Promise<SlackPerson | null> {
  try {
    const { user } = await client.users.info({ user: userId });
    if (user?.id === undefined) return null;
    return {
      id: user.id,
      email: user.profile?.email ?? null,
      ...(user.tz === undefined ? {} : { timezone: user.tz }),
      teamIds: [user.team_id, user.profile?.team, ...(user.teams ?? []), ...(user.enterprise_user?.teams ?? [])].filter((id) => id !== undefined),
      enterpriseId: user.enterprise_user?.enterprise_id ?? user.enterprise_id ?? null,
      isGuest: user.is_restricted === true || user.is_ultra_restricted === true,
      isStranger: user.is_stranger === true,
      isBot: user.is_bot === true || user.is_workflow_bot === true,
      botId: user.profile?.bot_id ?? null,
      isDeactivated: user.deleted === true,
      isAdmin: user.is_admin === true || user.is_owner === true,
    };
  } catch (error) {
    const code = slackErrorCode(error);
    if (code === 'user_not_found' || code === 'user_not_visible') return null;
    throw error;
  }
}
