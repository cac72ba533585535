import type { FastifyInstance } from 'fastify';
import type { Changed } from './salesforce-records.ts';

type Message = { channel: string; id?: string; clientId?: string; subscription?: string; ext?: { replay?: Record<string, number> } };
type Client = { subscribed: boolean; last: number; wake: (() => void) | null };
type Event = { replayId: number; payload: unknown };

/** Objects that somebody selected under Change Data Capture: five are free. */
const captured = ['Opportunity', 'OpportunityContactRole', 'Contact', 'Task', 'Event'];

export type CometdOptions = { isValid: (authorization: string | undefined) => boolean };

/** The streaming endpoint: Bayeux over long polling, with Salesforce's replay extension, for change events. */
export function addCometdServer(app: FastifyInstance, { isValid }: CometdOptions) {
  const channel = '/data/ChangeEvents';
  const clients = new Map<string, Client>();
  const subscriptions: number[] = [];
  const pollMs = 200;
  let events: Event[] = [];
  let lastReplay = 1_000;
  let firstKept = 1_000;
  let lastClient = 0;
  let sequence = 0;

  const publish = (payload: unknown): void => {
    lastReplay += 1;
    events.push({ replayId: lastReplay, payload });
    for (const { wake } of clients.values()) wake?.();
  };
  const header = (entityName: string, recordIds: string[], changeType: string, commitTimestamp: number) => {
    sequence += 1;
    return {
      ChangeEventHeader: {
        entityName,
        recordIds,
        changeType,
        changeOrigin: 'com/salesforce/api/rest/62.0',
        transactionKey: `0000-${String(sequence).padStart(6, '0')}`,
        sequenceNumber: 1,
        commitTimestamp,
        commitNumber: sequence,
        commitUser: '005000000000001AAA',
        nulledFields: [],
        diffFields: [],
        changedFields: [],
      },
    };
  };
  const due = (client: Client): Event[] => (client.subscribed ? events.filter(({ replayId }) => replayId > client.last) : []);
  const denied = {
    ext: { sfdc: { failureReason: '401::Authentication invalid' }, replay: true },
    advice: { reconnect: 'none' },
    error: '403::Handshake denied',
    successful: false,
  };

  // faye sends some kinds of messages to an address of their own.
  for (const kind of ['', '/handshake', '/connect', '/disconnect']) {
    app.post(`/cometd/62.0${kind}`, async (request, reply) => {
      // As Salesforce does: one for its whole domain, one for this host, and nobody knows what a gateway adds.
      reply.header('set-cookie', ['BrowserId=x; domain=.salesforce.com; path=/', 'BAYEUX_BROWSER=y; Path=/; HttpOnly', '']);
      const answers: unknown[] = [];
      for (const message of [request.body].flat() as Message[])
        answers.push(...(await answer(message, () => isValid(request.headers.authorization))));
      return answers;
    });
  }

  async function answer(message: Message, isAllowed: () => boolean): Promise<unknown[]> {
    const { id, clientId = '' } = message;
    const client = clients.get(clientId);
    switch (message.channel) {
      case '/meta/handshake': {
        if (!isAllowed()) return [{ id, channel: message.channel, ...denied }];
        lastClient += 1;
        const fresh = `client${lastClient}`;
        clients.set(fresh, { subscribed: false, last: lastReplay, wake: null });
        return [
          {
            id,
            channel: message.channel,
            clientId: fresh,
            version: '1.0',
            minimumVersion: '1.0',
            supportedConnectionTypes: ['long-polling'],
            successful: true,
            ext: { replay: true },
          },
        ];
      }
      case '/meta/subscribe': {
        if (client === undefined || !isAllowed())
          return [{ id, channel: message.channel, clientId, successful: false, error: '403::Unknown client' }];
        const replay = message.ext?.replay?.[channel] ?? -1;
        if (message.subscription !== channel)
          return [
            { id, channel: message.channel, clientId, subscription: message.subscription, successful: false, error: '403::You don’t have access' },
          ];
        if (replay >= 0 && (replay < firstKept || replay > lastReplay))
          return [
            {
              id,
              channel: message.channel,
              clientId,
              subscription: channel,
              successful: false,
              error: `400::The replayId {${replay}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`,
            },
          ];
        subscriptions.push(replay);
        Object.assign(client, { subscribed: true, last: replay === -2 ? 0 : replay === -1 ? lastReplay : replay });
        return [{ id, channel: message.channel, clientId, subscription: channel, successful: true }];
      }
      case '/meta/connect': {
        if (client === undefined)
          return [
            {
              id,
              channel: message.channel,
              clientId,
              successful: false,
              error: '403::Unknown client',
              advice: { reconnect: 'handshake', interval: 0 },
            },
          ];
        if (due(client).length === 0) await somethingOr(client, pollMs);
        if (!isAllowed())
          return [{ id, channel: message.channel, clientId, successful: false, error: '401::Authentication invalid', advice: { reconnect: 'none' } }];
        const found = due(client);
        client.last = found.at(-1)?.replayId ?? client.last;
        const told = found.map(({ replayId, payload }) => ({ channel, clientId, data: { schema: 'x', payload, event: { replayId } } }));
        return [...told, { id, channel: message.channel, clientId, successful: true, advice: { reconnect: 'retry', interval: 0, timeout: 110_000 } }];
      }
      default:
        clients.delete(clientId);
        client?.wake?.();
        return [{ id, channel: message.channel, clientId, successful: true }];
    }
  }

  const somethingOr = (client: Client, ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      client.wake = () => {
        clearTimeout(timer);
        client.wake = null;
        resolve();
      };
    });

  return {
    /** Where clients asked to begin. */
    subscriptions,
    note({ object, id, change, at }: Changed): void {
      if (captured.includes(object)) publish(header(object, [id], change, at));
    },
    /** Salesforce could not tell what changed. */
    gap(object: string, ids: string[], change: string, at: number): void {
      publish(header(object, ids, change, at));
    },
    publish,
    /** 72 hours go by. */
    forget(): void {
      events = [];
      lastReplay += 10;
      firstKept = lastReplay;
    },
    lastReplay: () => lastReplay,
    clients: () => clients.size,
    /** Whether every client has been told everything and has come back for more. */
    areToldAll: () => [...clients.values()].every(({ last, wake }) => last === lastReplay && wake !== null),
    /** A restart on their side: all clients are unknown. */
    dropClients(): void {
      for (const { wake } of clients.values()) wake?.();
      clients.clear();
    },
  };
}
