import { joinStays, type StagePast, type Stays } from '../journey/past.ts';
import type { IsoDay } from '../time.ts';
import type { StayLog } from './stay-log.ts';

/** From this share of new endings on a stage's past is worth learning anew. */
const news = 0.1;

/** What the journeys that have ended say of a stage. Nothing of those that are open: what becomes of them is not known yet. */
export function stagePast(log: StayLog, mapKey: string, stage: string, learnedOn: IsoDay): StagePast {
  const groups = new Map<string, { segments: string[]; stays: Stays }>();
  for (const { closed, longest, segments, days, won } of log.stays(mapKey, stage)) {
    if (!closed || !longest) continue;
    const name = segments.join(' ');
    const group = groups.get(name) ?? { segments: [...segments], stays: [] };
    group.stays.push([days, won ? 1 : 0, won ? 0 : 1]);
    groups.set(name, group);
  }
  // In an order that does not depend on that of the journeys.
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return { learnedOn, groups: sorted.map(([, { segments, stays }]) => ({ segments, stays: joinStays([stays]) })) };
}

/**
 * The past of a stage to go by: what was learned before, until a tenth more (or fewer) of its journeys have ended. A limit that wavers between 13 and 14
 * days from night to night would take alerts back and open them again, and every card would change with every deal that ends.
 */
export function renewed(former: StagePast | undefined, now: StagePast): StagePast {
  if (former === undefined) return now;
  const [was, is] = [endedIn(former), endedIn(now)];
  return Math.abs(is - was) < Math.max(1, was * news) ? former : now;
}

const endedIn = ({ groups }: StagePast): number => groups.flatMap(({ stays }) => stays).reduce((sum, [, won, lost]) => sum + won + lost, 0);
