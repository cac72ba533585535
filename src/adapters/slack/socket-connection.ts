import { type Logger as BoltLogger, SocketModeReceiver } from '@slack/bolt';
import { messageOf } from '../../app/errors.ts';
import type { Logger } from '../../app/ports.ts';
import type { Connection } from './connection.ts';
import { isTokenFailure } from './delivery-failure.ts';
import { slackErrorCode } from './web-client.ts';
import { SlackStartError, startError } from './workspace-identity.ts';

type SocketOptions = {
  appToken: string;
  apiUrl: string | null;
  logger: Logger;
  slackLogger: BoltLogger;
  /** Slack will not let us in again: the process should end, so that its supervisor and people notice. */
  onFatal: (error: Error) => void;
};

const helloWithinMs = 20_000;
const waitsMs = [0, 1000, 2000, 5000, 10_000, 30_000];
/** A connection that Slack ends sooner than this has failed like one that never opened: it must not be asked for again and again without a pause. */
const steadyMs = 10_000;

/**
 * Socket Mode with a reconnect loop of our own: the client's own one turns a refused reconnect into an unhandled rejection, waits five
 * seconds after each of Slack's routine disconnects, and gives up on a network that is away.
 */
export function createSocketConnection({ appToken, apiUrl, logger, slackLogger, onFatal }: SocketOptions): Connection {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: slackLogger,
    autoReconnectEnabled: false,
    // Explicit, else Socket Mode makes it 100 retries, in the object it is given.
    installerOptions: {
      clientOptions: {
        retryConfig: { retries: 0 },
        timeout: 10_000,
        rejectRateLimitedCalls: true,
        ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
      },
    },
  });
  const socket = receiver.client;
  let state: 'idle' | 'connecting' | 'connected' | 'closed' = 'idle';
  let timer: NodeJS.Timeout | undefined;
  let steady: NodeJS.Timeout | undefined;
  /** Why Slack ends the connection, as it says itself. */
  let reason: string | null = null;
  let failures = 0;
  let attempt: Promise<void> = Promise.resolve();

  socket.on('connected', () => {
    if (state === 'closed') return;
    state = 'connected';
    steady = setTimeout(() => {
      failures = 0;
    }, steadyMs).unref();
    logger.info({}, 'connected to Slack');
  });
  // What the client cannot read (an event without an event, as `app_rate_limited`) rejects where nobody waits for it, which would end the process.
  const readers = socket.listeners('ws_message');
  socket.removeAllListeners('ws_message');
  socket.on('ws_message', (message: unknown, ...rest: unknown[]) => {
    reason = disconnectReason(message) ?? reason;
    for (const read of readers)
      Promise.try(read, message, ...rest).catch((error: unknown) => logger.warn({ error: messageOf(error) }, 'Slack sent what cannot be read'));
  });
  socket.on('disconnected', () => {
    if (state !== 'connected') return;
    state = 'connecting';
    clearTimeout(steady);
    const advice = advices[reason ?? ''];
    if (advice === undefined) logger.info({ reason }, 'Slack closed the connection');
    else logger.warn({ reason }, `Slack closed the connection: ${advice}`);
    reason = null;
    reconnectLater();
  });

  function connect(): Promise<void> {
    attempt = connectOnce();
    return attempt;
  }

  async function connectOnce(): Promise<void> {
    state = 'connecting';
    const hello = Promise.withResolvers<never>();
    const patience = setTimeout(() => hello.reject(new Error('Slack did not say hello in time')), helloWithinMs);
    try {
      await Promise.race([socket.start(), hello.promise]);
    } catch (error) {
      // A socket that is open and silent would stay so.
      void socket.disconnect().catch(() => {});
      throw error ?? new Error('the connection to Slack broke before its hello');
    } finally {
      clearTimeout(patience);
    }
  }

  function reconnectLater(): void {
    const wait = waitsMs[Math.min(failures, waitsMs.length - 1)] ?? 0;
    failures += 1;
    timer = setTimeout(() => {
      void connect().catch((error: unknown) => {
        if (state === 'closed') return;
        if (isTokenFailure(slackErrorCode(error))) {
          state = 'closed';
          onFatal(startError(error, 'SLACK_APP_TOKEN'));
          return;
        }
        logger.warn({ error: messageOf(error), failures }, 'cannot reconnect to Slack yet');
        reconnectLater();
      });
    }, wait);
  }

  return {
    receiver,
    requestListener: null,
    async open() {
      try {
        await connect();
      } catch (error) {
        state = 'closed';
        throw error instanceof SlackStartError ? error : startError(error, 'SLACK_APP_TOKEN');
      }
    },
    connected: () => state === 'connected',
    async close() {
      const wasOpen = state === 'connected' || state === 'connecting';
      state = 'closed';
      clearTimeout(timer);
      clearTimeout(steady);
      if (!wasOpen) return;
      // A connection that is under way would outlive us; of one that fails nothing is left.
      const ended = attempt.then(
        () => socket.disconnect(),
        () => undefined,
      );
      // Slack may never answer, nor end the closing handshake.
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2000).unref())]);
    },
  };
}

/** What a person can do about it; Slack's routine reasons have none. https://docs.slack.dev/apis/events-api/using-socket-mode */
const advices: Partial<Record<string, string>> = {
  link_disabled: 'Socket Mode is switched off in the Slack app (api.slack.com/apps → your app → Socket Mode)',
  too_many_websockets: 'too many programs are connected with this app; stop the others, or give them an app of their own',
};

function disconnectReason(message: unknown): string | null {
  if (typeof message !== 'string' || message.length > 1000 || !/"type":\s*"disconnect"/.test(message)) return null;
  return /"reason":\s*"(\w+)"/.exec(message)?.[1] ?? null;
}
