import { webApi } from '@slack/bolt';
import type { Logger } from '../../app/ports.ts';
import { botScopes, lackingScopes } from './scopes.ts';
import { slackErrorCode, slackErrorText } from './web-client.ts';

/** Who the bot is, and where. */
export type WorkspaceIdentity = { teamId: string; enterpriseId: string | null; botUserId: string; botId: string | null };

/** Slack does not let the bot start; the message says what to do. */
export class SlackStartError extends Error {
  override readonly name = 'SlackStartError';
  /** Slack could not be asked: it may answer later. */
  readonly unreachable: boolean;
  constructor(message: string, { unreachable = false, ...options }: ErrorOptions & { unreachable?: boolean } = {}) {
    super(message, options);
    this.unreachable = unreachable;
  }
}

/**
 * Asks Slack who the token belongs to and what it may do. What is missing and can be done without is only logged.
 * @throws SlackStartError
 */
export async function identify(client: webApi.WebClient, logger: Logger): Promise<WorkspaceIdentity> {
  const answer = await client.auth.test().catch((error: unknown) => {
    throw startError(error, 'SLACK_BOT_TOKEN');
  });
  // From the answer's x-oauth-scopes header.
  const granted = answer.response_metadata?.scopes;
  const { needed, optional } = lackingScopes(granted ?? Object.keys(botScopes));
  if (needed.length > 0) throw new SlackStartError(missingScopes([...needed, ...optional]));
  if (optional.length > 0)
    logger.warn({ scopes: optional }, `${missingScopes(optional)} Until then there are no pictures, previews of links or direct messages.`);
  const { team_id: teamId, user_id: botUserId } = answer;
  if (teamId === undefined || botUserId === undefined) throw new SlackStartError('SLACK_BOT_TOKEN: Slack does not say which bot it belongs to.');
  logger.info({ team: teamId, bot: botUserId }, 'Slack knows the bot');
  return { teamId, botUserId, enterpriseId: answer.enterprise_id ?? null, botId: answer.bot_id ?? null };
}

/** What a failed first call means for whoever runs the bot. */
export function startError(error: unknown, variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN'): SlackStartError {
  const code = slackErrorCode(error);
  if (code === 'missing_scope' && error instanceof webApi.WebAPIPlatformError) {
    const needed = 'needed' in error.data && typeof error.data.needed === 'string' ? error.data.needed.split(',') : ['a scope'];
    return new SlackStartError(
      variable === 'SLACK_BOT_TOKEN'
        ? missingScopes(needed)
        : `SLACK_APP_TOKEN lacks ${needed.join(', ')}: make a new app-level token with it, under Basic Information of your Slack app.`,
      { cause: error },
    );
  }
  if (code !== null) return new SlackStartError(`${variable} is refused by Slack (${code}). ${whereToFind[variable]}`, { cause: error });
  const reason = slackErrorText(error);
  return new SlackStartError(`Slack cannot be reached (${reason}). Check the network, a proxy, and SLACK_API_URL where it is set.`, {
    cause: error,
    unreachable: true,
  });
}

const whereToFind = {
  SLACK_BOT_TOKEN: 'Copy the Bot User OAuth Token (xoxb-…) from “OAuth & Permissions” of your Slack app; reinstall the app if it was removed.',
  SLACK_APP_TOKEN: 'Make an app-level token (xapp-…) with connections:write under “Basic Information” of your Slack app.',
} as const;

export const missingScopes = (scopes: string[]): string =>
  `The Slack app lacks ${scopes.length === 1 ? 'the scope' : 'the scopes'} ${scopes.join(', ')}. Add what manifest.yml lists to your app, then reinstall it into the workspace: scopes count from the installation on.`;
