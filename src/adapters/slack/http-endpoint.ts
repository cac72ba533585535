import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Logger as BoltLogger, HTTPReceiver } from '@slack/bolt';
import type { Clock } from '../../app/ports.ts';
import { minuteMs } from '../../core/time.ts';
import type { Connection } from './connection.ts';

const slackPath = '/slack/events';
const formType = 'application/x-www-form-urlencoded';
const clockSlackMs = 5 * minuteMs;

/** Slack over HTTP, without a server of its own: ours hands its requests here with their body unread. */
export function createHttpEndpoint({
  signingSecret,
  slackLogger,
  clock,
}: {
  signingSecret: string;
  slackLogger: BoltLogger;
  clock: Clock;
}): Connection {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: [slackPath], logger: slackLogger, bodyLimit: 1024 * 1024 });
  return {
    receiver,
    open: async () => {},
    connected: () => true,
    close: async () => {},
    requestListener(request, response) {
      // HTTPReceiver refuses old timestamps and takes future ones, which could be replayed for as long as they lie ahead.
      if (Number(request.headers['x-slack-request-timestamp']) * 1000 > clock.now() + clockSlackMs) return end(response, 401);
      // It knows the form type only without a charset behind it.
      if (request.headers['content-type']?.startsWith(formType) === true) request.headers['content-type'] = formType;
      try {
        receiver.requestListener(request as IncomingMessage, response as ServerResponse & { req: IncomingMessage });
      } catch {
        // It throws synchronously for paths and methods that are not its own.
        end(response, 404);
      }
    },
  };
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status);
  response.end();
}
