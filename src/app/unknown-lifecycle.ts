import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { accountMaps, isUnknownLifecycle } from '../core/journey/lifecycle-stage.ts';
import { type AccountRecord, isAlive, type StageEvent } from '../core/journey/record.ts';
import { stageMeaning } from '../core/journey/stage-lookup.ts';

/**
 * The lifecycle stage of an account that no map for accounts knows, while there is one, and the first of these maps. Null: it is known; or it says that the
 * account is no customer, which no map has to know; or the account travels a map, whose own visit says it (see `unknownInJourney`).
 */
export function unknownLifecycle(account: AccountRecord, config: JourneyConfig): { said: StageEvent; mapKey: string } | null {
  const maps = accountMaps(config);
  const [first] = maps;
  const [said] = account.stages;
  if (first === undefined || said === undefined || !isAlive(account) || !isUnknownLifecycle(config, said.source, said.stage)) return null;
  const travels = account.stages.some((event) => maps.some((map) => stageMeaning(map, event.source, event.stage).kind === 'stage'));
  return travels ? null : { said, mapKey: first.key };
}
