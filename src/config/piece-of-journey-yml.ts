import { counted } from '../core/counted.ts';
import type { JourneyConfig, JourneyMap, StageDefinition } from '../core/journey/journey-map.ts';
import { accountMaps } from '../core/journey/lifecycle-stage.ts';
import { mapOfPipeline } from '../core/journey/map-of-pipeline.ts';
import type { Source } from '../core/journey/signal.ts';
import { stageMeaning } from '../core/journey/stage-lookup.ts';
import { createKeys } from './propose/name-keys.ts';
import { labelFrom, oneLine, quoted } from './propose/plain-text.ts';
import type { Catalogue, CatalogueStage } from './propose/proposal.ts';
import { proposeRoles } from './propose/propose-roles.ts';
import { outcomeMeantBy, stageMeantBy, withIds } from './propose/stage-meant.ts';
import { type Entry, entry, fileOf, inQuotes, list, mapping } from './propose/yaml-parts.ts';

/** What was met and is not known, with how often, as far as that is known. */
export type Unknowns = {
  pipelines: readonly { id: string; deals: number }[];
  stages: readonly { pipeline: string; id: string; deals: number }[];
  lifecycles: readonly { id: string; accounts: number }[];
  roles: readonly { value: string; people: number }[];
  owners: readonly { value: string; deals: number; accounts: number }[];
};

/** A stage of the CRM, and how often it was met, in words. */
type Met = CatalogueStage & { met: string | null };

/**
 * The piece of journey.yml that is missing: stages of the CRM that the map does not know, in the order of their pipeline, pipelines that no map takes
 * (each a map of its own), lifecycle stages, role values. To be pasted under the keys that are there. Null: nothing is missing.
 */
export function pieceOfJourneyYml(config: JourneyConfig, source: Source, catalogue: Catalogue, unknowns: Unknowns): string | null {
  const mapKeys = createKeys(config.maps.map(({ key }) => key));
  const named = new Map(catalogue.pipelines.map((pipeline) => [pipeline.id, pipeline]));
  const pipelineOf = (id: string) => named.get(id) ?? { id, name: id, stages: [] };
  const maps = new Map<JourneyMap, Set<string>>();
  for (const { pipeline, id } of unknowns.stages) {
    const map = mapOfPipeline(pipeline, config);
    if (map === null) continue;
    // A deal that was moved to another pipeline has been in stages of its former one.
    const home = catalogue.pipelines.filter((each) => mapOfPipeline(each.id, config) === map && each.stages.some((stage) => stage.id === id));
    maps.set(map, new Set([...(maps.get(map) ?? []), ...home.map((each) => each.id), pipeline]));
  }
  const entries = [
    ...[...maps].map(([map, pipelines]) => entry(map.key, more(map, stagesMet([...pipelines].map(pipelineOf), catalogue, unknowns), source))),
    ...lifecycleEntries(config, source, catalogue, unknowns),
    ...unknowns.pipelines.map(({ id, deals }) => newMap(pipelineOf(id), deals, mapKeys, source)),
  ];
  const roles = roleEntries(catalogue, unknowns);
  const top = [...(entries.length === 0 ? [] : [entry('maps', mapping(entries))]), ...(roles.length === 0 ? [] : [entry('roles', mapping(roles))])];
  const owners = unknowns.owners.map(({ value, ...owned }) => `  ${quoted(value)}: name@your.company # ${ownedInWords(owned)}`);
  const tail = owners.length === 0 ? [] : ['The CRM does not say who these owners are:', 'owners:', ...owners];
  if (top.length === 0) return tail.length === 0 ? null : `${tail.map((line) => `# ${line}`).join('\n')}\n`;
  return fileOf([], top, tail);
}

/** `3 deals, 1 account` */
export const ownedInWords = ({ deals, accounts }: { deals: number; accounts: number }): string =>
  [...(deals === 0 ? [] : [counted(deals, 'deal')]), ...(accounts === 0 ? [] : [counted(accounts, 'account')])].join(', ');

