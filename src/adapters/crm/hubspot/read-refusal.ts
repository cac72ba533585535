import { minuteMs } from '../../../core/time.ts';

/** What HubSpot means by an answer that is none: everybody is to wait, somebody has to mend something, or nobody can do anything about it. */
export type Refusal = { reason: string } & (
  | { kind: 'limited'; pauseMs: number }
  | { kind: 'token' }
  | { kind: 'scope'; scopes: string[] }
  | { kind: 'unwell'; retryAfterMs: number | null }
  | { kind: 'dead' }
);

/** `where`: the path that was asked for, without its query. */
export function readRefusal(response: Response, answer: unknown, where: string): Refusal {
  const { status } = response;
  const retryAfterMs = retryAfterOf(response);
  switch (true) {
    case status === 429: {
      const daily = textAt(answer, 'policyName').includes('DAILY');
      // The daily allowance comes back at midnight in the account's zone, which the answer does not tell: look once an hour.
      return {
        kind: 'limited',
        pauseMs: retryAfterMs ?? (daily ? 60 * minuteMs : 10_000),
        reason: daily ? "HubSpot's daily limit is reached" : "HubSpot's rate limit is reached",
      };
    }
    case status === 401:
      return { kind: 'token', reason: 'HubSpot refuses the access token (401)' };
    case status === 403: {
      const scopes = [...new Set(JSON.stringify(answer ?? null).match(/crm\.[a-z_.]+\.read|sales-email-read/g))];
      const which = scopes.length === 0 ? 'a scope' : `the scope ${scopes.join(' or ')}`;
      return { kind: 'scope', scopes, reason: `HubSpot refuses ${where} (403): the access token lacks ${which}` };
    }
    // 423: an import holds the account's lock; 477: the account is being moved to another data centre.
    case status >= 500 || [408, 423, 477].includes(status) || response.ok:
      return { kind: 'unwell', retryAfterMs, reason: `HubSpot is unwell (${status})` };
    // Not HubSpot but what stands before it: what it says of a body is not believed.
    case status === 404 && answer === undefined:
      return { kind: 'unwell', retryAfterMs, reason: "What answers is not HubSpot's API (404)" };
    default:
      return { kind: 'dead', reason: `HubSpot refuses ${where} (${status} ${textAt(answer, 'category')})` };
  }
}

const textAt = (answer: unknown, name: string): string => {
  const found = typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>)[name] : undefined;
  return typeof found === 'string' ? found : '';
};

/** Seconds; HubSpot sends no dates here. An hour at the most: a mistake must not silence us for a day. */
function retryAfterOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(60 * minuteMs, Math.max(1, seconds) * 1_000) : null;
}
