import type { Store } from './app/ports.ts';
import type { EpochMs } from './core/time.ts';

/** Whether nothing waits to be processed, settled, erased or said by now. */
export async function isIdle(store: Store, now: EpochMs): Promise<boolean> {
  const erasesAt = await store.nextErasureAt();
  if (erasesAt !== null && erasesAt <= now) return false;
  if ((await store.inboxBacklog()).pending > 0 || (await store.settling()) > 0 || (await store.heldCardsAfter('history', null, 1)).length > 0)
    return false;
  return (await store.outboxBacklog()).pending === 0 || ((await store.nextDeliveryAt()) ?? 0) > now;
}
