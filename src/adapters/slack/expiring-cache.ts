import type { Clock } from '../../app/ports.ts';
import type { EpochMs } from '../../core/time.ts';

type ExpiringCache<Value> = {
  /** Undefined: not known, or not any more. */
  get(key: string): Value | undefined;
  set(key: string, value: Value, ttlMs: number): void;
};

/** Answers of Slack, kept for a while; the oldest go first when there are too many. */
export function createExpiringCache<Value>(clock: Clock, max: number): ExpiringCache<Value> {
  const entries = new Map<string, { value: Value; until: EpochMs }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined || entry.until > clock.now()) return entry?.value;
      entries.delete(key);
      return undefined;
    },
    set(key, value, ttlMs) {
      entries.delete(key);
      entries.set(key, { value, until: clock.now() + ttlMs });
      for (const oldest of entries.keys()) {
        if (entries.size <= max) break;
        entries.delete(oldest);
      }
    },
  };
}
