import type { Change } from '../core/change.ts';
import { recordKinds, type Signal } from '../core/journey/signal.ts';
import { type EpochMs, hourMs } from '../core/time.ts';
import { type AppliedSlice, type ApplyHistoryDependencies, createApplyHistory } from './apply-history.ts';
import type { CrmHistory, HistoryPage } from './crm.ts';
import { CrmAwayError } from './errors.ts';
import { aliveForMs, type ImportState, type ImportTally, importedKey, importKey, importOf, noTally, refusedKey, refusedOf } from './import-state.ts';
import type { Logger } from './ports.ts';
import { hasDeal, noStrays, withStrays } from './strays.ts';

type ImportDependencies = ApplyHistoryDependencies & {
  history: CrmHistory;
  logger: Logger;
  /** Resolves at that instant, or when `stopping` is. */
  waitUntil(at: EpochMs, stopping: AbortSignal): Promise<void>;
};

export type ImportOrder = {
  /** What is imported and how, as a text: an import of the same order goes on where it was cut off. */
  order: string;
  since: EpochMs | null;
  /** Begin anew. */
  restart: boolean;
};

export type ImportWatch = {
  stopping: AbortSignal;
  /** `total` of rows, where the CRM says so. `waitingUntil`: it is asked again then; `why`. */
  onProgress?(progress: { tally: ImportTally; total: number | null; waitingUntil: EpochMs | null; why: string | null; resumed: boolean }): void;
  /** The rows of a page that say nothing we can use, before the page counts as done; of an import that goes on, first those of the pages that are in. */
  onRefused?(rows: HistoryPage['refused']): Promise<void>;
};

export type Imported = {
  how: 'finished' | 'stopped';
  tally: ImportTally;
  startedAt: EpochMs;
  /** It went on with one that was cut off. */
  resumed: boolean;
};

/** An import that waits for its CRM longer than this no longer keeps what it has brought to light from being said. */
const longestHushMs = hourMs;

/**
 * Takes in all that a CRM remembers. Where it stands is kept in the same transaction as what it took in, so that an end at any point loses
 * and doubles nothing, and the next one of the same order goes on. Works beside a running bot.
 * @throws CrmRefusedError, StoreError. What is in stays in.
 */
