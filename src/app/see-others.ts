import type { Change } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { RecordKind } from '../core/journey/signal.ts';
import type { EpochMs } from '../core/time.ts';
import { ConflictError } from './errors.ts';
import { evaluateJourney, putOff, type Setting } from './evaluate.ts';
import type { Clock, Feed, Neighbourhood, RecordRef, Store } from './ports.ts';
import { createWorkingSet } from './working-set.ts';

type SeeOthersDependencies = {
  store: Pick<Store, 'feeds' | 'loadNeighbourhood' | 'commit'>;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
};

/**
 * `around`: what was read before `committed` was decided. `heardBefore`: it is history, and these were the feeds before it was read. Returns what it has
 * committed itself.
 */
export type SeeOthers = (committed: readonly Change[], around: Neighbourhood, heardBefore?: readonly Feed[]) => Promise<Change[]>;

const triesOnConflict = 5;

/**
 * Two who tell at the same time of an account, its deal or its people for the first time read before the other one has written, and write different records, so
 * that no revision stands between them. Whoever commits last finds the other's records here, and judges all journeys around them anew. Only a commit that has made
 * records looks, and once: what is said of known ones costs nothing. Of history, every slice of which makes some, only one during which somebody else was heard.
 */
export function createSeeOthers({ store, config, clock, newId }: SeeOthersDependencies): SeeOthers {
  return async (committed, around, heardBefore) => {
    const made = committed.flatMap((change): RecordRef[] => (change.kind === 'record.put' && change.revision === 0 ? [change.record] : []));
    if (made.length === 0) return [];
    if (heardBefore !== undefined && wasAlone(heardBefore, await store.feeds(), committed)) return [];
    for (let tries = 1; ; tries++) {
      const seen = await store.loadNeighbourhood(made);
      if (tries === 1 && !holdsOthers(seen, around, committed)) return [];
      const changes = judged(seen, heardBefore !== undefined, { config: config(), feeds: await store.feeds(), now: clock.now(), newId });
      try {
        if (changes.length > 0) await store.commit(changes, 'later');
        return changes;
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        if (tries < triesOnConflict) continue;
        const later = [...seen.journeys.keys()].map((journeyId): Change => ({ kind: 'journey.recheck', journeyId, at: clock.now() }));
        await store.commit(later, 'later');
        return later;
      }
    }
  };
}

/** What is not history says when it was heard, and other history when it came in, in the same transaction. */
function wasAlone(before: readonly Feed[], now: readonly Feed[], ours: readonly Change[]): boolean {
  return now.every(({ source, lastReceivedAt, lateAt }) => {
    const known = before.find((feed) => feed.source === source);
    const told = ours.find((change) => change.kind === 'feed.heard' && change.source === source);
    const ourLate = told?.kind === 'feed.heard' ? told.lateAt : null;
    return lastReceivedAt === (known?.lastReceivedAt ?? null) && lateAt === latest(known?.lateAt ?? null, ourLate);
  });
}

const latest = (a: EpochMs | null, b: EpochMs | null): EpochMs | null => (a === null || b === null ? (a ?? b) : Math.max(a, b));

/** Whether there is something that neither was there before nor comes from us. */
function holdsOthers(seen: Neighbourhood, before: Neighbourhood, ours: readonly Change[]): boolean {
  const put = new Map(
    ours.flatMap((change) => (change.kind === 'record.put' ? [[`${change.record.kind}:${change.record.id}`, change.revision + 1]] : [])),
  );
  const merged = new Set(ours.flatMap((change) => (change.kind === 'record.alias' ? [`${change.record}:${change.from}`] : [])));
  const isKnown = (kind: RecordKind, id: string, revision: number): boolean =>
    (put.get(`${kind}:${id}`) ?? stored(before, kind).get(id)?.revision) === revision;
  const kinds: readonly RecordKind[] = ['account', 'deal', 'person'];
  return (
    kinds.some((kind) => [...stored(seen, kind)].some(([id, { revision }]) => !isKnown(kind, id, revision))) ||
    [...seen.aliases].some(([from, into]) => !merged.has(from) && before.aliases.get(from) !== into)
  );
}

const stored = ({ accounts, deals, people }: Neighbourhood, kind: RecordKind): ReadonlyMap<string, { revision: number }> =>
  ({ account: accounts, deal: deals, person: people })[kind];

function judged(seen: Neighbourhood, history: boolean, setting: Setting): Change[] {
  const { config, now } = setting;
  const quietAt = config.calendar.add(now, config.alerts.settle);
  return createWorkingSet(seen, now)
    .journeys(config)
    .flatMap((journey) => {
      const settles = history || seen.journeys.get(journey.id)?.settlingSince != null;
      return settles ? putOff(journey, seen, quietAt, now) : evaluateJourney(journey, seen, false, setting);
    });
}
