import type { webApi } from '@slack/bolt';
import { request } from 'undici';

/**
 * What Slack's clients call instead of `fetch`: a web Response, its streams and its signal cost as much of a call as all the rest. Redirects are not followed
 * and come back as they are, which the clients refuse. Rejects where the connection fails, with undici's or the system's `code`, and when `signal` aborts.
 * https://undici.nodejs.org/#/docs/api/Dispatcher?id=dispatcherrequestoptions-callback
 */
export const slackFetch: webApi.FetchFunction = async (url, { method = 'GET', headers = {}, body, signal } = {}) => {
  const answer = await request(url, { method, headers, ...(body === undefined ? {} : { body }), ...(signal === undefined ? {} : { signal }) });
  const { statusCode: status, statusText, headers: answered, body: said } = answer;
  const headerOf = (name: string): string | null => {
    const value = answered[name.toLowerCase()];
    return value === undefined ? null : String(value);
  };
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText,
    url: String(url),
    headers: {
      get: headerOf,
      entries: () => Object.keys(answered).map((name): [string, string] => [name, headerOf(name) ?? '']),
    },
    arrayBuffer: () => said.arrayBuffer(),
    json: () => said.json(),
    text: () => said.text(),
  };
};
