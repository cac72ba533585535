import type { Metrics } from './adapters/metrics.ts';
import { createDeliver } from './app/deliver.ts';
import type { Notifier } from './app/notifier.ts';
import type { Logger } from './app/ports.ts';
import type { SendDependencies } from './app/send.ts';
import type { SingleFlight } from './app/single-flight.ts';
import { type Flights, wake } from './flights.ts';

type DeliveringDependencies = Omit<SendDependencies, 'notifier'> & {
  /** Where messages go; known only once Slack is wired. */
  notifier(): Notifier;
  flights: Pick<Flights, 'flight' | 'after' | 'sleepUntil'>;
  logger: Logger;
  metrics: Pick<Metrics, 'delivery'>;
};

/** What waits in the outbox is said when it is due. */
export type Delivering = {
  run: SingleFlight;
  /** One run at a time; the one under way is told, for it may wait as long as the slowest channel takes. */
  wake(): void;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
};

const lookAgainMs = 500;

export function createDelivering({ notifier, flights: { flight, after, sleepUntil }, metrics, ...shared }: DeliveringDependencies): Delivering {
  const deliver = createDeliver({
    ...shared,
    notifier: {
      post: (message, at) => notifier().post(message, at),
      edit: (message, receipt) => notifier().edit(message, receipt),
      find: (id, at) => notifier().find(id, at),
      forgetPicture: (fileId) => notifier().forgetPicture(fileId),
      knowsAny: (emails) => notifier().knowsAny(emails),
    },
    onDelivered: ({ kind, outcome, waitedMs }) => metrics.delivery(kind, outcome, outcome === 'sent' ? waitedMs / 1000 : undefined),
  });
  const run: SingleFlight = flight('delivering', async () => {
    lookAgain();
    await deliver.run();
    sleepUntil('deliver', await deliver.nextAt(), run);
  });
  return {
    run,
    wake() {
      deliver.look();
      wake(run);
    },
    stop: () => deliver.stop(),
  };

  /** While a run waits for channels that are slow to answer, others may come due: a retry, the end of quiet hours. */
  function lookAgain(): void {
    deliver.look();
    after('deliver', lookAgainMs, lookAgain);
  }
}
