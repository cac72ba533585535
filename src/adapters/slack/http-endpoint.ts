import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { type Logger as BoltLogger, HTTPReceiver } from '@slack/bolt';
import type { Clock } from '../../app/ports.ts';
import { minuteMs } from '../../core/time.ts';
import type { Connection } from './connection.ts';

const slackPath = '/slack/events';
const formType = 'application/x-www-form-urlencoded';
const clockSlackMs = 5 * minuteMs;
const bodyLimit = 1024 * 1024;

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
  const receiver = new HTTPReceiver({ signingSecret, endpoints: [slackPath], logger: slackLogger, bodyLimit });
  return {
    receiver,
    open: async () => {},
    connected: () => true,
    close: async () => {},
    requestListener(request, response) {
      // HTTPReceiver refuses old timestamps and takes future ones, which could be replayed for as long as they lie ahead.
      if (Number(request.headers['x-slack-request-timestamp']) * 1000 > clock.now() + clockSlackMs) return end(response, 401);
      // It knows the form type only in small letters, without a charset behind it.
      if (request.headers['content-type']?.toLowerCase().startsWith(formType) === true) request.headers['content-type'] = formType;
      void read(request).then(
        (rawBody) => {
          if (rawBody === null) return refuseTheRest(request, response);
          // It reads fields of whatever JSON it gets: of `null` that is a rejection that nobody can catch, and the end of the process.
          if (isNull(rawBody.toString(), request.headers['content-type'])) return end(response, 400);
          try {
            receiver.requestListener(Object.assign(request, { rawBody }), response as ServerResponse & { req: IncomingMessage });
          } catch {
            // It throws synchronously for paths and methods that are not its own.
            end(response, 404);
          }
        },
        // Whoever sends went away in the middle.
        () => end(response, 400),
      );
    },
  };
}

/** Null: it is larger than the limit. */
async function read(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // What is still to come is left unread, and the socket open for the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > bodyLimit) return null;
  }
  return Buffer.concat(chunks);
}

/** As JSON, or as a form's payload. */
function isNull(body: string, contentType: string | undefined): boolean {
  const json = contentType === formType ? parse(body).payload : body;
  return typeof json === 'string' && json.trim() === 'null';
}

/** What is still to come of the body must not be taken for the next request on the connection. */
function refuseTheRest(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.setHeader('connection', 'close');
  end(response, 413);
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status);
  response.end();
}
