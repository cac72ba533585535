import type { Metrics } from './adapters/metrics.ts';
import type { ApplyHistoryDependencies } from './app/apply-history.ts';
import type { Crm } from './app/crm.ts';
import { createLookForGone } from './app/look-for-gone.ts';
import type { Logger } from './app/ports.ts';
import { createReconcile } from './app/reconcile.ts';
import { reconcileOf } from './app/reconcile-state.ts';
import type { SingleFlight } from './app/single-flight.ts';
import type { Change } from './core/change.ts';
import type { Signal, Source } from './core/journey/signal.ts';
import { type Flights, wake } from './flights.ts';

type ComparisonDependencies = ApplyHistoryDependencies & {
  crms: readonly Crm[];
  flights: Pick<Flights, 'flight' | 'sleepUntil'>;
  metrics: Metrics;
  logger: Logger;
  /** Resolves when what has come in from a CRM is processed. */
  drained(source: Source): Promise<void>;
  onSignals(signals: Signal[], changes: Change[]): void;
};

/** The CRMs that can be asked are compared with what is known, each by its own timer. */
export type Comparisons = {
  start(): void;
  /** Something of this CRM may have been missed. */
  soon(source: Source): void;
  /** Ends what is being asked. */
  stop(): void;
};

export function createComparisons({ crms, flights, metrics, logger, drained, onSignals, ...shared }: ComparisonDependencies): Comparisons {
  const ending = new AbortController();
  const all = new Map(crms.flatMap((crm) => entryOf(crm) ?? []).map((one) => [one.source, one] as const));
  return {
    start() {
      for (const { run } of all.values()) wake(run);
    },
    soon(source) {
      const one = all.get(source);
      if (one === undefined) return;
      one.reconcile.soon();
      wake(one.run);
    },
    stop: () => ending.abort(),
  };

  function entryOf({ source, history, webhooks, stream }: Crm) {
    if (history === null) return null;
    const reconcile = createReconcile({
      ...shared,
      history,
      told: webhooks !== null || stream !== null,
      logger,
      stopping: ending.signal,
      drained: () => drained(source),
      onSignals,
      onComparison: metrics.compared,
    });
    const lookForGone = createLookForGone({ ...shared, history, logger, stopping: ending.signal, onSignals, onComparison: metrics.compared });
    const run: SingleFlight = flights.flight(`comparing with ${source}`, async () => {
      const next = await reconcile.run();
      await lookForGone();
      const comparedAt = (await reconcileOf(shared.store, source))?.comparedAt ?? null;
      if (comparedAt !== null) metrics.comparedAt(source, comparedAt / 1000);
      flights.sleepUntil(`compare ${source}`, next, run);
    });
    return { source, reconcile, run };
  }
}
