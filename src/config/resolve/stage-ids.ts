import type { StageIds } from '../../core/journey/journey-map.ts';
import type { Source } from '../../core/journey/signal.ts';
import type { ConfigPath } from '../problem.ts';
import type { MapLayer } from './layers.ts';
import type { StageStack } from './resolve-stages.ts';

/** What CRM stages can mean: a stage of the map, or an outcome. */
export type ResolvedStageIds = { stages: Map<string, StageIds>; won: StageIds; lost: StageIds };

/** One CRM stage id as one place of one layer claims it. `depth`: how near the layer is. */
type Claim = { holder: string; source: Source | 'any'; id: string; depth: number; path: ConfigPath; layer: MapLayer };

/**
 * Which CRM stages mean what. A nearer layer's list for a source replaces the list below it, and takes its ids from whatever stage had
 * them there; two stages of the same layer cannot share an id.
 */
export function resolveStageIds(chain: readonly MapLayer[], stacks: readonly StageStack[]): ResolvedStageIds {
  const claims = withoutShared([
    ...stacks.flatMap((stack) => stageClaims(stack, chain)),
    ...outcomeClaims(chain, 'won'),
    ...outcomeClaims(chain, 'lost'),
  ]);
  return {
    stages: new Map(stacks.map((stack) => [stack.key, idsOf(claims, `stage ${stack.key}`)])),
    won: idsOf(claims, 'won'),
    lost: idsOf(claims, 'lost'),
  };
}

function stageClaims({ key, layers }: StageStack, chain: readonly MapLayer[]): Claim[] {
  const holder = `stage ${key}`;
  const claims = layers.flatMap(({ section, layer }) =>
    claimsOf(holder, section.from, [...layer.path, 'stages', key, 'from'], layer, chain.indexOf(layer)),
  );
  const [first] = layers;
  if (claims.length > 0 || first === undefined) return nearestPerSource(claims);
  // No CRM stage given: the map is written in the words of its feed.
  return [{ holder, source: 'any', id: key, depth: chain.indexOf(first.layer), path: [...first.layer.path, 'stages', key], layer: first.layer }];
}

function outcomeClaims(chain: readonly MapLayer[], outcome: 'won' | 'lost'): Claim[] {
  const claims = chain.flatMap((layer, depth) =>
    claimsOf(outcome, layer.section.outcomes?.[outcome], [...layer.path, 'outcomes', outcome], layer, depth),
  );
  return nearestPerSource(claims);
}

function claimsOf(holder: string, ids: StageIdsSection | undefined, path: ConfigPath, layer: MapLayer, depth: number): Claim[] {
  return Object.entries(ids ?? {}).flatMap(([source, list]) =>
    (list ?? []).map((id) => ({ holder, source: source as Source | 'any', id, depth, path: [...path, source], layer })),
  );
}

const nearestPerSource = (claims: Claim[]): Claim[] =>
  claims.filter((claim) => !claims.some((other) => other.source === claim.source && other.depth > claim.depth));

function withoutShared(claims: readonly Claim[]): Claim[] {
  const byId = Map.groupBy(claims, ({ id }) => id);
  return claims.filter((claim) => {
    const same = byId.get(claim.id) ?? [];
    const rivals = same.filter((other) => other !== claim && overlaps(other, claim));
    const twice = rivals.find((other) => other.depth === claim.depth && same.indexOf(other) < same.indexOf(claim));
    if (twice !== undefined) {
      const message =
        twice.holder === claim.holder ? `CRM stage \`${claim.id}\` is listed twice` : `CRM stage \`${claim.id}\` already means ${twice.holder}`;
      claim.layer.report(claim.path, message);
    }
    return twice === undefined && !rivals.some((other) => other.depth > claim.depth && other.holder !== claim.holder);
  });
}

const overlaps = (a: Claim, b: Claim): boolean => a.source === b.source || (a.holder !== b.holder && (a.source === 'any' || b.source === 'any'));

function idsOf(claims: readonly Claim[], holder: string): StageIds {
  const bySource = Map.groupBy(
    claims.filter((claim) => claim.holder === holder),
    ({ source }) => source,
  );
  return Object.fromEntries([...bySource].map(([source, own]) => [source, own.map(({ id }) => id)]));
}

type StageIdsSection = Partial<Record<Source | 'any', string[] | undefined>>;
