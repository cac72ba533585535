import type { EpochMs } from '../time.ts';
import type { Outcome, StageVisit } from './journey.ts';
import type { JourneyMap } from './journey-map.ts';
import type { DealRecord, StageEvent } from './record.ts';
import { stageMeaning } from './stage-lookup.ts';
import { firstOfEachInstant } from './union.ts';

/** What a journey's stage events say: where it was and when, and how it ended. */
export type Path = { visits: StageVisit[]; outcome: Outcome };

/**
 * Stage visits out of stage events, each where it belongs in time. Events that say the same stage again are one visit. A stage of the CRM
 * that the map does not know is a visit without a stage; one that means won or lost ends the journey, until a stage after it says otherwise.
 */
export function pathOf(map: JourneyMap, events: readonly StageEvent[], status: DealRecord['status']): Path {
  const visits: StageVisit[] = [];
  let ended = null as { state: 'won' | 'lost'; at: EpochMs } | null;
  for (const event of firstOfEachInstant(events).reverse()) {
    const meaning = stageMeaning(map, event.source, event.stage);
    const current = visits.at(-1);
    if (meaning.kind === 'outcome') {
      if (current !== undefined && current.leftAt === null) current.leftAt = event.at;
      if (ended?.state !== meaning.outcome) ended = { state: meaning.outcome, at: event.at };
      continue;
    }
    const stage = meaning.kind === 'stage' ? meaning.key : null;
    if (ended === null && current !== undefined && (stage === null ? current.crmStage === event.stage : current.stage === stage)) continue;
    if (current !== undefined && current.leftAt === null) current.leftAt = event.at;
    visits.push({ stage, crmStage: event.stage, source: event.source, enteredAt: event.at, leftAt: null });
    ended = null;
  }
  return { visits, outcome: ended ?? outcomeOf(status, visits.at(-1)?.enteredAt) };
}

/** What the CRM's status says, unless the journey has moved since it was said. That its stage is merely said again speaks against nothing. */
function outcomeOf(status: DealRecord['status'], movedAt: EpochMs = Number.NEGATIVE_INFINITY): Outcome {
  if (status == null || status.value === null || status.value === 'open' || status.at < movedAt) return { state: 'open' };
  return { state: status.value, at: status.at };
}
