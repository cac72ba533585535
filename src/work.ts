import type { Metrics } from './adapters/metrics.ts';
import { createActs } from './app/act.ts';
import { createAmountsInSight } from './app/amounts-in-sight.ts';
import { createAnswers } from './app/answer.ts';
import type { Crm } from './app/crm.ts';
import type { Schedule } from './app/digests.ts';
import { createEvaluateDue } from './app/evaluate-due.ts';
import { createNotes } from './app/note.ts';
import type { Notifier } from './app/notifier.ts';
import type { Clock, Logger, Store } from './app/ports.ts';
import { createRecords } from './app/record.ts';
import { createReleaseHistory } from './app/release-history.ts';
import { createSearch } from './app/search.ts';
import type { Acts, Answers, Notes, Records, Subscriptions } from './app/use-cases.ts';
import { createComparisons } from './comparisons.ts';
import type { Change } from './core/change.ts';
import type { JourneyConfig } from './core/journey/journey-map.ts';
import type { Past } from './core/journey/past.ts';
import type { Signal, Source } from './core/journey/signal.ts';
import { countEvaluations } from './count-evaluations.ts';
import { createDelivering } from './delivering.ts';
import { createDigesting } from './digesting.ts';
import { createFeedback } from './feedback.ts';
import { createFlights, wake } from './flights.ts';
import { createIntake, type IntakeDependencies } from './intake.ts';
import { isIdle } from './is-idle.ts';
import { createLearning } from './learning.ts';
import { createRound } from './round.ts';

type WorkDependencies = {
  store: Store;
  /** What can be in the inbox. */
  sources: IntakeDependencies['sources'];
  /** Those that can be asked are compared with what is known. */
  crms: readonly Crm[];
  /** Where messages go; known only once Slack is wired, which needs the answers. */
  notifier(): Notifier;
  /** The e-mail address of a Slack user, where Slack tells it. */
  emailOf(userId: string): Promise<string | null>;
  /** Rejects when Slack cannot be asked. */
  isMember(userId: string): Promise<boolean>;
  /** Which of `channels`, as journey.yml writes them, has this id. Rejects when Slack cannot be asked. */
  channelAmong(channels: readonly string[], id: string): Promise<string | null>;
  schedule: Schedule;
  config(): JourneyConfig;
  /** Where journey.yml is: a suggestion is tried with what stands there. */
  mapFile: string;
  /** From now on `config` answers with this put in. */
  onLearned(past: Past): void;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  newId(): string;
};

/** All that goes on inside: what wakes whom. */
export type Work = {
  answers: Answers;
  acts: Acts;
  records: Records;
  notes: Notes;
  subscriptions: Subscriptions;
  start(): void;
  /** Something new is in a source's inbox. */
  accepted(source: Source): void;
  /** Something may be due: journeys after a new map, what is learned for it, deliveries. */
  look(): void;
  /** A CRM may not have told everything: it is asked. */
  compare(source: Source): void;
  digest(): void;
  /** Resolves when nothing is pending, settling or due. */
  idle(): Promise<void>;
  /** No new work; resolves when what is under way has ended. */
  stop(): Promise<void>;
};

const tickMs = 30_000;

export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Wires the use cases: signals wake evaluation, evaluation wakes delivery, and one timer each sleeps until the next thing is due. */
export function createWork({
  store,
  sources,
  crms,
  notifier,
  emailOf,
  isMember,
  channelAmong,
  schedule,
  config,
  mapFile,
  onLearned,
  clock,
  logger,
  metrics,
  newId,
}: WorkDependencies): Work {
  const search = createSearch({ store, breathe });
  const own = createFlights({ clock, logger });
  const { flight, after, isWaiting, sleepUntil, stopped, stop, settled } = own;
  const shared = { store, config, clock, newId };
  const learning = createLearning({ ...shared, logger, flights: own, breathe, onLearned, onDue: () => wake(flights.due) });
  const { stayLogs } = learning;
  const feedback = createFeedback({ ...shared, mapFile, stayLogs, breathe, stopping: stopped });
  const dueEvaluated = (): Promise<void> => flights.due.run();
  const digests = createDigesting({ ...shared, schedule, alertLives: feedback.alertLives, stayLogs, isMember, evaluateDue: dueEvaluated, breathe });
  const evaluateDue = createEvaluateDue(
    { ...shared, breathe, stopping: stopped, onChanges: (journeys, changes) => countEvaluations(metrics, 'timer', journeys, changes) },
    clock.now(),
  );
  const amountsInSight = createAmountsInSight({ config, emailOf, channelAmong });
  const delivery = createDelivering({ ...shared, notifier, amountsInSight, flights: own, logger, metrics });
  const releaseHistory = createReleaseHistory({ ...shared, breathe });
  const round = createRound({ ...shared, crms, feedback, sendDigests: digests.sendDue, flights: own, onSaid: delivery.wake, logger });

  const flights = {
    due: flight('evaluating what is due', async () => {
      const settling = await store.settling();
      await evaluateDue();
      learning.settled(settling, await store.settling());
      await releaseHistory();
      delivery.wake();
      sleepUntil('due', await store.nextRecheckAt(), flights.due);
    }),
    erase: flight('erasing', async () => {
      while (!stopped() && (await store.eraseSome(clock.now())).more) await breathe();
      delivery.wake();
      sleepUntil('erase', await store.nextErasureAt(), flights.erase);
    }),
    tick: flight('the regular round', async () => {
      await round();
      wake(flights.due);
      learning.look();
      after('tick', tickMs, () => wake(flights.tick));
    }),
  };
  const { runs: ingests, accepted, drained } = createIntake({ ...shared, sources, flights: own, logger, breathe, onSignals: countSignals });
  const comparisons = createComparisons({ ...shared, crms, flights: own, metrics, logger, breathe, drained, onSignals: countSignals });
  const records = createRecords({ ...shared, search, emailOf, onAccepted: () => accepted('slack'), takenIn: () => drained('slack') });

  return {
    answers: createAnswers({ ...shared, search, stayLogs, previewDigest: digests.preview, review: feedback.review, breathe }),
    acts: createActs({ ...shared, search, reviewDone: feedback.reviewDone, onActed }),
    records,
    notes: createNotes({ search, records, clock }),
    subscriptions: digests.subscriptions,
    start() {
      for (const ingest of ingests) wake(ingest);
      wake(flights.erase);
      wake(flights.tick);
      comparisons.start();
    },
    accepted,
    look() {
      wake(flights.due);
      learning.look();
    },
    compare: comparisons.soon,
    digest: () => wake(flights.tick),
    async idle() {
      for (;;) {
        for (const run of [...ingests, flights.due, flights.erase, delivery.run]) await run.run();
        if (stopped() || (await isIdle(store, clock.now()))) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async stop() {
      comparisons.stop();
      stop();
      await delivery.stop();
      await settled();
    },
  };

  function onActed(): void {
    delivery.wake();
    wake(flights.tick);
  }

  function countSignals(signals: Signal[], changes: Change[]): void {
    for (const signal of signals) metrics.signalApplied(signal.source, signal.type);
    const evaluated = changes.filter((change) => change.kind === 'journey.put').length;
    countEvaluations(metrics, 'signal', evaluated, changes);
    if (changes.some((change) => change.kind === 'delivery.add')) delivery.wake();
    if (changes.some((change) => change.kind === 'record.erase')) wake(flights.erase);
    // New due times are earlier than what the timer sleeps until; once a moment is enough.
    if (evaluated > 0 && !isWaiting('due soon')) after('due soon', 250, () => wake(flights.due));
  }
}
