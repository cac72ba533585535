import type { JourneyMap, StageIds } from './journey-map.ts';
import type { Source } from './signal.ts';

/** What a CRM's stage id means in a map. */
export type StageMeaning = { kind: 'stage'; key: string } | { kind: 'outcome'; outcome: 'won' | 'lost' } | { kind: 'unknown' };

/**
 * Looks a CRM's stage id up in a map: the ids listed for that CRM, then those listed for any. Signals of the generic endpoint and files
 * speak for whichever CRM they came out of, so for them every list counts, and the map's own keys and labels, in any case and however they
 * are spaced: HubSpot's exports say `Contract Sent` where its webhooks say `contractsent`.
 */
export function stageMeaning(map: JourneyMap, source: Source, crmStage: string): StageMeaning {
  const lookup = lookups.get(map) ?? compile(map);
  lookups.set(map, lookup);
  return (
    lookup.get(`${source} ${crmStage}`) ??
    lookup.get(`any ${crmStage}`) ??
    (speaksForAll(source) ? lookup.get(`* ${plain(crmStage)}`) : undefined) ??
    unknown
  );
}

const unknown: StageMeaning = { kind: 'unknown' };
const lookups = new WeakMap<JourneyMap, Map<string, StageMeaning>>();
/** Letters and digits alone; a name that has none stays what it is. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '') || name;
const speaksForAll = (source: Source): boolean => source === 'signals' || source === 'csv';

function compile(map: JourneyMap): Map<string, StageMeaning> {
  const lookup = new Map<string, StageMeaning>();
  const enter = (ids: StageIds, meaning: StageMeaning): void => {
    for (const [source, stages] of Object.entries(ids)) {
      for (const stage of stages ?? []) {
        if (!lookup.has(`${source} ${stage}`)) lookup.set(`${source} ${stage}`, meaning);
        if (!lookup.has(`* ${plain(stage)}`)) lookup.set(`* ${plain(stage)}`, meaning);
      }
    }
  };
  for (const stage of map.stages) enter(stage.from, { kind: 'stage', key: stage.key });
  enter(map.outcomes.won, { kind: 'outcome', outcome: 'won' });
  enter(map.outcomes.lost, { kind: 'outcome', outcome: 'lost' });
  for (const stage of map.stages) {
    for (const name of [stage.key, stage.label]) {
      if (!lookup.has(`* ${plain(name)}`)) lookup.set(`* ${plain(name)}`, { kind: 'stage', key: stage.key });
    }
  }
  return lookup;
}
