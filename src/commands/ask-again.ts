import { setTimeout as sleep } from 'node:timers/promises';
import type { CrmHistory, Probe } from '../app/crm.ts';
import { CrmAwayError } from '../app/errors.ts';
import type { EpochMs } from '../core/time.ts';

/** Nobody waits longer in front of a terminal. */
const longestWaitMs = 10_000;

export type Waiting = { now(): EpochMs; wait(ms: number): Promise<unknown> };
const inRealTime: Waiting = { now: Date.now, wait: sleep };

/** Tries a CRM; once more, where it wants to be asked again soon: one answer of that kind says nothing of the connection. */
export async function probeAgain(history: Pick<CrmHistory, 'probe'>, waiting = inRealTime): Promise<Probe[]> {
  const probes = await history.probe();
  const retryAt = probes.flatMap((probe) => probe.retryAt ?? []);
  return retryAt.length > 0 && (await cameUp(Math.max(...retryAt), waiting)) ? history.probe() : probes;
}

/** The same for what a CRM says of itself. @throws CrmAwayError, CrmRefusedError */
export async function readCatalogueAgain(history: Pick<CrmHistory, 'catalogue'>, waiting = inRealTime): ReturnType<CrmHistory['catalogue']> {
  try {
    return await history.catalogue();
  } catch (error) {
    if (error instanceof CrmAwayError && (await cameUp(error.retryAt, waiting))) return history.catalogue();
    throw error;
  }
}

/** Waits until then; not where that is too long. */
async function cameUp(at: EpochMs, { now, wait }: Waiting): Promise<boolean> {
  const ms = Math.max(0, at - now());
  if (ms > longestWaitMs) return false;
  await wait(ms);
  return true;
}
