import type { Metrics } from './adapters/metrics.ts';
import { createActs } from './app/act.ts';
import { createAnswers } from './app/answer.ts';
import { createDeliver } from './app/deliver.ts';
import { createDigests, type Schedule } from './app/digests.ts';
import { createEvaluateDue } from './app/evaluate-due.ts';
import { createIngest } from './app/ingest.ts';
import type { Clock, CrmSource, Logger, Notifier, Store } from './app/ports.ts';
import { createReleaseBudget } from './app/release-budget.ts';
import { createReleaseHistory } from './app/release-history.ts';
import { createReportUnknown } from './app/report-unknown.ts';
import { createSearch } from './app/search.ts';
import type { SingleFlight } from './app/single-flight.ts';
import type { Acts, Answers } from './app/use-cases.ts';
import { createWatchFeeds } from './app/watch-feeds.ts';
import type { Change } from './core/change.ts';
import type { JourneyConfig } from './core/journey/journey-map.ts';
import type { Signal, Source } from './core/journey/signal.ts';
import { dayMs, type EpochMs, hourMs } from './core/time.ts';
import { createFlights, wake } from './flights.ts';

type WorkDependencies = {
  store: Store;
  sources: readonly CrmSource[];
  /** Where messages go; known only once Slack is wired, which needs the answers. */
  notifier(): Notifier;
  schedule: Schedule;
  config(): JourneyConfig;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  newId(): string;
};

/** All that goes on inside: what wakes whom. */
export type Work = {
  answers: Answers;
  acts: Acts;
  start(): void;
  /** Something new is in a source's inbox. */
  accepted(source: Source): void;
  /** Something may be due: journeys after a new map, deliveries. */
  look(): void;
  digest(): void;
  /** Resolves when nothing is pending, settling or due. */
  idle(): Promise<void>;
  /** No new work; resolves when what is under way has ended. */
  stop(): Promise<void>;
};

const tickMs = 30_000;
/** Bodies that a CRM's outage put off, and dead letters put back by a command, are looked for this often. */
const inboxTickMs = 5_000;
const pruneEveryMs = hourMs;
const keptMs = 14 * dayMs;

