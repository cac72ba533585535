import type { IncomingHttpHeaders } from 'node:http';
import type { webApi } from '@slack/bolt';
import { type Dispatcher, getGlobalDispatcher } from 'undici';

type Answer = Awaited<ReturnType<webApi.FetchFunction>>;
type Beginning = { status: number; statusText: string; headers: IncomingHttpHeaders };

/**
 * What Slack's clients call instead of `fetch`: a web Response, its streams and its signal cost as much of a call as all the rest, and what undici's
 * `request` makes of one outlives the collections of young garbage. The answer is there when all of it is. Redirects are not followed and come back as they
 * are, which the clients refuse. Rejects where the connection fails, with undici's or the system's `code`, and when `signal` aborts.
 * https://undici.nodejs.org/#/docs/api/Dispatcher?id=dispatcherdispatchoptions-handler
 */
export const slackFetch: webApi.FetchFunction = (url, { method = 'GET', headers = {}, body, signal } = {}) =>
  new Promise((resolve, reject) => {
    const { origin, pathname, search } = new URL(url);
    let call: Dispatcher.DispatchController | undefined;
    let beginning: Beginning = { status: 0, statusText: '', headers: {} };
    const chunks: Buffer[] = [];
    const abort = (): void => {
      call?.abort(signal?.reason);
      reject(signal?.reason);
    };
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    getGlobalDispatcher().dispatch(
      { origin, path: pathname + search, method, headers, ...(body === undefined ? {} : { body }) },
      {
        onRequestStart(controller) {
          call = controller;
          if (signal?.aborted) controller.abort(signal.reason);
        },
        onResponseStart(_controller, status, answered, statusText = '') {
          beginning = { status, statusText, headers: answered };
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          signal?.removeEventListener('abort', abort);
          resolve(answerOf(String(url), beginning, Buffer.concat(chunks)));
        },
        onResponseError(_controller, error) {
          signal?.removeEventListener('abort', abort);
          reject(error);
        },
      },
    );
  });

function answerOf(url: string, { status, statusText, headers }: Beginning, body: Buffer<ArrayBuffer>): Answer {
  const headerOf = (name: string): string | null => {
    const value = headers[name.toLowerCase()];
    return value === undefined ? null : String(value);
  };
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText,
    url,
    headers: {
      get: headerOf,
      entries: () => Object.keys(headers).map((name): [string, string] => [name, headerOf(name) ?? '']),
    },
    arrayBuffer: async () => body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength),
    json: async () => JSON.parse(body.toString()),
    text: async () => body.toString(),
  };
}
