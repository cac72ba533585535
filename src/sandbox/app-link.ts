import type { DispatchError } from './sandbox.ts';

/** What the app acknowledged with; an empty acknowledgement is undefined. */
export type Delivery = { ok: true; payload: unknown } | { ok: false; error: DispatchError };

export type RequestKind = 'slash_commands' | 'interactive';

/** The way to the app: Socket Mode or HTTP. */
export type AppLink = {
  connections(): number;
  /** A click or a command: sent once, answered within three seconds or lost. */
  request(kind: RequestKind, payload: Record<string, unknown>): Promise<Delivery>;
  /** An event: sent again until acknowledged or given up. Resolves with whether it was acknowledged. */
  event(payload: Record<string, unknown>): Promise<boolean>;
  close(): void | Promise<void>;
};

/** Slack sends an event at most four times: at once, at once again, after a minute, after five. */
export const defaultRetryDelaysMs: readonly number[] = [0, 60_000, 300_000];

export type Attempt = { number: number; reason: string };
export type Pauses = { wait(ms: number): Promise<boolean>; end(): void };

/** Waits that end early, with false, when the sandbox closes; they keep no process alive. */
export function createPauses(): Pauses {
  const ends = new Set<() => void>();
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const finish = (waited: boolean): void => {
          clearTimeout(timer);
          ends.delete(stop);
          resolve(waited);
        };
        const stop = (): void => finish(false);
        const timer = setTimeout(() => finish(true), ms);
        timer.unref();
        ends.add(stop);
      }),
    end() {
      for (const stop of [...ends]) stop();
    },
  };
}

/** Sends until `send` gives no reason to send again, or the delays are used up. */
export async function sendWithRetries(
  send: (attempt: Attempt) => Promise<string | undefined>,
  delaysMs: readonly number[],
  pauses: Pauses,
): Promise<boolean> {
  let reason = await send({ number: 0, reason: '' });
  for (const [index, delay] of delaysMs.entries()) {
    if (reason === undefined) return true;
    if (!(await pauses.wait(delay))) return false;
    reason = await send({ number: index + 1, reason });
  }
  return reason === undefined;
}