export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Wires the use cases: signals wake evaluation, evaluation wakes delivery, and one timer each sleeps until the next thing is due. */
export function createWork({ store, sources, notifier, schedule, config, clock, logger, metrics, newId }: WorkDependencies): Work {
  const search = createSearch({ store, breathe });
  const digests = createDigests({ store, schedule, config, clock });
  const { flight, after, isWaiting, sleepUntil, stopped, stop, settled } = createFlights({ clock, logger });
  const shared = { store, config, clock, newId };
  const evaluateDue = createEvaluateDue(
    { ...shared, breathe, stopping: stopped, onChanges: (journeys, changes) => count('timer', journeys, changes) },
    clock.now(),
  );
  const deliver = createDeliver({
    ...shared,
    notifier: {
      post: (message, at) => notifier().post(message, at),
      edit: (message, receipt) => notifier().edit(message, receipt),
      find: (id, at) => notifier().find(id, at),
    },
    logger,
    onDelivered: ({ kind, outcome, waitedMs }) => metrics.delivery(kind, outcome, outcome === 'sent' ? waitedMs / 1000 : undefined),
  });
  const releaseHistory = createReleaseHistory(shared);
  /** Apart, so that one that fails is tried again by itself and the others go on. */
  const round = [
    turn('watching the feeds', createWatchFeeds(shared)),
    turn('posting what waited for a new day', createReleaseBudget(shared)),
    turn('sending digests', digests.sendDue),
    turn('telling what the map does not know', createReportUnknown(shared)),
    turn('clearing away what is done', prune),
  ];
  let prunedAt: EpochMs = clock.now();

  const flights = {
    due: flight('evaluating what is due', async () => {
      await evaluateDue();
      await releaseHistory();
      wakeDelivery();
      sleepUntil('due', await store.nextRecheckAt(), flights.due);
    }),
    deliver: flight('delivering', async () => {
      await deliver.run();
      sleepUntil('deliver', await deliver.nextAt(), flights.deliver);
    }),
    tick: flight('the regular round', async () => {
      for (const each of round) await each.run();
      wake(flights.due);
      after('tick', tickMs, () => wake(flights.tick));
    }),
  };
  const ingests = new Map<Source, SingleFlight>(
    sources.map((source) => {
      const ingest = createIngest({
        ...shared,
        source,
        logger,
        breathe,
        stopping: stopped,
        onSignals: (signals, changes) => countSignals(signals, changes),
      });
      const run: SingleFlight = flight(`taking in ${source.source}`, async () => {
        await ingest();
        after(`inbox ${source.source}`, inboxTickMs, () => wake(run));
      });
      return [source.source, run] as const;
    }),
  );

  return {
    answers: createAnswers({ store, search, previewDigest: digests.preview, config, clock }),
    acts: createActs({
      ...shared,
      search,
      onActed() {
        wakeDelivery();
        wake(flights.tick);
      },
    }),
    start() {
      for (const ingest of ingests.values()) wake(ingest);
      wake(flights.tick);
    },
    accepted(source) {
      const ingest = ingests.get(source);
      if (ingest !== undefined) wake(ingest);
    },
    look: () => wake(flights.due),
    digest: () => wake(flights.tick),
    async idle() {
      for (;;) {
        for (const run of [...ingests.values(), flights.due, flights.deliver]) await run.run();
        if (await isIdle()) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async stop() {
      stop();
      await deliver.stop();
      await settled();
    },
  };

  async function prune(): Promise<void> {
    if (clock.now() - prunedAt <= pruneEveryMs) return;
    await store.prune(clock.now() - keptMs);
    prunedAt = clock.now();
  }

  async function isIdle(): Promise<boolean> {
    if (stopped()) return true;
    const [inbox, settling, held, outbox] = [
      await store.inboxBacklog(),
      await store.settling(),
      await store.heldCards('history'),
      await store.outboxBacklog(),
    ];
    return (
      inbox.pending === 0 && settling === 0 && held.length === 0 && (outbox.pending === 0 || ((await store.nextDeliveryAt()) ?? 0) > clock.now())
    );
  }

  /** One of the regular round; what it has to say goes out at once. */
  function turn(what: string, task: () => Promise<void>): SingleFlight {
    return flight(what, async () => {
      await task();
      wakeDelivery();
    });
  }

  /** One run at a time; the one under way is told, for it may wait as long as the slowest channel takes. */
  function wakeDelivery(): void {
    deliver.look();
    wake(flights.deliver);
  }

  function countSignals(signals: Signal[], changes: Change[]): void {
    for (const signal of signals) metrics.signalApplied(signal.source, signal.type);
    const evaluated = changes.filter((change) => change.kind === 'journey.put').length;
    count('signal', evaluated, changes);
    if (changes.some((change) => change.kind === 'delivery.add')) wakeDelivery();
    // New due times are earlier than what the timer sleeps until; once a moment is enough.
    if (evaluated > 0 && !isWaiting('due soon')) after('due soon', 250, () => wake(flights.due));
  }

  function count(cause: 'signal' | 'timer', journeys: number, changes: Change[]): void {
    if (journeys > 0) metrics.evaluated(cause, journeys);
    for (const change of changes) {
      if (change.kind === 'audit.add' && change.entry.what === 'opened') metrics.alert(ruleOf(change.entry.alertId), 'opened');
      if (change.kind === 'audit.add' && (change.entry.what === 'cleared' || change.entry.what === 'ended'))
        metrics.alert(ruleOf(change.entry.alertId), 'resolved');
    }
  }
}

/** `stalled.1k2j3h4g5f.1` → `stalled` */
const ruleOf = (alertId: string | null): string => alertId?.split('.')[0] ?? 'unknown';
