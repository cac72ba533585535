import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { JourneyRow } from '../core/journey/journey-row.ts';
import { type StageMove, stageMovesOf } from '../core/journey/stage-moves.ts';
import type { EpochMs } from '../core/time.ts';
import type { Store } from './ports.ts';
import { refsOfRow } from './refs-of.ts';
import { createWorkingSet } from './working-set.ts';

type StageMovesDependencies = { store: Pick<Store, 'loadNeighbourhood'>; config(): JourneyConfig; breathe(): Promise<void> };

/** About three milliseconds' work. */
const journeysAtOnce = 25;

/**
 * The moves of these journeys since `from`, oldest first. They are read off the stage visits, as records tell them now: what was observed when signals
 * came in would depend on their order.
 */
export function createStageMoves({ store, config, breathe }: StageMovesDependencies) {
  return async (rows: readonly JourneyRow[], from: EpochMs): Promise<StageMove[]> => {
    // Where the newest visit began before, all moves did.
    const candidates = rows.filter(({ stageEnteredAt }) => stageEnteredAt !== null && stageEnteredAt >= from);
    const moves: StageMove[] = [];
    for (let done = 0; done < candidates.length; done += journeysAtOnce) {
      const slice = candidates.slice(done, done + journeysAtOnce);
      // What time alone has moved was evaluated since.
      const now = Math.max(...slice.map(({ evaluatedAt }) => evaluatedAt ?? 0));
      const working = createWorkingSet(await store.loadNeighbourhood(slice.flatMap(refsOfRow)), now);
      for (const { id } of slice) {
        const journey = working.journey(id, config());
        if (journey !== null) moves.push(...stageMovesOf(journey).filter(({ at }) => at >= from));
      }
      await breathe();
    }
    return moves.sort((a, b) => a.at - b.at || (a.journeyId < b.journeyId ? -1 : 1));
  };
}
