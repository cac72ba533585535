import type { Change } from '../core/change.ts';
import { isAlive } from '../core/journey/record.ts';
import type { Signal } from '../core/journey/signal.ts';
import { dayMs, type EpochMs, hourMs } from '../core/time.ts';
import { type ApplyHistoryDependencies, createApplyHistory } from './apply-history.ts';
import type { CrmHistory } from './crm.ts';
import { CrmAwayError, CrmRefusedError } from './errors.ts';
import { isImporting } from './import-state.ts';
import { missedIn } from './missed-in.ts';
import type { Logger } from './ports.ts';
import type { Comparison } from './reconcile.ts';
import { addMissed, keepMissed, type Missed, missedLogOf } from './reconcile-state.ts';

type LookForGoneDependencies = ApplyHistoryDependencies & {
  history: CrmHistory;
  logger: Logger;
  stopping: AbortSignal;
  onSignals?(signals: Signal[], changes: Change[]): void;
  onComparison?(comparison: Comparison): void;
};

/** `checkedAt`: when all were asked after, or the bot first ran; `run`: how far it has come since. */
type GoneState = { checkedAt: EpochMs; run: Run | null };
type Run = { after: string; asked: number; gone: Signal[] };

const everyMs = dayMs;
/** As many as a CRM takes at once. */
const peopleAtOnce = 100;

/**
 * Asks once a day after everybody of a CRM that does not tell who went for good. Whoever it does not have any more is taken for deleted, not for erased:
 * that could not be taken back, should the CRM be wrong. Does nothing where the CRM's lists tell of everybody who goes. Does not throw for what the CRM does.
 */
export function createLookForGone({ history, logger, stopping, onSignals, onComparison, ...shared }: LookForGoneDependencies): () => Promise<void> {
  const { store, config, clock, newId, breathe } = shared;
  const { source } = history;
  const key = `gone:${source}`;
  const apply = createApplyHistory(shared);
  let notBefore = 0;

  return async () => {
    const now = clock.now();
    if (history.gonePeople === undefined || config().reconcile[source] == null || now < notBefore || (await isImporting(store, now, [source])))
      return;
    const text = await store.meta(key);
    const state: GoneState = text === null ? { checkedAt: now, run: null } : (JSON.parse(text) as GoneState);
    if (text === null) await store.commit([keep(state)]);
    if (state.run === null && now < state.checkedAt + everyMs) return;
    try {
      const run = await askAfterAll(state, now);
      if (run !== null) await takeIn(run);
    } catch (error) {
      if (!(error instanceof CrmAwayError || error instanceof CrmRefusedError)) throw error;
      notBefore = error instanceof CrmAwayError ? error.retryAt : now + hourMs;
      logger.warn({ source, error: error.message }, 'a CRM cannot be asked who is gone; it is asked later');
    }
  };

  /** Null: stopped on the way. */
  async function askAfterAll(state: GoneState, now: EpochMs): Promise<Run | null> {
    const prefix = `${source}:`;
    let run = state.run ?? { after: prefix, asked: 0, gone: [] };
    for (;;) {
      if (stopping.aborted) return null;
      const slice = await store.peopleAfter(run.after, peopleAtOnce);
      const ours = slice.filter(({ id }) => id.startsWith(prefix));
      const there = ours.filter((person) => person.source !== undefined && isAlive(person)).map(({ id }) => id);
      const gone = there.length === 0 ? [] : ((await history.gonePeople?.(there, now)) ?? []);
      run = { after: ours.at(-1)?.id ?? run.after, asked: run.asked + there.length, gone: [...run.gone, ...gone] };
      if (ours.length < peopleAtOnce) return run;
      await store.commit([keep({ ...state, run })]);
      await breathe();
    }
  }

  async function takeIn({ asked, gone }: Run): Promise<void> {
    // Then it is another account's key, or one that may not see them.
    const isBelieved = gone.length === 0 || gone.length < asked;
    if (!isBelieved) logger.warn({ source, asked }, 'a CRM has nobody of those whom it had: that is not believed');
    const log = await missedLogOf(store, source);
    let missed: Missed = {};
    let next: Missed = {};
    const whole = await apply(isBelieved ? gone : [], {
      source,
      keepsKnown: false,
      since: 0,
      stopping: () => stopping.aborted,
      beside({ news, around, last, now }) {
        const found = missedIn(news, { source, since: 0, until: now, whole: true, around, at: now, newId });
        next = addMissed(missed, found.missed);
        const isNews = Object.keys(next).length > 0;
        return [
          ...found.audit,
          ...(last ? [keep({ checkedAt: now, run: null }), ...(isNews ? [keepMissed(source, log, { at: now, missed: next })] : [])] : []),
        ];
      },
      onCommitted({ news }, changes) {
        missed = next;
        onSignals?.(news.signals, changes);
      },
    });
    if (!whole || Object.keys(missed).length === 0) return;
    logger.info({ source, missed }, 'people are gone from a CRM that had not told so');
    onComparison?.({ source, outcome: 'finished', missed, at: clock.now() });
  }

  function keep(state: GoneState): Change {
    return { kind: 'meta.put', key, value: JSON.stringify(state) };
  }
}
