import type { Crm } from './app/crm.ts';
import { messageOf } from './app/errors.ts';
import type { Clock, Logger, Store } from './app/ports.ts';
import type { Source } from './core/journey/signal.ts';

type RunStreamsDependencies = {
  crms: readonly Crm[];
  store: Pick<Store, 'accept' | 'commit' | 'meta'>;
  clock: Clock;
  logger: Logger;
  /** Something new is in a source's inbox. */
  onAccepted(source: Source): void;
  /** A CRM has forgotten some of what it should have sent: ask it. */
  onGap(source: Source): void;
  stopping: AbortSignal;
};

/**
 * Listens to the CRMs that send over a connection of our own, until `stopping`. Resolves when none does any more; the store must live until then.
 */
export async function runStreams({ crms, store, clock, logger, onAccepted, onGap, stopping }: RunStreamsDependencies): Promise<void> {
  const streams = crms.flatMap(({ stream }) => stream ?? []);
  await Promise.all(
    streams.map(async ({ source, run }) => {
      const key = `stream:${source}`;
      const inbox = {
        async accept(entries: Parameters<Store['accept']>[1], position: string): Promise<void> {
          // The position second: a crash in between repeats what the inbox knows already.
          if (entries.length > 0) await store.accept(source, entries, clock.now());
          await store.commit([{ kind: 'meta.put', key, value: position }]);
          if (entries.length > 0) onAccepted(source);
        },
        position: () => store.meta(key),
        gap: () => onGap(source),
      };
      await run(inbox, stopping).catch((error: unknown) => logger.error({ source, error: messageOf(error) }, 'a stream has ended'));
    }),
  );
}
