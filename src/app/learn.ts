import type { Change } from '../core/change.ts';
import { changedLimits } from '../core/detectors/teach.ts';
import { renewed, stagePast } from '../core/insight/stages-past.ts';
import type { StayLog } from '../core/insight/stay-log.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { type Past, placeOf } from '../core/journey/past.ts';
import { shortHash } from '../core/short-hash.ts';
import type { IsoDay } from '../core/time.ts';
import type { Clock, Logger, Store } from './ports.ts';
import type { StayLogs } from './stay-logs.ts';

type LearnDependencies = {
  store: Store;
  config(): JourneyConfig;
  clock: Clock;
  logger: Logger;
  stayLogs: Pick<StayLogs, 'refresh'>;
  breathe(): Promise<void>;
  /** From now on rules go by this: `config` answers with it put in. */
  onLearned(past: Past): void;
  stopping?(): boolean;
};

export type Learn = {
  /** Learns where it was not done today, or with another map: once a night. Tells whether it has looked at the past. */
  due(): Promise<boolean>;
  /** Much has come in that belongs to the past: the next `due` does not wait for the night. */
  again(): void;
};

const pastKey = 'past';
/** Written at one time. */
const journeysAtOnce = 100;

/** What was learned last. */
export async function pastOf(store: Pick<Store, 'meta'>): Promise<Past | null> {
  const text = await store.meta(pastKey);
  return text === null ? null : (JSON.parse(text) as Past);
}

/**
 * Learns from the journeys that have ended what rules go by, once a night. Journeys are evaluated again only where that changes a limit. Noted when all is
 * done: a stop in the middle starts over.
 */
export function createLearn({ store, config, clock, logger, stayLogs, breathe, onLearned, stopping = () => false }: LearnDependencies): Learn {
  let isWanted = false;
  let known: Past | null | undefined;
  /** As the map was before a try that failed: what that one has learned is in `config`, and has not reached all journeys. */
  let unfinished: JourneyConfig | null = null;
  return {
    async due() {
      const { calendar, version } = config();
      const today = calendar.dayOf(clock.now());
      known ??= await pastOf(store);
      if (!isWanted && known?.lookedOn === today && known.config === version) return false;
      isWanted = false;
      try {
        await learn(known, today);
      } catch (error) {
        isWanted = true;
        throw error;
      }
      return true;
    },
    again() {
      isWanted = true;
    },
  };

  async function learn(former: Past | null, today: IsoDay): Promise<void> {
    const { version } = config();
    const log = await stayLogs.refresh();
    // Another map came into force meanwhile: the next round learns with that one.
    if (stopping() || log.version !== config().version) return;
    const before = unfinished?.version === version ? unfinished : config();
    unfinished = before;
    const stages = await stagesOf(log, before, former?.config === version ? former.stages : {}, today);
    const past: Past = { version: shortHash(JSON.stringify(stages)), lookedOn: today, config: version, stages };
    onLearned(past);
    const journeys = await recheck(before, config());
    if (stopping()) return;
    await store.commit([{ kind: 'meta.put', key: pastKey, value: JSON.stringify(past) }]);
    known = past;
    unfinished = null;
    if (journeys > 0)
      logger.info({ journeys, version: past.version }, 'limits were learned anew: the journeys that they are for are evaluated again');
  }

  /** A stage at a time: those of a long past take some milliseconds each. */
  async function stagesOf(log: StayLog, { maps }: JourneyConfig, former: Past['stages'], today: IsoDay): Promise<Past['stages']> {
    const stages: Past['stages'] = {};
    for (const [map, stage] of maps.flatMap((each) => each.stages.map(({ key }) => [each.key, key] as const))) {
      const place = placeOf(map, stage);
      const past = renewed(former[place], stagePast(log, map, stage, today));
      if (past.groups.length > 0) stages[place] = past;
      await breathe();
    }
    return stages;
  }

  /** Makes the journeys due for which something is expected that was not expected before. */
  async function recheck(before: JourneyConfig, after: JourneyConfig): Promise<number> {
    let journeys = 0;
    for (const { mapKey, stage, holdsFor } of changedLimits(before, after)) {
      for (let last: string | null = null; !stopping(); await breathe()) {
        const rows = await store.openInStage(mapKey, stage, last, journeysAtOnce);
        const at = clock.now();
        const changes = rows.filter(({ segments }) => holdsFor(segments)).map(({ id }): Change => ({ kind: 'journey.recheck', journeyId: id, at }));
        if (changes.length > 0) await store.commit(changes);
        journeys += changes.length;
        if (rows.length < journeysAtOnce) break;
        last = rows.at(-1)?.id ?? null;
      }
    }
    return journeys;
  }
}
