import { templateNames } from '../templates.ts';
import { createKeys } from './name-keys.ts';
import type { Basis, Proposal, ProposedPipeline, ProposedStage } from './proposal.ts';
import { plain } from './stage-words.ts';

/** One map of the file to be: one pipeline, or several that are the same but for their ids. */
export type PlannedMap = {
  key: string;
  label: string;
  basis: Basis;
  /** The pipelines that it takes; null: deals of every pipeline. */
  pipelines: { id: string; name: string }[] | null;
  choices: ProposedPipeline['choices'];
  /** Each of them once, in the order of the CRM; more than one pipeline's after one another. */
  stages: ProposedStage[];
};

export type PlannedMaps = {
  maps: PlannedMap[];
  /** Pipelines that no map takes, and why. */
  left: { pipeline: ProposedPipeline; why: string }[];
};

/** More maps than this are nobody's journeys; what is over is listed. */
const mostMaps = 20;
/** Names of maps that would be taken for a template, or for the map of accounts. */
const reserved = [...templateNames, 'customers'];

/** Which maps the pipelines make. Pipelines with the same stages that mean the same (sales by region) share one. */
export function planMaps({ pipelines }: Proposal): PlannedMaps {
  const groups: ProposedPipeline[][] = [];
  const left: PlannedMaps['left'] = [];
  for (const [index, pipeline] of pipelines.entries()) {
    const why = unfit(pipeline, pipelines.slice(0, index), pipelines.length);
    const group = groups.find(([first]) => first !== undefined && signature(first) === signature(pipeline));
    if (why !== null) left.push({ pipeline, why });
    else if (group !== undefined && sharesNoId(group, pipeline)) group.push(pipeline);
    else if (groups.length < mostMaps) groups.push([pipeline]);
    else left.push({ pipeline, why: `there are more than ${mostMaps} kinds of pipelines` });
  }
  const nextKey = createKeys(reserved);
  const maps = groups.map((group) => plannedMap(group, nextKey, pipelines.length === 1));
  return { maps, left };
}

function plannedMap(group: readonly ProposedPipeline[], nextKey: (name: string, otherwise: string) => string, alone: boolean): PlannedMap {
  const first = group[0] as ProposedPipeline;
  const key = alone && first.basis !== 'own' ? nextKey('new-business', 'new-business') : nextKey(first.name, 'pipeline');
  return {
    key,
    label: first.name,
    basis: first.basis,
    pipelines: alone ? null : group.map(({ id, name }) => ({ id, name })),
    choices: first.choices,
    stages: group.flatMap(({ stages }) => stages),
  };
}

/** Why no map can take a pipeline; null: one can. */
function unfit({ id, stages }: ProposedPipeline, before: readonly ProposedPipeline[], count: number): string | null {
  if (!stages.some(({ meaning }) => meaning.kind === 'stage')) return 'none of its stages is a step of a journey';
  if (count > 1 && (id === '' || id !== id.trim())) return 'its id is empty, or begins or ends with a blank';
  return before.some((other) => other.id === id) ? 'its id stands above already' : null;
}

const signature = ({ basis, stages }: ProposedPipeline): string => JSON.stringify([basis, stages.map(({ name, meaning }) => [plain(name), meaning])]);

const sharesNoId = (group: readonly ProposedPipeline[], { stages }: ProposedPipeline): boolean => {
  const taken = new Set(group.flatMap((pipeline) => pipeline.stages.map(({ id }) => id)));
  return stages.every(({ id }) => !taken.has(id));
};
