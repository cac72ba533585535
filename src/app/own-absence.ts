import { type EpochMs, hourMs, minuteMs } from '../core/time.ts';
import type { Clock, Store } from './ports.ts';

/** A time in which the bot itself was not running. */
export type Absence = { from: EpochMs; to: EpochMs };

type OwnAbsenceDependencies = { store: Pick<Store, 'meta' | 'commit'>; clock: Clock };

const aliveKey = 'alive-at';
const absenceKey = 'own-absence';
const notedEveryMs = 5 * minuteMs;
/** Shorter ones lose nothing: CRMs send again what was not taken. */
const shortestMs = hourMs;

/**
 * Notes every few minutes that the bot is alive, and, the first time after a start, how long it was not. Within one process no time is taken for an absence:
 * the clock of a demo jumps.
 */
export function createOwnAbsence({ store, clock }: OwnAbsenceDependencies): () => Promise<void> {
  let notedAt: EpochMs | null = null;
  return async () => {
    const now = clock.now();
    if (notedAt !== null && Math.abs(now - notedAt) < notedEveryMs) return;
    const absence = notedAt === null ? await absenceUntil(now) : null;
    await store.commit(
      [
        { kind: 'meta.put', key: aliveKey, value: String(now) },
        ...(absence === null ? [] : [{ kind: 'meta.put' as const, key: absenceKey, value: JSON.stringify(absence) }]),
      ],
      'later',
    );
    notedAt = now;
  };

  /** One that follows soon after another is the same one: the bot could not be started well. */
  async function absenceUntil(now: EpochMs): Promise<Absence | null> {
    const alive = await store.meta(aliveKey);
    if (alive === null || now - Number(alive) < shortestMs) return null;
    const before = await ownAbsence(store);
    return { from: before !== null && Number(alive) - before.to < shortestMs ? before.from : Number(alive), to: now };
  }
}

/** The last one; null: none is known. */
export async function ownAbsence(store: Pick<Store, 'meta'>): Promise<Absence | null> {
  const text = await store.meta(absenceKey);
  return text === null ? null : (JSON.parse(text) as Absence);
}
