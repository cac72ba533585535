import type { RecordKind, Source } from '../core/journey/signal.ts';
import { dayMs, type EpochMs } from '../core/time.ts';
import type { Store } from './ports.ts';

/** What a CRM was asked and had not told by itself: its records, and touchpoints. */
export type Missed = Partial<Record<RecordKind | 'touchpoint', number>>;

/** How far a CRM was compared with what is stored. */
export type ReconcileState = {
  /** All that the CRM changed before this is in. */
  goodAt: EpochMs;
  /** When the newest comparison that went through has ended. */
  comparedAt: EpochMs | null;
  /** Not before that: the CRM wants to be left alone. */
  retryAt: EpochMs | null;
  /** One that has begun and not ended. */
  run: ReconcileRun | null;
};

export type ReconcileRun = { since: EpochMs; startedAt: EpochMs; cursor: string | null; missed: Missed };

/** What comparisons had to fetch, by when. */
export type MissedLog = { at: EpochMs; missed: Missed }[];

const reconcileKey = (source: Source): string => `reconcile:${source}`;
const missedKey = (source: Source): string => `missed:${source}`;

/** As long as a digest looks back, and some more. */
const loggedForMs = 10 * dayMs;

export const keepReconcile = (source: Source, state: ReconcileState) =>
  ({ kind: 'meta.put', key: reconcileKey(source), value: JSON.stringify(state) }) as const;

export async function reconcileOf(store: Pick<Store, 'meta'>, source: Source): Promise<ReconcileState | null> {
  const text = await store.meta(reconcileKey(source));
  return text === null ? null : (JSON.parse(text) as ReconcileState);
}

export async function missedLogOf(store: Pick<Store, 'meta'>, source: Source): Promise<MissedLog> {
  return JSON.parse((await store.meta(missedKey(source))) ?? '[]') as MissedLog;
}

export const keepMissed = (source: Source, log: MissedLog, entry: MissedLog[number]) =>
  ({
    kind: 'meta.put',
    key: missedKey(source),
    value: JSON.stringify([...log.filter(({ at }) => at > entry.at - loggedForMs), entry]),
  }) as const;

/** What was fetched in a period. */
export async function missedBetween(store: Pick<Store, 'meta'>, source: Source, from: EpochMs, to: EpochMs): Promise<Missed> {
  const log = await missedLogOf(store, source);
  return log.filter(({ at }) => at >= from && at < to).reduce<Missed>((sum, { missed }) => addMissed(sum, missed), {});
}

export function addMissed(a: Missed, b: Missed): Missed {
  const sum = { ...a };
  for (const [kind, count] of Object.entries(b) as [keyof Missed, number][]) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}
