import { feedIsStale } from '../core/detectors/stale-feed.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { Source } from '../core/journey/signal.ts';
import type { FeedHealth, HomeHealth } from './home-summary.ts';
import type { Clock, Store } from './ports.ts';
import { reconcileOf } from './reconcile-state.ts';

type HealthDependencies = {
  store: Pick<Store, 'ping' | 'feeds' | 'meta' | 'inboxBacklog' | 'inboxCounts' | 'outboxBacklog' | 'unknownValues'>;
  /** Those that are configured: one that has never sent anything is shown, too. */
  sources: readonly Source[];
  config(): JourneyConfig;
  clock: Clock;
};

/** More values that the map does not know are as bad. */
const unknownRead = 500;

/** How the bot's connections are, for those who can mend them. */
export function createHomeHealth({ store, sources, config, clock }: HealthDependencies): () => Promise<HomeHealth> {
  return async () => {
    const [isThere, inbox, outbox, counts, heard, unknown] = await Promise.all([
      store.ping().then(
        () => true,
        () => false,
      ),
      store.inboxBacklog(),
      store.outboxBacklog(),
      store.inboxCounts(),
      store.feeds(),
      store.unknownValues(unknownRead),
    ]);
    const feedOf = async (source: Source): Promise<FeedHealth> => {
      const feed = heard.find((each) => each.source === source) ?? { source, lastReceivedAt: null };
      const bodies = counts.find((each) => each.source === source);
      return {
        source,
        lastReceivedAt: feed.lastReceivedAt,
        isStale: feedIsStale(feed, config().feed, config().calendar, clock.now()),
        comparedAt: (await reconcileOf(store, source))?.comparedAt ?? null,
        pending: bodies?.pending ?? 0,
        dead: bodies?.dead ?? 0,
        unknown: unknown.filter((value) => value.source === source).length,
      };
    };
    const known = new Set([...sources, ...heard.map(({ source }) => source)]);
    return {
      store: isThere,
      inbox,
      outbox: { pending: outbox.pending, failed: outbox.failed },
      feeds: await Promise.all([...known].map(feedOf)),
    };
  };
}
