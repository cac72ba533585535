import type { Event } from './pipedrive-records.ts';

export type WebhookOptions = { user: string; password: string; now: () => number; timeoutMs: number };
/** How events go out: in what order, how often, and which are lost on the way. */
export type Sending = { to: string; order?: (events: Event[]) => Event[]; times?: number; lose?: (event: Event, index: number) => boolean };
type Due = { event: Event; attempt: number; at: number };

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;
/** After the first attempt, by Pipedrive's guide for webhooks v2. */
const retriesAfter = [3 * second, 30 * second, 150 * second];
const banAfter = 10;

/**
 * How Pipedrive delivers: 10 s to answer 2xx; three more attempts after 3, 30 and 150 s; ten failed first attempts ban the webhook for 30 minutes, whose events
 * are lost; three days without a success delete it.
 */
export function createPipedriveWebhooks({ user, password, now, timeoutMs }: WebhookOptions) {
  let due: Due[] = [];
  let lastSuccessAt = now();
  let bannedUntil = Number.NEGATIVE_INFINITY;
  const state = { banCount: 0, deleted: false, lost: 0, attempts: [] as number[] };

  const banned = (): boolean => now() < bannedUntil;
  async function attempt({ event, attempt: count }: Due, to: string): Promise<number> {
    state.attempts.push(count);
    const response = await fetch(to, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
      body: JSON.stringify({ ...event, meta: { ...event.meta, attempt: count } }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(() => null);
    await response?.arrayBuffer();
    return response?.status ?? 0;
  }
  function failed(one: Due): void {
    if (one.attempt === 1) {
      state.banCount += 1;
      if (state.banCount >= banAfter) {
        bannedUntil = now() + 30 * minute;
        state.banCount = 0;
      }
    }
    if (now() - lastSuccessAt >= 3 * day) state.deleted = true;
    const wait = retriesAfter[one.attempt - 1];
    if (wait !== undefined) due.push({ event: one.event, attempt: one.attempt + 1, at: now() + wait });
    else state.lost += 1;
  }

  return {
    state,
    banned,
    waiting: () => due.length,
    nextAt: (): number | null => due.reduce<number | null>((first, { at }) => (first === null || at < first ? at : first), null),
    /** Sends what is new, and what is to be tried again by now. Resolves with the answers' codes. */
    async send(fresh: Event[], { to, order = (events) => events, times = 1, lose = () => false }: Sending): Promise<number[]> {
      const arriving = Array.from({ length: times }, () => order(fresh.filter((event, index) => !lose(event, index)))).flat();
      const ready = [...due.filter(({ at }) => at <= now()), ...arriving.map((event): Due => ({ event, attempt: 1, at: now() }))];
      due = due.filter(({ at }) => at > now());
      const codes: number[] = [];
      for (const one of ready) {
        if (state.deleted || banned()) {
          state.lost += 1;
          continue;
        }
        const code = await attempt(one, to);
        codes.push(code);
        if (code >= 200 && code <= 299) lastSuccessAt = now();
        else failed(one);
      }
      return codes;
    },
  };
}
