import { type Change, newDelivery } from '../core/change.ts';
import { type Signal, type Source, sourceTitle } from '../core/journey/signal.ts';
import { type EpochMs, minuteMs } from '../core/time.ts';
import { type ApplyHistoryDependencies, createApplyHistory } from './apply-history.ts';
import type { CrmHistory, HistoryPage } from './crm.ts';
import { CrmAwayError, CrmRefusedError, messageOf } from './errors.ts';
import { importedKey, isImporting } from './import-state.ts';
import { missedIn } from './missed-in.ts';
import type { Logger } from './ports.ts';
import {
  addMissed,
  keepMissed,
  keepReconcile,
  type Missed,
  missedLogOf,
  type ReconcileRun,
  type ReconcileState,
  reconcileOf,
} from './reconcile-state.ts';
import { withoutYoung } from './without-young.ts';

export type Comparison = { source: Source; outcome: 'finished' | 'away' | 'refused' | 'failed'; missed: Missed; at: EpochMs };

type ReconcileDependencies = ApplyHistoryDependencies & {
  history: CrmHistory;
  /** Whether the CRM tells of changes by itself: then what happened a moment ago may still be on its way. */
  told: boolean;
  logger: Logger;
  stopping: AbortSignal;
  /** Resolves when what has come in from this CRM is processed. */
  drained(): Promise<void>;
  onSignals?(signals: Signal[], changes: Change[]): void;
  onComparison?(comparison: Comparison): void;
};

export type Reconcile = {
  /** Compares if it is time to; resolves with when to look again. Does not throw for what the CRM does. */
  run(): Promise<EpochMs>;
  /** The next `run` compares, whenever the last one was. */
  soon(): void;
};

/** Clocks differ, and what a CRM has just written it may not find at once. */
const overlapMs = 2 * minuteMs;
/** What a CRM changed this short a while ago it may still tell. */
const onItsWayMs = 2 * minuteMs;
const lookAgainMs = minuteMs;
const afterFailureMs = 5 * minuteMs;

/**
 * Asks a CRM what has changed since the last good point, and takes in what it had not told by itself. The point moves only when all of it is
 * in; a comparison that was cut off goes on where it was. What happened before the bot's first start comes with an import.
 *
 * What may still be on its way is left to the next comparison: taken in now it could not be told from what was told, and with a short interval nothing would
 * ever count as missed. Only where the CRM itself says that it may have forgotten something (`soon`), all is taken in at once.
 */
