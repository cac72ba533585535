import type { RequestListener } from 'node:http';
import { App } from '@slack/bolt';
import { messageOf } from '../../app/errors.ts';
import type { Notifier } from '../../app/notifier.ts';
import type { Clock, Logger } from '../../app/ports.ts';
import type { Acts, Answers, Homes, Links, MessagePlaces, Notes, Records, Subscriptions } from '../../app/use-cases.ts';
import type { Access } from '../../core/access.ts';
import type { EpochMs } from '../../core/time.ts';
import { type ChannelProblem, createChannelDirectory } from './channel-directory.ts';
import { createDrawLinks } from './draw-links.ts';
import { createHttpEndpoint } from './http-endpoint.ts';
import { listenToAccountForms } from './listeners/account-forms.ts';
import { admit, type Refusal } from './listeners/admission.ts';
import { listenToAnswerButtons } from './listeners/answer-buttons.ts';
import { createAnswering } from './listeners/answering.ts';
import { listenToHome } from './listeners/app-home.ts';
import { createHomePublishing } from './listeners/app-home-publishing.ts';
import { listenToCardButtons } from './listeners/card-buttons.ts';
import { listenToForms } from './listeners/forms.ts';
import { listenToJoining } from './listeners/joined-channel.ts';
import { listenToCommand } from './listeners/journey-command.ts';
import { refusalReason } from './listeners/membership.ts';
import { createOpenForm } from './listeners/open-form.ts';
import { createRedraw } from './listeners/redraw.ts';
import { createSayThere } from './listeners/say-there.ts';
import { listenToFindAccount } from './listeners/shortcut-find-account.ts';
import { listenToLogMessage } from './listeners/shortcut-log-message.ts';
import { listenToSubscriptions } from './listeners/subscription-form.ts';
import { listenToLinks } from './listeners/unfurl.ts';
import { answersInSight } from './listeners/visitor.ts';
import { createNotifier } from './notifier.ts';
import { takingOddRequests } from './odd-requests.ts';
import { createPeople } from './people.ts';
import { createPictures } from './pictures/create-pictures.ts';
import type { PictureStore } from './pictures/uploads.ts';
import { createWhyNotTo } from './postable-channel.ts';
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
  records: Records;
  notes: Notes;
  subscriptions: Subscriptions;
  /** Where it is kept which pictures are in Slack. */
  pictures: PictureStore;
  homes: Homes;
  links: Links;
  places: MessagePlaces;
  /** Who may do and see what. */
  access: () => Access;
  clock: Clock;
  logger: Logger;
  /** Channels of journey.yml that cannot be posted to, after `start` or `join`. */
  onChannelProblems: (problems: ChannelProblem[]) => void;
  /** The bot has come into a channel: as `channels` of `start` and `join` name it, or else by its id. */
  onJoined: (channel: string, channelId: string) => Promise<void>;
  /** Guests and people of other organisations who tried. */
  onRefused: (refusal: Refusal) => void;
  /** Slack kept events from the bot in this minute (null: it does not say in which): what was opened or pasted then is lost. */
  onRateLimited: (minute: EpochMs | null) => void;
  /** Slack will not let the bot in again; the process should end. */
  onFatal: (error: Error) => void;
};

export type Slack = {
  notifier: Notifier;
  /** Checks the token and its scopes, connects, joins the channels. @throws SlackStartError, with a message for people */
  start(channels: readonly string[]): Promise<void>;
  /** After journey.yml has changed. */
  join(channels: readonly string[]): Promise<void>;
  /** Of a user; null where Slack does not tell. */
  emailOf(userId: string): Promise<string | null>;
  /** Which of `channels`, as journey.yml writes them, has this id; null: none. Rejects when Slack cannot be asked. */
  channelAmong(channels: readonly string[], id: string): Promise<string | null>;
  /** Whether somebody may still be told of customers: a full member. Rejects when Slack cannot be asked. */
  isMember(userId: string): Promise<boolean>;
  /** Slack reaches us and takes our calls. */
  connected(): boolean;
  /** For `POST /slack/events` of our own server, with the body unread; null in Socket Mode. */
  requestListener: RequestListener | null;
  stop(): Promise<void>;
};

