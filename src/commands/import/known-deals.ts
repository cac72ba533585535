import { openStore } from '../../adapters/store/open-store.ts';
import { StoreError } from '../../app/errors.ts';
import type { Store } from '../../app/ports.ts';
import { hasDeal } from '../../app/strays.ts';

/** Of some deals, by their records' ids, those that somebody has told of. Nothing is written, and where there is no store yet, none is known. */
export type KnownDeals = { among(ids: string[]): Promise<ReadonlySet<string>>; close(): Promise<void> };

/** The neighbours of a deal come with it: so many at once are little to hold. */
const atOnce = 200;

export function createKnownDeals(databaseUrl: string): KnownDeals {
  let opened: Promise<Store | null> | null = null;
  return {
    async among(ids) {
      opened ??= openStore(databaseUrl, { shared: true }).catch(nothingThere);
      const store = await opened;
      const known = new Set<string>();
      for (let from = 0; store !== null && from < ids.length; from += atOnce) {
        const part = ids.slice(from, from + atOnce);
        const around = await store.loadNeighbourhood(part.map((id) => ({ kind: 'deal', id })));
        for (const id of part) if (hasDeal(around, id)) known.add(id);
      }
      return known;
    },
    async close() {
      await (await opened)?.close();
    },
  };
}

function nothingThere(error: unknown): null {
  if (error instanceof StoreError) return null;
  throw error;
}
