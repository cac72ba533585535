import type { EpochMs } from '../../core/time.ts';

export type TokenBucket = {
  /** Takes one token; or says, in whole seconds, when there will be one. */
  take(now: EpochMs): { ok: true } | { ok: false; retryAfterSeconds: number };
};

/** Lets `burst` requests through at once and `perSecond` in the long run. A clock that goes back adds nothing. */
export function createTokenBucket({ perSecond, burst }: { perSecond: number; burst: number }): TokenBucket {
  let tokens = burst;
  let filledAt: EpochMs | null = null;
  return {
    take(now) {
      if (filledAt === null || now > filledAt) {
        if (filledAt !== null) tokens = Math.min(burst, tokens + ((now - filledAt) / 1_000) * perSecond);
        filledAt = now;
      }
      if (tokens < 1) return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((1 - tokens) / perSecond)) };
      tokens -= 1;
      return taken;
    },
  };
}

const taken = { ok: true } as const;
