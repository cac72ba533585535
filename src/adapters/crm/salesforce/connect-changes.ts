import type { Connection } from 'jsforce/lib/connection.js';

/** Salesforce does not know the replay id (any more): it keeps events for 72 hours. */
export class InvalidReplayError extends Error {
  override readonly name = 'InvalidReplayError';
}

export type ChangesConnection = {
  /** With a token of its own. */
  connection: Connection;
  channel: string;
  replayId: number;
  stopping: AbortSignal;
  onSubscribed(): void;
  /** `fail` ends the connection. */
  onMessage(message: unknown, fail: (error: unknown) => void): void;
};

/**
 * One CometD connection through jsforce's streaming, for as long as it is well. Its client (faye) would go on by itself, with an expired token and from
 * wherever it believes to be, and keeps a refused subscription to itself (jsforce issue 1061): so whatever is wrong ends the connection here.
 */
export async function connectChanges({ connection, channel, replayId, stopping, onSubscribed, onMessage }: ChangesConnection): Promise<void> {
  const { Streaming, StreamingExtension } = await import('jsforce/lib/api/streaming.js');
  const ended = Promise.withResolvers<void>();
  let isOver = false;
  const fail = (error: unknown): void => {
    isOver = true;
    ended.reject(error);
  };
  const watch = {
    /** A message that is not passed on is as if it had not come: faye draws no conclusions from it. */
    incoming(message: CometdMessage, pass: (message: CometdMessage) => void): void {
      if (isOver) return;
      const complaint = complaintOf(message);
      if (complaint !== null) {
        fail(complaint);
        return;
      }
      if (message.channel === '/meta/subscribe') onSubscribed();
      pass(message);
    },
  };
  const client = new Streaming(connection).createClient([watch, new StreamingExtension.Replay(channel, replayId)]) as FayeClient;
  leaveOutCookiesOfOthers(client._dispatcher.cookies);
  const onStop = (): void => {
    isOver = true;
    ended.resolve();
  };
  if (stopping.aborted) onStop();
  else stopping.addEventListener('abort', onStop);
  client.on('transport:down', () => fail(new Error('the connection is down')));
  client.subscribe(channel, (message) => {
    if (!isOver) onMessage(message, fail);
  });
  try {
    await ended.promise;
  } finally {
    stopping.removeEventListener('abort', onStop);
    hangUp(client);
  }
}

type CometdMessage = {
  channel?: string;
  successful?: boolean;
  error?: string;
  advice?: { reconnect?: string };
  ext?: { sfdc?: { failureReason?: string } };
};

function complaintOf({ channel, successful, error, advice, ext }: CometdMessage): Error | null {
  if (channel === undefined) return new Error('an answer that is not CometD');
  const reason = ext?.sfdc?.failureReason ?? error ?? `${channel} failed`;
  if (successful === false) return channel === '/meta/subscribe' && /replay ?id/i.test(reason) ? new InvalidReplayError(reason) : new Error(reason);
  const isTold = advice?.reconnect === 'none' || advice?.reconnect === 'handshake';
  return isTold && channel !== '/meta/handshake' ? new Error(error ?? 'Salesforce wants a new connection') : null;
}

type CookieJar = { setCookieSync(cookie: unknown, url: string): unknown };

/**
 * A cookie that is for another host (a gateway in between, a domain that Salesforce shares) ends the whole program: the jar refuses it by throwing,
 * where only the connection's events could catch that. It is left out, as a browser does.
 */
function leaveOutCookiesOfOthers(jar: CookieJar): void {
  const keep = jar.setCookieSync.bind(jar);
  jar.setCookieSync = (cookie, url) => {
    try {
      return keep(cookie, url);
    } catch {
      return undefined;
    }
  };
}

/** What is used of faye's client, which has no types of its own; the parts with an underscore are what it takes to make it let go. */
type FayeClient = {
  on(event: 'transport:down', listener: () => void): void;
  subscribe(channel: string, listener: (message: unknown) => void): void;
  disconnect(): unknown;
  _dispatcher: {
    close(): void;
    cookies: CookieJar;
    _envelopes: Map<string, { timer?: NodeJS.Timeout | null; request?: PromiseLike<{ abort?(): unknown } | undefined> | null }>;
  };
};

/** Tells Salesforce, and leaves neither a request that waits for two minutes nor a timer that tries again. */
function hangUp(client: FayeClient): void {
  const { _dispatcher: dispatcher } = client;
  for (const { timer, request } of dispatcher._envelopes.values()) {
    if (timer) clearTimeout(timer);
    request?.then((sent) => sent?.abort?.());
  }
  dispatcher._envelopes.clear();
  client.disconnect();
  for (const { timer } of dispatcher._envelopes.values()) timer?.unref();
  dispatcher.close();
}
