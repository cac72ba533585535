import { roleOf } from '../core/journey/held-roles.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { accountMaps, isUnknownLifecycle } from '../core/journey/lifecycle-stage.ts';
import { mapOfPipeline, unnamedPipeline } from '../core/journey/map-of-pipeline.ts';
import { ownerEmailOf } from '../core/journey/owner.ts';
import type { Source } from '../core/journey/signal.ts';
import { stageMeaning } from '../core/journey/stage-lookup.ts';
import { oneLine, quoted } from './propose/plain-text.ts';
import type { Catalogue } from './propose/proposal.ts';
import { proposeRoles } from './propose/propose-roles.ts';

/** What a CRM has and journey.yml does not know, a line each, with what to write. */
export type Unknown = { pipelines: string[]; stages: string[]; 'lifecycle stages': string[]; roles: string[]; owners: string[] };

/** Looks for every pipeline, open stage, lifecycle stage, role value and owner of a CRM in the map. */
export function unknownToMap(config: JourneyConfig, source: Source, catalogue: Catalogue): Unknown {
  const unknown: Unknown = { pipelines: [], stages: [], 'lifecycle stages': [], roles: [], owners: [] };
  for (const { id, name, stages } of catalogue.pipelines) {
    const map = mapOfPipeline(id || unnamedPipeline, config);
    if (map === null) {
      unknown.pipelines.push(`${quoted(id)} ${oneLine(name)}: no map takes it.  for: { pipelines: [${quoted(id)}] }`);
      continue;
    }
    for (const stage of stages) {
      if (stage.outcome !== 'open' || stageMeaning(map, source, stage.id).kind !== 'unknown') continue;
      unknown.stages.push(
        `${quoted(stage.id)} ${oneLine(stage.name)} (${oneLine(name)}): under a stage of ${map.key}:  from: { ${source}: [${quoted(stage.id)}] }`,
      );
    }
  }
  const [customers] = accountMaps(config);
  for (const { value, label } of catalogue.lifecycles ?? []) {
    if (customers === undefined || !isUnknownLifecycle(config, source, value)) continue;
    unknown['lifecycle stages'].push(
      `${quoted(value)} ${oneLine(label)}: under a stage of ${customers.key}:  from: { ${source}: [${quoted(value)}] }`,
    );
  }
  for (const { value, label } of proposeRoles(catalogue.roles)) {
    if (roleOf(value, config.roles) === null) unknown.roles.push(`${quoted(value)} ${oneLine(label)}: under a role:  crm: [${quoted(value)}]`);
  }
  for (const { id, name, email } of catalogue.owners) {
    const known = (email ?? '').trim() !== '' || [id, name].some((said) => ownerEmailOf(said, config.owners) !== null);
    if (!known) unknown.owners.push(`${quoted(id)} ${oneLine(name ?? '')}: under owners:  ${quoted(id)}: name@your.company`);
  }
  return unknown;
}
