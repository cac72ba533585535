import type { Clock, Store } from './app/ports.ts';
import { dayMs, type EpochMs, hourMs } from './core/time.ts';

const pruneEveryMs = hourMs;
const keptMs = 14 * dayMs;

/** Clears away what has been done for two weeks: once an hour, however often it is asked. */
export function createPruning({ store, clock }: { store: Store; clock: Clock }): () => Promise<void> {
  let prunedAt: EpochMs = clock.now();
  return async () => {
    const now = clock.now();
    if (now - prunedAt <= pruneEveryMs) return;
    await store.prune(now - keptMs);
    await store.commit([{ kind: 'pictures.expire', before: now - keptMs, now }]);
    prunedAt = now;
  };
}
