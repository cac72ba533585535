import { openStore } from '../src/adapters/store/open-store.ts';
import type { Change } from '../src/core/change.ts';

const atOnce = 100;
/** Prime, so that journeys that fall due together lie apart. */
const stride = 7_919;

/** Makes journeys fall due one after another over some seconds from now, in a store that a bot may hold. */
export async function fallDue(
  database: string,
  { first, journeys, accounts, seconds }: { first: number; journeys: number; accounts: number; seconds: number },
): Promise<void> {
  const store = await openStore(`file:${database}`, { shared: true });
  try {
    const now = Date.now();
    for (let from = 0; from < journeys; from += atOnce) {
      const changes = Array.from({ length: Math.min(atOnce, journeys - from) }, (_, nth): Change => {
        const index = ((first + from + nth) * stride) % accounts;
        return { kind: 'journey.recheck', journeyId: `deal:d-${index}`, at: now + ((from + nth) * seconds * 1_000) / journeys };
      });
      await store.commit(changes);
    }
  } finally {
    await store.close();
  }
}