/** New stages of a map that is there, each after the one that stands before it in the CRM. */
function more(map: JourneyMap, lists: readonly Met[][], source: Source) {
  const keys = createKeys(map.stages.map(({ key }) => key));
  const stages: Entry[] = [];
  /** Stages that are there, and mean the same by their words. */
  const meant = new Map<StageDefinition, CatalogueStage[]>();
  const ended = { won: [...(map.outcomes.won[source] ?? [])], lost: [...(map.outcomes.lost[source] ?? [])] };
  const before = { won: ended.won.length, lost: ended.lost.length };
  for (const list of lists) {
    let last: string | null = null;
    for (const stage of list) {
      const meaning = stageMeaning(map, source, stage.id);
      if (meaning.kind === 'stage') last = meaning.key;
      if (meaning.kind !== 'unknown') continue;
      const same = stage.outcome === 'open' ? stageMeantBy(map, [stage.name, stage.id]) : null;
      if (same !== null) {
        meant.set(same, [...(meant.get(same) ?? []), stage]);
        last = same.key;
      } else if (stage.outcome === 'open') {
        const key = keys(stage.name, 'stage');
        stages.push(stageEntry(key, stage, source, last, last === null ? behind(map) : []));
        last = key;
      } else ended[stage.outcome].push(stage.id);
    }
  }
  for (const [stage, more] of meant) stages.push(meantEntry(stage, more, source));
  // A list in the file takes the place of the one that holds now.
  const outcomes = (['won', 'lost'] as const)
    .filter((outcome) => ended[outcome].length > before[outcome])
    .map((outcome) => outcomeEntry(outcome, ended[outcome], source));
  return mapping([
    ...(stages.length === 0 ? [] : [entry('stages', mapping(stages))]),
    ...(outcomes.length === 0 ? [] : [entry('outcomes', mapping(outcomes))]),
  ]);
}

function newMap(pipeline: Catalogue['pipelines'][number], deals: number, mapKeys: ReturnType<typeof createKeys>, source: Source): Entry {
  const keys = createKeys();
  const open = pipeline.stages.filter(({ outcome }) => outcome === 'open');
  const outcomes = (['won', 'lost'] as const).flatMap((outcome) => {
    const ids = pipeline.stages.filter((stage) => stage.outcome === outcome).map(({ id }) => id);
    return ids.length === 0 ? [] : [outcomeEntry(outcome, ids, source)];
  });
  const key = mapKeys(pipeline.name, 'pipeline');
  return entry(
    key,
    mapping([
      ...labelled(pipeline.name),
      entry('for', mapping([entry('pipelines', list([{ value: inQuotes(pipeline.id) }]))], { flow: true })),
      // A map needs stages: where the CRM names none, a template's are better than nothing.
      open.length === 0
        ? entry('extends', 'b2b-saas')
        : entry('stages', mapping(open.map((stage) => stageEntry(keys(stage.name, 'stage'), { ...stage, met: null }, source, null, [])))),
      ...(outcomes.length === 0 ? [] : [entry('outcomes', mapping(outcomes))]),
    ]),
    { above: [`${oneLine(pipeline.name)}: ${counted(deals, 'deal')} in a pipeline that no map takes`] },
  );
}

/** A stage that nothing comes before in the CRM would stand at the end, where deals look as if they had jumped over all that is before it. */
function behind({ stages }: JourneyMap): string[] {
  const last = stages.at(-1);
  return last === undefined
    ? []
    : [
        `This would come behind ${last.key}. Say \`after:\` if it comes earlier; or if it is a stage that is there, put it into that one's \`from:\` instead.`,
      ];
}

function stageEntry(key: string, { id, name, met }: Met, source: Source, after: string | null, notes: string[]): Entry {
  const remark = [oneLine(name), ...(met === null ? [] : [met])].join(': ');
  return entry(
    key,
    mapping([
      ...labelled(name),
      entry('from', mapping([entry(source, list([{ value: inQuotes(id) }]))], { flow: true })),
      ...(after === null ? [] : [entry('after', after)]),
    ]),
    { above: [remark, ...notes] },
  );
}