/** Slack, wired: a Bolt app with our listeners, and the notifier beside it with clients of its own. Nothing happens before `start`. */
export function createSlack(options: SlackOptions): Slack {
  const { acts, clock, logger, apiUrl } = options;
  const answers = answersInSight(options.answers);
  const client = { token: options.botToken, apiUrl, logger };
  const asking = createWebClient(client, { retries: 1, waits: false });
  const people = createPeople({ client: asking, clock });
  const directory = createChannelDirectory({ client: createWebClient(client, { retries: 3, waits: true }), clock, logger });
  const slackLogger = createSlackLogger(logger);
  const { way, onFatal } = options;
  const connection =
    way.mode === 'socket'
      ? createSocketConnection({ appToken: way.appToken, apiUrl, logger, slackLogger, onFatal })
      : createHttpEndpoint({ signingSecret: way.signingSecret, slackLogger, clock });
  let identity: WorkspaceIdentity | null = null;
  let sending = false;
  let joined: readonly string[] = [];
  let stopped = false;

  const app = createApp();
  const writing = createWebClient(client, { retries: 0, waits: false });
  const pictures = createPictures({ client: writing, store: options.pictures, clock, logger });
  const connected = (): boolean => identity !== null && sending && connection.connected();
  const publishHome = createHomePublishing({ homes: options.homes, people, client: writing, clock, logger, connected });
  const drawLinks = createDrawLinks({ links: options.links, access: options.access, channelAmong: directory.among, client: writing });
  const answering = createAnswering({ show: pictures.show, sayThere: createSayThere({ publishHome, client: writing }), logger });
  const redraw = createRedraw({ answers, records: options.records, publishHome, client: writing, clock, logger });
  const form = { client: writing, redraw, logger };
  admit(app, {
    people,
    identity: () => identity,
    access: options.access,
    channelAmong: directory.among,
    openAmong: directory.openAmong,
    client: writing,
    clock,
    logger,
    onRefused: options.onRefused,
  });
  const { subscriptions, notes } = options;
  const whyNotTo = createWhyNotTo({ client: asking, access: options.access, channelAmong: directory.among });
  const openSubscription = listenToSubscriptions(app, { subscriptions, people, whyNotTo, clock, answering, ...form });
  listenToCommand(app, { answers, acts, notes, subscriptions, openSubscription, people, clock, answering });
  listenToAnswerButtons(app, { answers, acts, notes, people, clock, answering });
  const openForm = createOpenForm({ acts, records: options.records, client: writing, clock });
  listenToCardButtons(app, { acts, openForm, answering });
  listenToAccountForms(app, { openForm, answering });
  listenToHome(app, { answers, acts, subscriptions, publishHome, client: writing, clock, answering });
  listenToFindAccount(app, { answers, records: options.records, client: writing, clock, answering });
  listenToLogMessage(app, {
    records: options.records,
    places: options.places,
    people,
    identity: () => identity,
    channelName: (id) => directory.among(joined, id),
    client: writing,
    answering,
  });
  listenToLinks(app, { links: options.links, drawLinks, client: writing, logger });
  listenToJoining(app, { identity: () => identity, onJoined });
  listenToForms(app, { acts, records: options.records, people, identity: () => identity, ...form });

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
    bolt.processEvent = takingOddRequests(bolt.processEvent.bind(bolt), { logger, onRateLimited: options.onRateLimited });
    bolt.error(async (error) => logger.error({ error: withoutSecrets(error.message), code: error.code }, 'a Slack request failed'));
    return bolt;
  }

  async function onJoined(channelId: string): Promise<void> {
    await options.onJoined((await directory.among(joined, channelId)) ?? channelId, channelId);
  }

  async function join(channels: readonly string[]): Promise<void> {
    joined = channels;
    try {
      options.onChannelProblems(await directory.join(channels));
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
      show: pictures.show,
      drawLinks,
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
    async isMember(userId) {
      if (identity === null) throw new Error('Slack was not asked yet who we are');
      return refusalReason(await people.byId(userId), identity, options.access().bots) === null;
    },
    emailOf: (userId) =>
      people.byId(userId).then(
        (person) => person?.email ?? null,
        () => null,
      ),
    channelAmong: directory.among,
    connected,
    requestListener: connection.requestListener,
    async stop() {
      stopped = true;
      pictures.stop();
      await connection.close();
    },
  };
}