export function createReconcile({ history, told, logger, stopping, drained, onSignals, onComparison, ...shared }: ReconcileDependencies): Reconcile {
  const { store, config, clock, newId } = shared;
  const { source } = history;
  const apply = createApplyHistory(shared);
  let urgent = false;
  return {
    async run() {
      const now = clock.now();
      const state = await stateNow(now);
      const dueAt = Math.max(state.retryAt ?? 0, urgent || state.comparedAt === null ? 0 : regularAfter(state.comparedAt));
      // What an import has not reached yet was not missed.
      const mayRun = isOn() && !stopping.aborted && now >= dueAt && !(await isImporting(store, now, [source]));
      if (!mayRun) return now >= dueAt ? now + lookAgainMs : Math.min(dueAt, now + lookAgainMs);
      const isUrgent = urgent;
      urgent = false;
      const isThrough = await compare(state, told && !isUrgent);
      // What the CRM may have forgotten is asked for as soon as it can be.
      urgent ||= isUrgent && !isThrough;
      return clock.now() + lookAgainMs;
    },
    soon() {
      urgent = true;
    },
  };

  function isOn(): boolean {
    return config().reconcile[source] != null;
  }

  function regularAfter(at: EpochMs): EpochMs {
    const every = config().reconcile[source];
    return every == null ? Number.POSITIVE_INFINITY : config().calendar.add(at, every);
  }

  /** The first time there is nothing to compare with: from here on. */
  async function stateNow(now: EpochMs): Promise<ReconcileState> {
    const known = await reconcileOf(store, source);
    if (known !== null) return known;
    const first: ReconcileState = { goodAt: now, comparedAt: now, retryAt: null, run: null };
    await store.commit([keepReconcile(source, first)]);
    return first;
  }

  /** Whether it went through to its end. */
  async function compare(before: ReconcileState, leavesYoung: boolean): Promise<boolean> {
    let state = before;
    try {
      await drained();
      const importedAt = await store.meta(importedKey(source));
      const goodAt = Math.max(before.goodAt, Number(importedAt ?? 0));
      const begun: ReconcileRun = before.run ?? { since: goodAt - overlapMs, startedAt: clock.now(), cursor: null, missed: {} };
      state = { ...before, goodAt, retryAt: null, run: begun };
      const whole = importedAt !== null;
      for await (const page of history.pages({ since: begun.since, cursor: begun.cursor }, stopping)) {
        await takeIn(page, begun, whole);
        if (state.run === null || stopping.aborted) return state.run === null;
      }
      // Nothing at all: that, too, is an end.
      if (!stopping.aborted) await takeIn({ signals: [], rows: 0, total: null, refused: [], cursor: null }, begun, whole);
      return state.run === null;
    } catch (error) {
      if (!stopping.aborted) await fail(state, error);
      return false;
    }

    async function takeIn(page: HistoryPage, { since, startedAt }: ReconcileRun, whole: boolean): Promise<void> {
      const log = await missedLogOf(store, source);
      const until = told ? startedAt - onItsWayMs : startedAt;
      const signals = leavesYoung ? await withoutYoung(page.signals, until, store) : page.signals;
      let next = state;
      let missed: Missed = {};
      await apply(signals, {
        source,
        keepsKnown: false,
        since,
        stopping: () => stopping.aborted,
        beside({ news, around, last, now }) {
          const found = missedIn(news, { source, since, until, whole, around, at: now, newId });
          const run = state.run ?? begunAt(startedAt, since);
          missed = addMissed(run.missed, found.missed);
          const isEnd = last && page.cursor === null;
          next = isEnd
            ? { goodAt: until, comparedAt: now, retryAt: null, run: null }
            : { ...state, run: { ...run, cursor: last ? page.cursor : run.cursor, missed } };
          return [
            keepReconcile(source, next),
            ...found.audit,
            // Whoever has just been asked everything is heard from.
            ...(isEnd ? [{ kind: 'feed.heard', source, at: now, lateAt: null } as const] : []),
            ...(isEnd && Object.keys(missed).length > 0 ? [keepMissed(source, log, { at: now, missed })] : []),
          ];
        },
        onCommitted({ news }, changes) {
          state = next;
          onSignals?.(news.signals, changes);
          if (state.run === null) finish(missed, state.comparedAt ?? startedAt);
        },
      });
    }
  }

  function finish(missed: Missed, at: EpochMs): void {
    logger.info({ source, missed }, 'a CRM was compared with what is known');
    onComparison?.({ source, outcome: 'finished', missed, at });
  }

  async function fail(state: ReconcileState, error: unknown): Promise<void> {
    const now = clock.now();
    if (error instanceof CrmAwayError) {
      const retryAt = Math.max(error.retryAt, now + lookAgainMs);
      logger.warn({ source, retryAt, error: error.message }, 'a CRM is away; it is compared later');
      await later('away', retryAt);
    } else if (error instanceof CrmRefusedError) {
      logger.warn({ source, error: error.message }, 'a CRM refuses to be compared');
      await later('refused', regularAfter(now), tellAdmin(messageOf(error), now));
    } else {
      logger.error({ err: error, source }, 'a CRM could not be compared; it is tried again');
      await later('failed', now + afterFailureMs);
    }

    async function later(outcome: Comparison['outcome'], retryAt: EpochMs, changes: Change[] = []): Promise<void> {
      await store.commit([keepReconcile(source, { ...state, retryAt }), ...changes]);
      onComparison?.({ source, outcome, missed: {}, at: now });
    }
  }

  /** Once a day: the delivery's id says which. */
  function tellAdmin(why: string, now: EpochMs): Change[] {
    const { adminChannel: channel, calendar } = config();
    if (channel === null) return [];
    const title = `${sourceTitle(source)} cannot be compared with what I know`;
    const lines = [why, 'Until that works, a change that its webhooks do not bring stays unknown. I try again by myself.'];
    const message = { kind: 'notice', severity: 'warning', title, lines } as const;
    return [newDelivery({ id: `notice:reconcile:${source}:${calendar.dayOf(now)}`, channel, message, now })];
  }
}

const begunAt = (startedAt: EpochMs, since: EpochMs): ReconcileRun => ({ since, startedAt, cursor: null, missed: {} });
