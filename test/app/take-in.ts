import { createEvaluateDue } from '../../src/app/evaluate-due.ts';
import { createIngest } from '../../src/app/ingest.ts';
import type { Store } from '../../src/app/ports.ts';
import type { JourneyConfig } from '../../src/core/journey/journey-map.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { type EpochMs, hourMs } from '../../src/core/time.ts';

/** Takes signals in at `now`, one body each and in this order, and evaluates what they leave to be evaluated. */
export async function takeIn(store: Store, signals: Signal[], config: JourneyConfig, now: EpochMs): Promise<void> {
  let ids = 0;
  let time = now;
  const shared = { store, config: () => config, clock: { now: () => time }, newId: () => `id-${++ids}`, breathe: async () => undefined };
  const ingest = createIngest({
    ...shared,
    source: {
      source: 'signals',
      parse: async (rows) => rows.map(({ body }) => ({ kind: 'signals', signals: JSON.parse(body) as Signal[] })),
    },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  for (const [index, signal] of signals.entries()) {
    await store.accept('signals', [{ key: `body-${index}`, body: JSON.stringify([signal]) }], now);
    await ingest();
  }
  // History has settled by then.
  time += hourMs;
  await createEvaluateDue(shared, now)();
}
