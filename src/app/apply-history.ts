import type { Change } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { Signal, Source } from '../core/journey/signal.ts';
import type { EpochMs } from '../core/time.ts';
import { changesOfSignals, loadAround } from './changes-of-signals.ts';
import { ConflictError } from './errors.ts';
import type { Setting } from './evaluate.ts';
import { type News, newsOf } from './news-of.ts';
import type { Clock, Neighbourhood, Store } from './ports.ts';
import { refsOf } from './refs-of.ts';
import { createSeeOthers } from './see-others.ts';

export type ApplyHistoryDependencies = {
  store: Store;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
  /** Lets the event loop, and a bot beside this process, go on between two slices. */
  breathe(): Promise<void>;
};

/** `around`: what was known before it. */
export type AppliedSlice = { signals: readonly Signal[]; around: Neighbourhood; news: News; last: boolean; now: EpochMs };

export type HistoryManner = {
  source: Source;
  /** Everything is kept; else what was known to the letter is left out. */
  keepsKnown: boolean;
  /** Stages before this are not compared. */
  since: EpochMs;
  stopping(): boolean;
  /** What is committed together with a slice. Asked again after a conflict. */
  beside(slice: AppliedSlice): Change[];
  onCommitted(slice: AppliedSlice, changes: Change[]): void;
};

/** A few milliseconds' work, of which the store is held for less than half. */
const signalsAtOnce = 128;
/** A running bot may be at work on the same journeys. */
const triesOnConflict = 20;

/**
 * Takes in what a CRM remembers, slice after slice, each a transaction of its own with what `beside` adds to it. All of it is history, however young: a CRM
 * tells of deals on one page and of what was said about them on a later one. False: stopped before the end.
 * There is a last slice also where there are no signals.
 * @throws StoreError
 */
export function createApplyHistory({ store, config, clock, newId, breathe }: ApplyHistoryDependencies) {
  const seeOthers = createSeeOthers({ store, config, clock, newId });
  return async (signals: readonly Signal[], manner: HistoryManner): Promise<boolean> => {
    for (const { part, last } of slicesOf(signals)) {
      await apply(part, last, manner);
      if (!last && manner.stopping()) return false;
      await breathe();
    }
    return true;
  };

  async function apply(signals: Signal[], last: boolean, manner: HistoryManner): Promise<void> {
    for (let tries = 1; ; tries++) {
      const setting: Setting = { config: config(), feeds: await store.feeds(), now: clock.now(), newId };
      const slice = await decide(signals, last, manner, setting);
      try {
        // Where an import stands is written with what it has taken in.
        if (slice.changes.length > 0) await store.commit(slice.changes, last ? 'at-once' : 'later');
      } catch (error) {
        if (!(error instanceof ConflictError) || tries >= triesOnConflict) throw error;
        await breathe();
        continue;
      }
      manner.onCommitted(slice.slice, slice.changes);
      await seeOthers(slice.changes, slice.slice.around, setting.feeds);
      return;
    }
  }

  async function decide(signals: Signal[], last: boolean, manner: HistoryManner, setting: Setting) {
    const { now } = setting;
    const around = await loadAround(signals, store);
    const news = newsOf(signals, around, manner.since);
    const fresh = new Set(news.signals);
    const slice: AppliedSlice = { signals, around, news, last, now };
    const known = manner.keepsKnown ? signals.filter((signal) => !fresh.has(signal)) : [];
    const changes = [
      ...(await changesOfSignals(
        news.signals.map((signal) => ({ signal, receivedAt: now })),
        manner.source,
        store,
        setting,
        { asked: true, history: true, around },
      )),
      ...known.map((signal): Change => ({ kind: 'signal.add', signal, receivedAt: now })),
      ...manner.beside(slice),
    ];
    return { slice, changes };
  }
}

/** What belongs to one account comes together: fewer records are read and written, and each journey is touched once. Order says nothing. */
function* slicesOf(signals: readonly Signal[]): Iterable<{ part: Signal[]; last: boolean }> {
  const homes = new Map<string, string>();
  for (const signal of signals) {
    const refs = refsOf(signal);
    const account = refs.find(({ kind }) => kind === 'account');
    if (account !== undefined) for (const { kind, id } of refs) if (kind !== 'account') homes.set(`${kind}:${id}`, account.id);
  }
  const homeOf = (signal: Signal): string => {
    const refs = refsOf(signal);
    const account = refs.find(({ kind }) => kind === 'account');
    const [first] = refs;
    return account?.id ?? (first === undefined ? '' : (homes.get(`${first.kind}:${first.id}`) ?? `${first.kind}:${first.id}`));
  };
  let part: Signal[] = [];
  for (const group of Map.groupBy(signals, homeOf).values()) {
    // What belongs together is cut only where it is more than a slice of its own.
    if (part.length > 0 && part.length + group.length > signalsAtOnce) {
      yield { part, last: false };
      part = [];
    }
    for (const signal of group) {
      if (part.length === signalsAtOnce) {
        yield { part, last: false };
        part = [];
      }
      part.push(signal);
    }
  }
  yield { part, last: true };
}
