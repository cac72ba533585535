import type { Ending } from '../../core/backtest/eras.ts';
import { stageStays } from '../../core/insight/stage-stays.ts';
import type { Journey } from '../../core/journey/journey.ts';
import type { JourneyConfig } from '../../core/journey/journey-map.ts';
import type { SignalType } from '../../core/journey/signal.ts';
import type { EpochMs } from '../../core/time.ts';
import { emptyNeighbourhood } from '../empty-neighbourhood.ts';
import type { KeptSignal } from '../ports.ts';
import { createWorkingSet } from '../working-set.ts';
import type { TimeOfKnowing } from './time-of-knowing.ts';

/** All else says nothing of where a journey has been. */
const telling: ReadonlySet<SignalType> = new Set<SignalType>([
  'account.upserted',
  'deal.upserted',
  'stage.entered',
  'milestone.completed',
  'record.merged',
  'record.deleted',
  'record.erased',
]);

/** What the journeys of one group of records have to teach, each thing from when it was known: how long they stayed where, and whether they were won. */
export function endingsOf(kept: readonly KeptSignal[], config: JourneyConfig, knownAt: TimeOfKnowing): Ending[] {
  const signals = kept
    .filter(({ signal }) => telling.has(signal.type))
    .map((each) => ({ ...each, at: knownAt(each) }))
    .sort((a, b) => a.at - b.at || a.sequence - b.sequence);
  let now = signals[0]?.at ?? 0;
  const working = createWorkingSet(emptyNeighbourhood(), () => now);
  const endings: Ending[] = [];
  const said = new Map<string, { key: string; endings: Ending[] }>();
  for (const [index, { signal, at }] of signals.entries()) {
    now = at;
    working.apply(signal, false);
    if (signals[index + 1]?.at === at) continue;
    const { journeys, gone } = working.touched(config);
    working.forgetTouched();
    for (const { journey } of journeys) say(journey.id, lessons(journey, config, at), at);
    for (const id of gone) say(id, [], at);
  }
  return endings;

  function say(id: string, now: Ending[], at: EpochMs): void {
    const before = said.get(id);
    const key = JSON.stringify(now.map(({ stage, segments, days, won }) => [stage, segments, days, won]));
    if (before?.key === key || (before === undefined && now.length === 0)) return;
    endings.push(...(before?.endings ?? []).map((ending) => ({ ...ending, at, count: -1 as const })), ...now);
    said.set(id, { key, endings: now });
  }
}

function lessons(journey: Journey, config: JourneyConfig, at: EpochMs): Ending[] {
  const map = config.maps.find(({ key }) => key === journey.mapKey);
  if (map === undefined || (journey.outcome.state !== 'won' && journey.outcome.state !== 'lost')) return [];
  return stageStays(journey, map, config.calendar, at)
    .filter(({ longest }) => longest)
    .map(({ stage, days, won }) => ({ at, mapKey: map.key, stage, segments: journey.segments, days, won, count: 1 }));
}
