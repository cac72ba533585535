import type { webApi } from '@slack/bolt';
import type { Probe } from '../../app/crm.ts';
import { messageOf } from '../../app/errors.ts';
import type { Logger } from '../../app/ports.ts';
import { botScopes, lackingScopes } from './scopes.ts';
import { createWebClient, slackErrorCode } from './web-client.ts';
import { missingScopes, startError } from './workspace-identity.ts';

export type SlackToProbe = { botToken: string; appToken: string | null; apiUrl: string | null; logger: Logger };

type Known = { isArchived: boolean; isPrivate: boolean; isMember: boolean };

const once = { retries: 1, waits: false };
const pageSize = 500;

/** Tries what the bot needs of Slack, one thing after the other; posts nothing, joins nothing, does not throw. */
export async function probeSlack(slack: SlackToProbe, channels: readonly string[]): Promise<Probe[]> {
  const client = createWebClient({ ...slack, token: slack.botToken }, once);
  const bot = await probeBot(client);
  // Without a token that works, nothing else can be asked.
  const known = bot[0]?.ok === true;
  return [...bot, await probeWay(slack), ...(known ? await probeChannels(client, channels) : [])];
}

async function probeBot(client: webApi.WebClient): Promise<Probe[]> {
  const what = 'Slack: SLACK_BOT_TOKEN';
  try {
    const answer = await client.auth.test();
    const granted = answer.response_metadata?.scopes;
    const { needed, optional } = lackingScopes(granted ?? Object.keys(botScopes));
    const missing = [...needed, ...optional];
    return [
      { what, ok: true, detail: `@${answer.user ?? 'the bot'} in ${answer.team ?? 'your workspace'}`, fix: null },
      missing.length === 0
        ? { what: 'Slack: scopes', ok: true, detail: `all ${Object.keys(botScopes).length} that manifest.yml lists`, fix: null }
        : { what: 'Slack: scopes', ok: false, detail: `without ${missing.join(', ')}`, fix: missingScopes(missing) },
    ];
  } catch (error) {
    return [{ what, ok: false, detail: slackErrorCode(error) ?? 'no answer', fix: startError(error, 'SLACK_BOT_TOKEN').message }];
  }
}

/** How Slack reaches the bot. A signing secret signs what Slack sends: nothing can be asked of Slack with it. */
async function probeWay({ appToken, apiUrl, logger }: SlackToProbe): Promise<Probe> {
  if (appToken === null) {
    const detail = 'HTTP mode; it cannot be tried from here: the first /journey in Slack shows whether it is right';
    return { what: 'Slack: SLACK_SIGNING_SECRET', ok: true, detail, fix: null };
  }
  const what = 'Slack: SLACK_APP_TOKEN';
  try {
    await createWebClient({ token: appToken, apiUrl, logger }, once).apps.connections.open();
    return { what, ok: true, detail: 'Socket Mode opens', fix: null };
  } catch (error) {
    return { what, ok: false, detail: slackErrorCode(error) ?? 'no answer', fix: startError(error, 'SLACK_APP_TOKEN').message };
  }
}

async function probeChannels(client: webApi.WebClient, channels: readonly string[]): Promise<Probe[]> {
  const unique = [...new Set(channels)];
  try {
    const named = await listed(client, new Set(unique.filter((channel) => channel.startsWith('#')).map(nameOf)));
    return await Promise.all(
      unique.map(async (channel) => judged(channel, channel.startsWith('#') ? named.get(nameOf(channel)) : await byId(client, channel))),
    );
  } catch (error) {
    const detail = `could not be listed (${slackErrorCode(error) ?? messageOf(error)})`;
    return unique.length === 0 ? [] : [{ what: 'Slack: channels', ok: false, detail, fix: 'Mend what is said above, and try again in a minute.' }];
  }
}

function judged(channel: string, known: Known | undefined): Probe {
  const what = `Slack: ${channel}`;
  if (known === undefined) {
    const fix = `Make the channel, correct its name in journey.yml, or, if it is private, type /invite @journey there.`;
    return { what, ok: false, detail: 'there is no such channel, or it is private and the bot is not in it', fix };
  }
  if (known.isArchived) return { what, ok: false, detail: 'is archived', fix: 'Unarchive it in Slack, or name another one in journey.yml.' };
  if (known.isMember) return { what, ok: true, detail: 'the bot is in it', fix: null };
  if (known.isPrivate) return { what, ok: false, detail: 'is private and the bot is not in it', fix: 'Type /invite @journey there.' };
  return { what, ok: true, detail: 'public: the bot joins it when it starts', fix: null };
}

/** Pages until all names are found. */
async function listed(client: webApi.WebClient, wanted: Set<string>): Promise<Map<string, Known>> {
  const found = new Map<string, Known>();
  let cursor: string | undefined;
  while (wanted.size > 0) {
    const page = await client.conversations.list({
      types: 'public_channel,private_channel',
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const channel of page.channels ?? [])
      if (channel.name !== undefined && wanted.delete(channel.name)) found.set(channel.name, knownOf(channel));
    cursor = page.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) break;
  }
  return found;
}

async function byId(client: webApi.WebClient, channel: string): Promise<Known | undefined> {
  const answer = await client.conversations.info({ channel }).catch((error: unknown) => {
    if (slackErrorCode(error) === 'channel_not_found') return null;
    throw error;
  });
  return answer?.channel === undefined ? undefined : knownOf(answer.channel);
}

const knownOf = (channel: { is_archived?: boolean; is_private?: boolean; is_member?: boolean }): Known => ({
  isArchived: channel.is_archived === true,
  isPrivate: channel.is_private === true,
  isMember: channel.is_member === true,
});

const nameOf = (channel: string): string => channel.slice(1).toLowerCase();
