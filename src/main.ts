import { randomUUID } from 'node:crypto';
import { signalsInbox } from './adapters/crm/signals/signals-source.ts';
import { slackInbox } from './adapters/crm/slack-entries/slack-inbox.ts';
import { createDigestSchedule } from './adapters/cron.ts';
import { createHttpServer } from './adapters/http.ts';
import { createMetrics } from './adapters/metrics.ts';
import { createSlack } from './adapters/slack/app.ts';
import { openStore } from './adapters/store/open-store.ts';
import { messageOf } from './app/errors.ts';
import { createHomes } from './app/home.ts';
import { createHomeHealth } from './app/home-health.ts';
import { pastOf } from './app/learn.ts';
import { createLinks } from './app/link.ts';
import { createMessagePlaces } from './app/link-message.ts';
import type { Clock, Logger, Store } from './app/ports.ts';
import { loadConfigFile } from './config/load-config.ts';
import { formatProblems } from './config/problem.ts';
import { watchConfig } from './config/watch-config.ts';
import { createConnecting } from './connecting.ts';
import { channelsOf } from './core/alerts/channels-of.ts';
import { detectors } from './core/detectors/index.ts';
import type { JourneyConfig } from './core/journey/journey-map.ts';
import { crmsOf, linksOf } from './crms.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { createHealth } from './health.ts';
import { createLogger } from './logger.ts';
import { createMapInForce } from './map-in-force.ts';
import { createNotices } from './notices.ts';
import { runStreams } from './run-streams.ts';
import { breathe, createWork, type Work } from './work.ts';

export type BotOptions = {
  /** The variables of interface.md, as strings. */
  environment: Record<string, string | undefined>;
  clock?: Clock;
  /** Slack will not let the bot in again: end the process. */
  onFatal?: (error: Error) => void;
};

export type Bot = {
  /** Where webhooks go. */
  url: string;
  /** Resolves when all that came in is processed and said. */
  idle(): Promise<void>;
  /** No new work, finish what is under way, let go of everything. Within ten seconds. */
  close(): Promise<void>;
};

/** Why the bot cannot start, for people: print the message and exit 1. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/**
 * Starts the bot: reads environment and journey.yml, opens the store, connects Slack, listens. Nothing is left behind when it fails.
 * @throws StartError
 */
export async function startBot({ environment: raw, clock = { now: Date.now }, onFatal }: BotOptions): Promise<Bot> {
  const read = readEnvironment(raw);
  if (!read.ok) throw new StartError(read.message);
  const environment = read.environment;
  const logger = createLogger(environment);
  const loaded = await loadConfigFile(environment.JOURNEY_CONFIG, { detectors });
  if (!loaded.ok) throw new StartError(`The journey map has mistakes:\n${formatProblems(loaded.problems)}`);
  const store = await openStore(environment.DATABASE_URL).catch((error: unknown) => {
    throw new StartError(messageOf(error), { cause: error });
  });
  try {
    return await startOn(store, loaded, { environment, clock, logger, onFatal: onFatal ?? (() => undefined) });
  } catch (error) {
    await store.close();
    throw error instanceof StartError ? error : new StartError(messageOf(error), { cause: error });
  }
}

type Context = { environment: Environment; clock: Clock; logger: Logger; onFatal: (error: Error) => void };