export function createImport({ history, logger, waitUntil, ...shared }: ImportDependencies) {
  const { store, clock, breathe } = shared;
  const { source } = history;
  const apply = createApplyHistory(shared);

  return async (order: ImportOrder, { stopping, onProgress, onRefused }: ImportWatch): Promise<Imported> => {
    const before = order.restart ? null : await importOf(store, source);
    const resumed = before !== null && before.finishedAt === null && before.order === order.order;
    let state: ImportState = resumed ? before : begin(order);
    let total: number | null = null;
    const report = (waitingUntil: EpochMs | null = null, why: string | null = null): void =>
      onProgress?.({ tally: state.tally, total, waitingUntil, why, resumed });
    if (resumed) for await (const rows of refusedOf(store, source, state)) await onRefused?.(rows);
    for (;;) {
      try {
        const how = await goOn();
        logger.info({ source, how, rows: state.tally.rows, signals: state.tally.signals }, `an import has ${how}`);
        return { how, tally: state.tally, startedAt: state.startedAt, resumed };
      } catch (error) {
        if (!(error instanceof CrmAwayError)) throw error;
        await beAway(error);
      }
    }

    async function goOn(): Promise<Imported['how']> {
      report();
      // Before the first page, which may take a while: what comes to light from now on waits.
      await note({ ...state, aliveUntil: clock.now() + aliveForMs });
      for await (const page of history.pages({ since: state.since, cursor: state.cursor }, stopping)) {
        total = page.total ?? total;
        if (page.refused.length > 0) await onRefused?.(page.refused);
        if (!(await takeIn(page))) return 'stopped';
        if (page.cursor === null) return 'finished';
        if (stopping.aborted) return 'stopped';
        await breathe();
      }
      if (stopping.aborted) return 'stopped';
      // Nothing at all: that, too, is an end.
      await takeIn({ signals: [], rows: 0, total: null, refused: [], cursor: null });
      return 'finished';
    }

    async function takeIn(page: HistoryPage): Promise<boolean> {
      let next = state;
      let place = 0;
      return apply(page.signals, {
        source,
        keepsKnown: true,
        since: Number.NEGATIVE_INFINITY,
        stopping: () => stopping.aborted,
        beside(slice) {
          next = after(state, page, slice, place);
          return [keep(next), ...keepRefused(page, state, next), ...lastGoodPoint(next)];
        },
        onCommitted({ signals }) {
          state = next;
          place += signals.length;
          report();
        },
      });
    }

    /** What must not be lost is in; it is only said that the import lives. */
    async function beAway(error: CrmAwayError): Promise<void> {
      const until = Math.max(error.retryAt, clock.now() + 1000);
      logger.warn({ source, until, error: error.message }, 'the CRM wants to be left alone; the import goes on then');
      await note({ ...state, aliveUntil: Math.min(until + aliveForMs, clock.now() + longestHushMs) });
      report(until, error.message);
      await waitUntil(until, stopping);
    }

    async function note(next: ImportState): Promise<void> {
      await store.commit([keep(next)]);
      state = next;
    }
  };

  function begin({ order, since }: ImportOrder): ImportState {
    const now = clock.now();
    return { order, since, startedAt: now, cursor: null, tally: noTally, aliveUntil: now + aliveForMs, finishedAt: null };
  }

  function keep(state: ImportState): Change {
    // When all is in, all has been told, and nobody's texts stay behind.
    const { strays = noStrays, ...tally } = state.tally;
    const kept = state.finishedAt === null ? state : { ...state, tally: { ...tally, strays: { ...strays, first: [] } } };
    return { kind: 'meta.put', key: importKey(source), value: JSON.stringify(kept) };
  }

  /** With the page, so that a report after a crash has each once. When all is in, all has been told, and nobody's texts stay behind. */
  function keepRefused({ refused }: HistoryPage, before: ImportState, { refusedPages = 0, finishedAt }: ImportState): Change[] {
    if (finishedAt !== null)
      return Array.from({ length: before.refusedPages ?? 0 }, (_, page) => ({ kind: 'meta.put', key: refusedKey(source, page), value: '[]' }));
    return refusedPages === (before.refusedPages ?? 0)
      ? []
      : [{ kind: 'meta.put', key: refusedKey(source, refusedPages - 1), value: JSON.stringify(refused) }];
  }

  /** All that there was when it began is in: reconciling looks no further back. */
  function lastGoodPoint({ since, startedAt, finishedAt }: ImportState): Change[] {
    return since === null && finishedAt !== null ? [{ kind: 'meta.put', key: importedKey(source), value: String(startedAt) }] : [];
  }
}

/** `place`: how many signals of the page come before the slice. */
function after(state: ImportState, page: HistoryPage, { signals, around, news, last, now }: AppliedSlice, place: number): ImportState {
  const { tally, ofPage = 0 } = state;
  const uncounted = signals.slice(Math.max(0, ofPage - place));
  const count = (wanted: Signal['type']): number => news.signals.filter(({ type }) => type === wanted).length;
  const counted: ImportTally = {
    rows: tally.rows + (last ? page.rows : 0),
    refused: tally.refused + (last ? page.refused.length : 0),
    signals: tally.signals + uncounted.length,
    known: tally.known + Math.max(0, uncounted.length - news.signals.length),
    created: { ...tally.created },
    changed: { ...tally.changed },
    touchpoints: tally.touchpoints + count('touchpoint.recorded'),
    moves: tally.moves + count('stage.entered'),
    strays: withStrays(tally.strays ?? noStrays, uncounted, page, (id) => hasDeal(around, id)),
  };
  for (const kind of recordKinds) {
    const ofKind = news.records.filter(({ record }) => record.kind === kind);
    const created = ofKind.filter(({ before }) => before === null).length;
    counted.created[kind] += created;
    counted.changed[kind] += ofKind.length - created;
  }
  return {
    ...state,
    tally: counted,
    ofPage: last ? 0 : Math.max(ofPage, place + signals.length),
    cursor: last ? page.cursor : state.cursor,
    aliveUntil: now + aliveForMs,
    finishedAt: last && page.cursor === null ? now : null,
    refusedPages: (state.refusedPages ?? 0) + (last && page.refused.length > 0 ? 1 : 0),
  };
}