/** A stage that is there, with one more of the CRM's that means it. */
function meantEntry({ key, from }: StageDefinition, more: readonly CatalogueStage[], source: Source): Entry {
  const ids = Object.entries(
    withIds(
      from,
      source,
      more.map(({ id }) => id),
    ),
  );
  return entry(
    key,
    mapping([
      entry(
        'from',
        mapping(
          ids.map(([by, values]) => entry(by, list(values.map((id) => ({ value: inQuotes(id) }))))),
          { flow: true },
        ),
      ),
    ]),
    {
      above: [`${more.map(({ name }) => oneLine(name)).join(', ')}: the same, by its words. Look whether that is so`],
    },
  );
}

const outcomeEntry = (outcome: 'won' | 'lost', ids: readonly string[], source: Source): Entry =>
  entry(outcome, mapping([entry(source, list(ids.map((id) => ({ value: inQuotes(id) }))))], { flow: true }));

function roleEntries(catalogue: Catalogue, { roles }: Unknowns): Entry[] {
  const labels = new Map(catalogue.roles.map(({ value, label }) => [value, label]));
  const met = new Map(roles.map(({ value, people }) => [value.trim(), people]));
  const keys = createKeys();
  const proposed = proposeRoles(roles.map(({ value }) => ({ value, label: labels.get(value) ?? value })));
  const byKey = Map.groupBy(proposed, ({ role, label }) => role ?? keys(label, 'role'));
  return [...byKey].map(([key, values]) => {
    const remarks = values.map(
      ({ value, label, role }) =>
        `${oneLine(label)}: ${counted(met.get(value) ?? 0, 'person', 'people')}${role === null ? ', a role of its own?' : ''}`,
    );
    return entry(key, mapping([entry('crm', list(values.map(({ value }) => ({ value: inQuotes(value) }))))]), { above: remarks });
  });
}

/** Lifecycle stages belong to the first map for accounts; of those that it knows the catalogue says which come before. */
function lifecycleEntries(config: JourneyConfig, source: Source, { lifecycles = [] }: Catalogue, unknowns: Unknowns): Entry[] {
  const [map] = accountMaps(config);
  if (map === undefined || unknowns.lifecycles.length === 0) return [];
  const accounts = new Map(unknowns.lifecycles.map((lifecycle) => [lifecycle.id, lifecycle.accounts]));
  const listed = lifecycles.filter(({ value }) => accounts.has(value) || stageMeaning(map, source, value).kind !== 'unknown');
  const strays = unknowns.lifecycles.filter(({ id }) => listed.every(({ value }) => value !== id)).map(({ id }) => ({ value: id, label: id }));
  const stages = [...listed, ...strays].map(
    ({ value, label }): Met => ({
      ...{ id: value, name: label, probability: null, outcome: outcomeMeantBy([label, value]) ?? 'open' },
      met: counted(accounts.get(value) ?? 0, 'account'),
    }),
  );
  return [entry(map.key, more(map, [stages], source))];
}

/** The pipeline's stages, and those that were met there and that it does not name any more. */
function stagesMet(pipelines: Catalogue['pipelines'], catalogue: Catalogue, unknowns: Unknowns): Met[][] {
  const deals = new Map<string, number>();
  const met = new Map<string, string[]>();
  for (const { pipeline, id, deals: number } of unknowns.stages) {
    if (!pipelines.some((each) => each.id === pipeline)) continue;
    deals.set(id, (deals.get(id) ?? 0) + number);
    met.set(pipeline, [...(met.get(pipeline) ?? []), id]);
  }
  const everywhere = new Map(catalogue.pipelines.flatMap(({ stages }) => stages.map((stage) => [stage.id, stage])));
  const told = new Set<string>();
  const listed = new Set(pipelines.flatMap(({ stages }) => stages.map(({ id }) => id)));
  return pipelines.map(({ id: pipeline, stages }) => {
    const strays = (met.get(pipeline) ?? []).filter((id) => !listed.has(id));
    const all = [...stages, ...strays.map((id) => everywhere.get(id) ?? { id, name: id, outcome: 'open' as const, probability: null })];
    return all.filter(({ id }) => !told.has(id) && told.add(id)).map((stage) => ({ ...stage, met: counted(deals.get(stage.id) ?? 0, 'deal') }));
  });
}

const labelled = (name: string): Entry[] => {
  const label = labelFrom(name);
  return label === null ? [] : [entry('label', inQuotes(label))];
};
