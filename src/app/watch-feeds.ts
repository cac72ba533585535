import { decideFeed, feedId } from '../core/alerts/decide-feed.ts';
import { staleFeed } from '../core/detectors/stale-feed.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { sourceTitle } from '../core/journey/signal.ts';
import { ownAbsence } from './own-absence.ts';
import type { Clock, Store } from './ports.ts';

type WatchFeedsDependencies = { store: Store; config(): JourneyConfig; clock: Clock; newId(): string };

/**
 * Looks whether a CRM that was sending has gone quiet, and says so once; when it sends again, what its silence held back is evaluated anew,
 * after the time that a backlog needs to come in.
 */
export function createWatchFeeds({ store, config, clock, newId }: WatchFeedsDependencies): () => Promise<void> {
  return async () => {
    const away = await ownAbsence(store);
    for (const feed of await store.feeds()) {
      const now = clock.now();
      const { alerts, cards } = await store.journeyState(feedId(feed.source));
      const { changes, stale } = decideFeed({ feed: { ...feed, away }, name: sourceTitle(feed.source), alerts, cards, config: config(), now, newId });
      // Resolved by hand, it was stale all the same. Before the commit: if that fails, both are done again.
      const wasStale = alerts.some((alert) => alert.state !== 'resolved' || alert.holds);
      if (wasStale && !stale) await store.recheckOpen(config().calendar.add(now, config().alerts.settle), staleFeed.name);
      if (changes.length > 0) await store.commit(changes);
    }
  };
}
