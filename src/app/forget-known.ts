import type { UnknownValue } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { Store } from './ports.ts';
import { isKnown } from './unknown-values.ts';

/** More than are ever kept. */
const all = 10_000;

/** Takes from the list of what the map does not know what it knows by now. What is left is returned, the newest first. */
export async function forgetKnown(store: Pick<Store, 'unknownValues' | 'forgetUnknown'>, config: JourneyConfig): Promise<UnknownValue[]> {
  const values = await store.unknownValues(all);
  const known = values.filter((value) => isKnown(value, config));
  if (known.length > 0) await store.forgetUnknown(known);
  return values.filter((value) => !known.includes(value));
}
