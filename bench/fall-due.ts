import { openStore } from '../src/adapters/store/open-store.ts';
import type { Store } from '../src/app/ports.ts';
import type { Change } from '../src/core/change.ts';

const atOnce = 100;
/** Prime, so that journeys that fall due together lie apart. */
const stride = 7_919;

type Falling = { first: number; journeys: number; accounts: number; seconds: number };

/** Makes journeys fall due one after another over some seconds from now. */
export async function fallDue(store: Pick<Store, 'commit'>, { first, journeys, accounts, seconds }: Falling): Promise<void> {
  const now = Date.now();
  for (let from = 0; from < journeys; from += atOnce) {
    const changes = Array.from({ length: Math.min(atOnce, journeys - from) }, (_, nth): Change => {
      const index = ((first + from + nth) * stride) % accounts;
      return { kind: 'journey.recheck', journeyId: `deal:d-${index}`, at: now + ((from + nth) * seconds * 1_000) / journeys };
    });
    await store.commit(changes);
  }
}

/** The same in a store that a bot holds. What another process writes costs that one the whole of its cache, once. */
export async function fallDueBeside(database: string, falling: Falling): Promise<void> {
  const store = await openStore(`file:${database}`, { shared: true });
  await fallDue(store, falling).finally(() => store.close());
}
