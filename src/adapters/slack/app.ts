import type { RequestListener } from 'node:http';
import { App } from '@slack/bolt';
import { messageOf } from '../../app/errors.ts';
import type { Clock, Logger, Notifier } from '../../app/ports.ts';
import type { Acts, Answers } from '../../app/use-cases.ts';
import { type ChannelProblem, createChannelDirectory } from './channel-directory.ts';
import { createHttpEndpoint } from './http-endpoint.ts';
import { admit, type Refusal } from './listeners/admission.ts';
import { listenToAnswerButtons } from './listeners/answer-buttons.ts';
import { createAnswering } from './listeners/answering.ts';
import { listenToCardButtons } from './listeners/card-buttons.ts';
import { listenToCommand } from './listeners/journey-command.ts';
import { listenToResolveSubmission } from './listeners/resolve-submission.ts';
import { createNotifier } from './notifier.ts';
import { createPeople } from './people.ts';
import { createSlackLogger, withoutSecrets } from './slack-logger.ts';
import { createSocketConnection } from './socket-connection.ts';
import { createWebClient, fetchWithTimeout } from './web-client.ts';
import { identify, type WorkspaceIdentity } from './workspace-identity.ts';

export type SlackOptions = {
  botToken: string;
  /** Socket Mode, or else HTTP. */
  way: { mode: 'socket'; appToken: string } | { mode: 'http'; signingSecret: string };
  /** Slack's Web API elsewhere; null: Slack's own. */
  apiUrl: string | null;
  answers: Answers;
  acts: Acts;
  clock: Clock;
  logger: Logger;
  /** Channels of journey.yml that cannot be posted to, after `start` or `join`. Not called when there are none. */
  onChannelProblems: (problems: ChannelProblem[]) => void;
  /** Guests and people of other organisations who tried. */
  onRefused: (refusal: Refusal) => void;
  /** Slack will not let the bot in again; the process should end. */
  onFatal: (error: Error) => void;
};

export type Slack = {
  notifier: Notifier;
  /** Checks the token and its scopes, connects, joins the channels. @throws SlackStartError, with a message for people */
  start(channels: readonly string[]): Promise<void>;
  /** After journey.yml has changed. */
  join(channels: readonly string[]): Promise<void>;
  /** Slack reaches us and takes our calls. */
  connected(): boolean;
  /** For `POST /slack/events` of our own server, with the body unread; null in Socket Mode. */
  requestListener: RequestListener | null;
  stop(): Promise<void>;
};

/** Slack, wired: a Bolt app with our listeners, and the notifier beside it with clients of its own. Nothing happens before `start`. */
export function createSlack(options: SlackOptions): Slack {
  const { answers, acts, clock, logger, apiUrl } = options;
  const client = { token: options.botToken, apiUrl, logger };
  const asking = createWebClient(client, { retries: 1, waits: false });
  const people = createPeople({ client: asking, clock, logger });
  const directory = createChannelDirectory({ client: createWebClient(client, { retries: 3, waits: true }), clock, logger });
  const slackLogger = createSlackLogger(logger);
  const { way, onFatal } = options;
  const connection =
    way.mode === 'socket'
      ? createSocketConnection({ appToken: way.appToken, apiUrl, logger, slackLogger, onFatal })
      : createHttpEndpoint({ signingSecret: way.signingSecret, slackLogger, clock });
  let identity: WorkspaceIdentity | null = null;
  let sending = false;
  let stopped = false;

  const app = createApp();
  const answering = createAnswering(logger);
  const writing = createWebClient(client, { retries: 0, waits: false });
  admit(app, { people, identity: () => identity, clock, logger, onRefused: options.onRefused });
  listenToCommand(app, { answers, acts, people, clock, answering });
  listenToAnswerButtons(app, { answers, acts, people, clock, answering });
  listenToCardButtons(app, { acts, client: writing, answering });
  listenToResolveSubmission(app, { acts, client: writing, logger });

  function createApp(): App {
    const bolt = new App({
      receiver: connection.receiver,
      authorize: async () => ({
        botToken: options.botToken,
        ...(identity === null
          ? {}
          : { botUserId: identity.botUserId, teamId: identity.teamId, ...(identity.botId === null ? {} : { botId: identity.botId }) }),
      }),
      convoStore: false,
      logger: slackLogger,
      clientOptions: { retryConfig: { retries: 0 }, fetch: fetchWithTimeout, ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }) },
    });
    bolt.error(async (error) => logger.error({ error: withoutSecrets(error.message), code: error.code }, 'a Slack request failed'));
    return bolt;
  }

  async function join(channels: readonly string[]): Promise<void> {
    try {
      const problems = await directory.join(channels);
      if (problems.length > 0) options.onChannelProblems(problems);
    } catch (error) {
      // Posting joins on its way, so this is no reason to stop.
      logger.warn({ error: withoutSecrets(messageOf(error)) }, 'cannot list the channels of Slack');
    }
  }

  return {
    notifier: createNotifier({
      client: writing,
      directory,
      people,
      clock,
      logger,
      onSending(works) {
        sending = works;
      },
    }),
    async start(channels) {
      identity = await identify(asking, logger);
      // A socket that opens behind a stop would keep the process alive.
      if (stopped) return;
      sending = true;
      await connection.open();
      await join(channels);
    },
    join,
    connected: () => identity !== null && sending && connection.connected(),
    requestListener: connection.requestListener,
    stop() {
      stopped = true;
      return connection.close();
    },
  };
}
