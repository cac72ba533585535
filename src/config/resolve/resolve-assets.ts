import type { AssetDefinition, JourneyMap } from '../../core/journey/journey-map.ts';
import type { JourneyFile } from '../schema.ts';
import { suggest } from '../suggest.ts';
import { labelOf, type Report } from './layers.ts';

/** An asset of the catalogue, with the stages that it is meant for. */
export type CatalogueEntry = AssetDefinition & { stages: string[] };

/** The catalogue, its roles checked. */
export const resolveAssets = (assets: JourneyFile['assets'], knownRoles: readonly string[], report: Report): CatalogueEntry[] =>
  Object.entries(assets).map(([key, { label = labelOf(key), names = [], roles, stages }]) => {
    for (const [index, role] of roles.entries()) {
      if (!knownRoles.includes(role)) report(['assets', key, 'roles', index], `unknown role \`${role}\``, { suggestion: suggest(role, knownRoles) });
    }
    return { key, label, names: [...new Set([key, label, ...names])], roles, stages };
  });

/** Assets are meant for stages of whatever map: one that no map has is a mistake. */
export function checkAssetStages(assets: readonly CatalogueEntry[], maps: readonly JourneyMap[], report: Report): void {
  const known = [...new Set(maps.flatMap(({ stages }) => stages.map(({ key }) => key)))];
  for (const { key, stages } of assets) {
    for (const [index, stage] of stages.entries()) {
      if (!known.includes(stage)) report(['assets', key, 'stages', index], `unknown stage \`${stage}\``, { suggestion: suggest(stage, known) });
    }
  }
}
