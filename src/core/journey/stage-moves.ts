import type { EpochMs } from '../time.ts';
import type { Journey } from './journey.ts';

export type StageMove = { journeyId: string; from: string; to: string; at: EpochMs };

/**
 * From which stage of the map to which one a journey moved, oldest first. Its first stage is a beginning and no move; stages that the map does not
 * know are passed over, and coming back to the stage it was in (after it was lost, say) is no move either.
 */
export function stageMovesOf({ id, visits }: Pick<Journey, 'id' | 'visits'>): StageMove[] {
  const moves: StageMove[] = [];
  let from: string | null = null;
  for (const { stage: to, enteredAt: at } of visits) {
    if (to === null || to === from) continue;
    if (from !== null) moves.push({ journeyId: id, from, to, at });
    from = to;
  }
  return moves;
}