async function startOn(
  store: Store,
  { config: first, text }: { config: JourneyConfig; text?: string },
  { environment, clock, logger, onFatal }: Context,
): Promise<Bot> {
  const past = await pastOf(store);
  const map = createMapInForce({ store, first, past, clock, logger, newId: randomUUID, breathe, onDue: () => work.look() });
  const { config } = map;
  let backlog = 0;
  const metrics = createMetrics({ store, slackConnected: () => slack.connected(), now: () => clock.now() });
  const ending = new AbortController();
  const crms = await crmsOf(environment, { clock, logger, onIgnored: metrics.eventIgnored, stopping: ending.signal });
  const readers = await linksOf(environment);
  const sources = crms.flatMap(({ webhooks }) => webhooks ?? []);
  const schedule = createDigestSchedule(() => work.digest(), breathe);
  const work: Work = createWork({
    store,
    sources: [...sources, ...(sources.some(({ source }) => source === 'signals') ? [] : [signalsInbox]), slackInbox],
    crms,
    notifier: () => slack.notifier,
    emailOf: (userId) => slack.emailOf(userId),
    isMember: (userId) => slack.isMember(userId),
    channelAmong: (channels, id) => slack.channelAmong(channels, id),
    schedule,
    config,
    mapFile: environment.JOURNEY_CONFIG,
    onLearned: map.learn,
    clock,
    logger,
    metrics,
    newId: randomUUID,
  });
  const notices = createNotices({ store, config, clock, logger, onDue: () => work.look() });
  const slack = createSlack({
    botToken: environment.SLACK_BOT_TOKEN,
    way:
      environment.SLACK_APP_TOKEN !== undefined
        ? { mode: 'socket', appToken: environment.SLACK_APP_TOKEN }
        : { mode: 'http', signingSecret: environment.SLACK_SIGNING_SECRET ?? '' },
    apiUrl: environment.SLACK_API_URL ?? null,
    answers: work.answers,
    acts: work.acts,
    records: work.records,
    notes: work.notes,
    subscriptions: work.subscriptions,
    pictures: store,
    homes: createHomes({
      store,
      subscriptionsOf: work.subscriptions.subscriptionsOf,
      config,
      health: createHomeHealth({ store, sources: crms.map(({ source }) => source), config, clock }),
    }),
    places: createMessagePlaces({ store }),
    links: createLinks({ store, readers, answers: work.answers, clock, newId: randomUUID }),
    access: () => config().access,
    clock,
    logger,
    onChannelProblems: notices.channelProblems,
    onJoined: notices.joined,
    onRefused: notices.refusal,
    onRateLimited(minute) {
      metrics.slackLimited();
      notices.slackLimited(minute);
    },
    onFatal,
  });
  const http = createHttpServer({
    sources: sources.filter(({ closed }) => closed !== true),
    store,
    clock,
    logger,
    health: createHealth({ store, slack, clock }),
    metrics,
    ...(slack.requestListener === null ? {} : { slackListener: slack.requestListener }),
    onAccepted: (source) => work.accepted(source),
    backlog: () => backlog,
  });
  const stopWatching = watchConfig({
    path: environment.JOURNEY_CONFIG,
    ...(text === undefined ? {} : { known: text }),
    detectors,
    onLoaded: (loaded) => {
      takeOver(loaded).catch((error: unknown) => logger.error({ err: error }, 'a new journey map is in force, but not everything follows it yet'));
    },
    onRefused: notices.refusedConfig,
    onFailed: (error) => logger.error({ err: error }, 'a changed journey map could not be taken over; the next change is tried again'),
  });

  const connecting = createConnecting({ start: () => slack.start(channelsOf(config())), stopping: ending.signal, logger, onFatal });
  let streams: Promise<void> = Promise.resolve();
  const url = await open().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  work.start();
  streams = runStreams({
    crms,
    store,
    clock,
    logger,
    onAccepted: (source) => work.accepted(source),
    onGap: (source) => work.compare(source),
    stopping: ending.signal,
  });
  const counting = setInterval(() => void countBacklog(), 1000).unref();
  logger.info({ url, sources: sources.map((source) => source.path), maps: first.maps.map(({ key }) => key) }, 'journey-bot is ready');

  return {
    url,
    idle: () => work.idle(),
    async close() {
      clearInterval(counting);
      await stop();
      await store.close();
    },
  };

  /** Nothing begins any more, and what is under way has ended. */
  async function stop(): Promise<void> {
    stopWatching();
    schedule.stop();
    await http.close();
    // A CRM that is slow to answer must not hold the stop up: its rows stay in the inbox.
    ending.abort();
    await streams;
    await map.stop();
    await work.stop();
    await slack.stop();
  }

  async function open(): Promise<string> {
    const released = await store.releaseLeases();
    if (released > 0) logger.info({ deliveries: released }, 'deliveries of a former run are looked up and sent');
    await map.follow();
    schedule.follow(config().digests);
    const { HOST: host, PORT: port } = environment;
    const { url: bound } = await http.listen({ host, port }).catch((error: unknown) => {
      throw new StartError(`Cannot listen on ${host}:${port}: ${messageOf(error)}`, { cause: error });
    });
    await connecting.connect();
    return bound;
  }

  async function takeOver(loaded: JourneyConfig): Promise<void> {
    map.replace(loaded);
    logger.info({ version: loaded.version }, 'journey.yml was changed and is in force now');
    notices.tookConfigOver();
    schedule.follow(loaded.digests);
    await map.follow();
    work.look();
    await slack.join(channelsOf(loaded));
  }

  async function countBacklog(): Promise<void> {
    backlog = await store.inboxBacklog().then(
      ({ pending }) => pending,
      () => backlog,
    );
  }
}
