import type { StageDefinition } from '../journey/journey-map.ts';
import { kaplanMeier, type SurvivalTime, timeUntil } from './kaplan-meier.ts';
import { percentile } from './order-statistics.ts';
import type { Period } from './period.ts';
import type { LoggedStay, StayLog } from './stay-log.ts';
import { type Rate, wilson } from './wilson.ts';

/** Under so many there is no figure: its limits would be wider than what anybody wants to know. */
export const fewestForMetrics = 10;

/** No figure without its n. `few`: there are too few to say it. */
export type Figure<Value> = ({ kind: 'known' } & Value) | { kind: 'few'; n: number; needed: number };

export type StageFigures = {
  /** Journeys that came into the stage for the first time, and what became of them: `entered` is the sum of the other three. */
  entered: number;
  movedOn: number;
  dropped: number;
  open: number;
  /** How many moved on, of those of which it is decided. */
  conversion: Figure<Rate>;
  /** Stays that were not the journey's first in this stage. */
  loops: number;
  /** Working days within which half, three quarters and nine tenths of the stays were over, whichever way; those that go on count as long as they have. */
  median: Figure<SurvivalTime>;
  p75: Figure<SurvivalTime>;
  p90: Figure<SurvivalTime>;
};

export type StageMetrics = { stage: string; label: string; now: StageFigures; before: StageFigures };

type MetricsOptions = {
  mapKey: string;
  /** Only journeys of this one; null: all. */
  segment: string | null;
  period: Period;
  before: Period;
  fewest?: number;
};

/** What became of the stays in a stage that began in a period, and of those of the period before. */
export function stageMetrics(log: StayLog, { key, label }: Pick<StageDefinition, 'key' | 'label'>, options: MetricsOptions): StageMetrics {
  const { mapKey, segment, period, before, fewest = fewestForMetrics } = options;
  const during = (span: Period) => [...log.stays(mapKey, key, span)].filter(({ segments }) => segment === null || segments.includes(segment));
  return { stage: key, label, now: stageFigures(during(period), fewest), before: stageFigures(during(before), fewest) };
}

export function stageFigures(stays: readonly LoggedStay[], fewest: number): StageFigures {
  const firsts = stays.filter(({ first }) => first);
  const [movedOn, dropped] = [countOf(firsts, 'moved-on'), countOf(firsts, 'dropped')];
  const decided = movedOn + dropped;
  const within = timesOf(stays);
  const enough = <Value>(n: number, value: () => Value): Figure<Value> =>
    n < Math.max(1, fewest) ? { kind: 'few', n, needed: fewest } : { kind: 'known', ...value() };
  return {
    entered: firsts.length,
    movedOn,
    dropped,
    open: firsts.length - decided,
    conversion: enough(decided, () => wilson(movedOn, decided)),
    loops: stays.length - firsts.length,
    median: enough(stays.length, () => within(0.5)),
    p75: enough(stays.length, () => within(0.75)),
    p90: enough(stays.length, () => within(0.9)),
  };
}

/** Where every stay is over, limits are exact, by order statistics; else Kaplan and Meier's, which know what to do with those that go on. */
function timesOf(stays: readonly LoggedStay[]): (p: number) => SurvivalTime {
  if (stays.some(({ ended }) => !ended)) {
    const survival = kaplanMeier(stays.map(({ days, ended }) => ({ time: days, ended })));
    return (p) => timeUntil(survival, p);
  }
  const sorted = stays.map(({ days }) => days).sort((a, b) => a - b);
  return (p) => ({ ended: sorted.length, ...percentile(sorted, p) });
}

const countOf = (stays: readonly LoggedStay[], fate: LoggedStay['fate']): number => stays.filter((stay) => stay.fate === fate).length;
