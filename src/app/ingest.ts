import type { Change } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { Signal } from '../core/journey/signal.ts';
import { type EpochMs, minuteMs } from '../core/time.ts';
import { changesOfSignals, loadAround } from './changes-of-signals.ts';
import type { CrmSource, Parsed } from './crm-source.ts';
import { ConflictError, FullRecordError, StoreError } from './errors.ts';
import type { Setting } from './evaluate.ts';
import { judgeAnew } from './heard-again.ts';
import type { Clock, InboxRow, Logger, Store } from './ports.ts';
import { createSeeOthers } from './see-others.ts';

export type IngestDependencies = {
  store: Store;
  source: Pick<CrmSource, 'source' | 'parse'> & Partial<CrmSource>;
  config(): JourneyConfig;
  clock: Clock;
  logger: Logger;
  newId(): string;
  /** Lets the event loop serve others between two slices. */
  breathe(): Promise<void>;
  /** Ends the work after the slice at hand; what is left stays pending. */
  stopping?(): boolean;
  onSignals?(signals: Signal[], changes: Change[]): void;
};

/** How many bodies are taken at once, and how many signals share a transaction: about three milliseconds' work. */
const bodiesAtOnce = 128;
const signalsAtOnce = 64;
const triesOnConflict = 5;
/** A body whose parsing breaks its source is tried this often, a minute apart: the fault may be outside of it. */
const triesToParse = 5;

/**
 * Turns a source's inbox into journeys: parse, apply, evaluate, commit. One call works until all that was pending when it began is done. What cannot be parsed
 * becomes a dead letter; what cannot be done now stays in the inbox.
 * @throws StoreError when the store fails; call again later.
 */
export function createIngest(dependencies: IngestDependencies): () => Promise<void> {
  const { store, source, config, clock, logger, newId, breathe, stopping = () => false, onSignals } = dependencies;
  const name = source.source;
  const seeOthers = createSeeOthers({ store, config, clock, newId });
  return async () => {
    for (;;) {
      const rows = await store.pendingInbox(name, clock.now(), bodiesAtOnce);
      if (rows.length === 0) return;
      const dead = new Set<number>();
      for (const slice of slicesOf(rows, await parse(rows))) {
        // Of a body in several parts one of which is dead, the rest is dead, too: replaying it brings them all.
        await process(
          slice.filter(({ row }) => !dead.has(row.id)),
          dead,
        );
        if (stopping()) return;
        await breathe();
      }
      // What comes in meanwhile asks for a call of its own.
      if (rows.length < bodiesAtOnce) return;
    }
  };

  /** A source should not throw; if it does, that body waits alone, and dies in the end. */
  async function parse(rows: InboxRow[]): Promise<Parsed[]> {
    try {
      return await source.parse(rows, clock.now());
    } catch (error) {
      const [row] = rows;
      if (rows.length > 1) return (await Promise.all(rows.map((one) => parse([one])))).flat();
      if (row === undefined) return [];
      logger.error({ err: error, source: name, inbox: row.id }, 'a webhook body broke its source');
      if (row.attempts + 1 >= triesToParse) return [{ kind: 'dead', error: String(error) }];
      return [{ kind: 'later', retryAt: clock.now() + minuteMs, error: String(error) }];
    }
  }

  /** One slice; when something in it cannot be applied, its bodies one by one, so that only the poisoned one dies. */
  async function process(slice: Slice, dead: Set<number>): Promise<void> {
    try {
      await applyAndCommit(slice);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      if (slice.length > 1) {
        for (const item of slice) await process([item], dead);
        return;
      }
      const [item] = slice;
      if (item === undefined) throw error;
      logger.error({ err: error, source: name, inbox: item.row.id }, 'a webhook body could not be applied and is a dead letter now');
      dead.add(item.row.id);
      await store.commit([
        { kind: 'inbox.dead', id: item.row.id, error: error instanceof FullRecordError ? error.message : String(error), at: clock.now() },
      ]);
    }
  }

  async function applyAndCommit(slice: Slice): Promise<void> {
    const received = slice.flatMap(({ signals, row }) => signals.map((signal) => ({ signal, receivedAt: row.receivedAt })));
    const signals = received.map(({ signal }) => signal);
    for (let tries = 1; ; tries++) {
      const setting: Setting = { config: config(), feeds: await store.feeds(), now: clock.now(), newId };
      const around = await loadAround(signals, store);
      const told = await changesOfSignals(received, name, store, setting, { around });
      const changes = [...told, ...(await judgeAnew(name, told, store, setting)), ...slice.flatMap((item) => endOf(item, setting.now))];
      try {
        // The bodies are durable, and would be taken in once more.
        await store.commit(changes, 'later');
      } catch (error) {
        if (!(error instanceof ConflictError) || tries >= triesOnConflict) throw error;
        continue;
      }
      onSignals?.(signals, changes);
      const anew = await seeOthers(changes, around);
      if (anew.length > 0) onSignals?.([], anew);
      return;
    }
  }
}

type Slice = { row: InboxRow; signals: Signal[]; end: Parsed | { kind: 'more' } }[];

/** Bodies in their order, together as long as they are few signals; a large body in several parts, done with the last one. */
function* slicesOf(rows: InboxRow[], parsed: Parsed[]): Iterable<Slice> {
  let slice: Slice = [];
  let size = 0;
  for (const [index, row] of rows.entries()) {
    const outcome = parsed[index] ?? { kind: 'dead', error: 'its source gave no answer' };
    const signals = outcome.kind === 'signals' ? outcome.signals : [];
    for (let from = 0; from === 0 || from < signals.length; from += signalsAtOnce) {
      const part = signals.slice(from, from + signalsAtOnce);
      slice.push({ row, signals: part, end: from + signalsAtOnce < signals.length ? { kind: 'more' } : outcome });
      size += part.length;
      if (size < signalsAtOnce) continue;
      yield slice;
      slice = [];
      size = 0;
    }
  }
  if (slice.length > 0) yield slice;
}

function endOf({ row, end }: Slice[number], now: EpochMs): Change[] {
  switch (end.kind) {
    case 'signals':
      return [{ kind: 'inbox.done', id: row.id, at: now }];
    case 'dead':
      return [{ kind: 'inbox.dead', id: row.id, error: end.error, at: now }];
    case 'later':
      // Not at this instant again, or this call would never end.
      return [{ kind: 'inbox.retry', id: row.id, dueAt: Math.max(end.retryAt, now + 1), error: end.error }];
    case 'more':
      return [];
  }
}
