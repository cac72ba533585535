import type { EpochMs } from '../time.ts';
import type { Journey } from './journey.ts';
import type { JourneyMap, StageDefinition } from './journey-map.ts';
import type { Touchpoint } from './record.ts';

/** How names of touchpoint types and assets are compared: `Security review` and `security_review` are one. */
export function foldName(name: string): string {
  const known = folded.get(name);
  if (known !== undefined) return known;
  if (folded.size >= mostFolded) folded.clear();
  const plain = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_');
  folded.set(name, plain);
  return plain;
}

/** The same few names come again and again, at every evaluation. Bounded: an asset can be called anything. */
const folded = new Map<string, string>();
const mostFolded = 2_000;

/** Whether a touchpoint is called like this, by its type or its asset. `names`: as `foldName` has them. */
export const isCalled = ({ type, asset }: Touchpoint, names: ReadonlySet<string>): boolean =>
  names.has(foldName(type)) || (asset !== null && names.has(foldName(asset)));

/** False where older touchpoints may have been forgotten: then it is not known what never happened. */
export const remembersAll = ({ lastOf }: Pick<Journey, 'lastOf'>): boolean => lastOf === undefined;

/** Whether everything is remembered that has happened since then. */
export const remembersSince = (journey: Pick<Journey, 'touchpoints' | 'lastOf'>, since: EpochMs): boolean =>
  remembersAll(journey) || (journey.touchpoints.at(-1)?.at ?? since) < since;

/**
 * How far along the map a touchpoint shows its person to be: the place in the map of the furthest stage of which it is a sign; -1 where it is
 * a sign of none. Its type counts whoever acted; an asset only where they acted, for what we sent them they need not have seen.
 */
export function stageShownBy(touchpoint: Touchpoint, map: JourneyMap): number {
  const signs = signsOf(map);
  if (signs.size === 0) return -1;
  const byType = signs.get(foldName(touchpoint.type)) ?? -1;
  const byAsset = touchpoint.asset === null || touchpoint.direction === 'outbound' ? -1 : (signs.get(foldName(touchpoint.asset)) ?? -1);
  return Math.max(byType, byAsset);
}

/** The furthest stage that a person's own touchpoints have shown, by its place in the map, and when that was first shown; null: none has. */
export function furthestOf(personId: string, touchpoints: readonly Touchpoint[], map: JourneyMap): { index: number; at: EpochMs } | null {
  let furthest: { index: number; at: EpochMs } | null = null;
  // Newest first: the last one that is as far is the first one that was.
  for (const touchpoint of touchpoints) {
    if (touchpoint.personId !== personId) continue;
    const index = stageShownBy(touchpoint, map);
    if (index >= 0 && index >= (furthest?.index ?? 0)) furthest = { index, at: touchpoint.at };
  }
  return furthest;
}

/** By folded name: the place of its stage. Worked out once a map. */
const compiled = new WeakMap<JourneyMap, ReadonlyMap<string, number>>();

function signsOf(map: JourneyMap): ReadonlyMap<string, number> {
  const known = compiled.get(map) ?? compile(map.stages);
  compiled.set(map, known);
  return known;
}

/** What several stages have is a sign of the first of them only: that one is certain. */
function compile(stages: readonly StageDefinition[]): ReadonlyMap<string, number> {
  const signs = new Map<string, number>();
  for (const [index, { signs: own, expects, assets }] of stages.entries()) {
    const names = [...own, ...expects.moments, ...assets.flatMap((asset) => asset.names)];
    for (const name of names.map(foldName)) if (!signs.has(name)) signs.set(name, index);
  }
  return signs;
}
