import type { Change } from '../core/change.ts';
import { feedIsStale, staleFeed } from '../core/detectors/stale-feed.ts';
import type { Source } from '../core/journey/signal.ts';
import type { EpochMs } from '../core/time.ts';
import type { Setting } from './evaluate.ts';
import type { Store } from './ports.ts';

/**
 * What the silence of a CRM holds back is judged anew once the CRM is heard again, after the time that a backlog needs to come in; also where nobody
 * had looked at the feed while it was quiet. `changes`: of the signals by which it is heard, judged as if it still were.
 */
export async function judgeAnew(
  source: Source,
  changes: Change[],
  store: Pick<Store, 'recheckOpen'>,
  { feeds, config, now }: Setting,
): Promise<Change[]> {
  const feed = feeds.find((known) => known.source === source);
  const isHeard = changes.some((change) => change.kind === 'feed.heard' && change.at !== null);
  if (feed === undefined || !isHeard || !feedIsStale(feed, config.feed, config.calendar, now)) return [];
  const at: EpochMs = config.calendar.add(now, config.alerts.settle);
  const judged = changes.flatMap((change): Change[] =>
    change.kind === 'journey.put' ? [{ kind: 'journey.recheck', journeyId: change.row.id, at }] : [],
  );
  // Of the others. It comes first: if the commit fails, both are done again.
  await store.recheckOpen(at, staleFeed.name);
  return judged;
}
