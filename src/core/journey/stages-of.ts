import type { DealRecord, StageEvent } from './record.ts';

/**
 * A deal's stages, newest first. Deals that were merged were in theirs side by side, and the merged one stays in the stage of the one that was kept: what the
 * others entered after that one had, does not move it. CRMs join the histories and do not tell whose an entry was; so of a merged deal only what was entered
 * counts, and where it was last, not when it was seen there by whoever was there.
 */
export function stagesOf({ stages, merges }: DealRecord): readonly StageEvent[] {
  const mergedAt = merges.at(-1)?.at;
  const [newest] = stages;
  if (mergedAt === undefined || newest === undefined) return stages;
  const moves = stages.filter(({ entered }) => entered);
  const last = moves.findIndex(({ stage, source }) => stage === newest.stage && source === newest.source);
  if (last < 0) return stages;
  return moves.slice(0, last).every(({ at }) => at < mergedAt) ? moves.slice(last) : [newest, ...moves];
}
