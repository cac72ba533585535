import type { Source } from '../../core/journey/signal.ts';
import { knownIn, type Outline } from './outline.ts';
import type { CatalogueStage, Proposed } from './proposal.ts';
import { plain, type Step, steps, topicsOf } from './stage-words.ts';
import { stagesSpokenOf } from './template-words.ts';

/** Which stage of the outline (by its place in the list) a CRM stage is. */
export type Aligned = { at: number } & Proposed;

/** What speaks for one CRM stage, before its neighbours are looked at. `known`: by its id; `named`: by the words of its name. */
type Evidence = { known: number; named: Set<number>; contradicts: boolean; agrees: boolean; place: number; certain: boolean };

const scoreOfId = 3;
const scoreOfName = 2.5;
const scoreOfPlace = 0.8;
/** What a step back costs: pipelines run forwards, but one stage out of order does not turn the others round. */
const costOfStepBack = 1.2;

/** Lays the open stages of a pipeline along the stages of a template: what each one says of itself, and that a pipeline runs forwards. */
export function alignStages(stages: readonly CatalogueStage[], outline: Outline, source: Source): Aligned[] {
  const evidence = stages.map((stage, index) => evidenceOf(stage, (index + 0.5) / stages.length, outline, source));
  const chosen = bestPath(evidence, outline);
  return chosen.map((at, index) => ({ at, ...judged(at, evidence, chosen, index, outline) }));
}

/** Whether a stage was recognised by its id or its name, whatever its neighbours say. */
export const isRecognised = (stage: CatalogueStage, outline: Outline, source: Source): boolean =>
  knownIn(outline, source, stage.id) >= 0 || stepsIn(stage.name).length > 0 || stagesSpokenOf(stage.name, outline.name).length > 0;

function evidenceOf({ id, name, probability }: CatalogueStage, along: number, outline: Outline, source: Source): Evidence {
  const known = knownIn(outline, source, id);
  const spoken = stepsIn(name);
  const own = stagesSpokenOf(name, outline.name);
  // The template's own words say more than those of any sale.
  const says = ({ key, steps: of }: Outline['stages'][number]): boolean =>
    own.length > 0 ? own.includes(key) : of.some((step) => spoken.includes(step));
  const named = new Set(outline.stages.flatMap((stage, index) => (says(stage) ? [index] : [])));
  // Many teams rename a CRM's default stages, and the ids stay: then only the name tells what they mean by it.
  const agrees = sameText(id, name) || stepsIn(id).some((step) => spoken.includes(step));
  const certain = probability !== null && probability > 0 && probability < 1;
  return {
    known,
    named,
    agrees,
    contradicts: known >= 0 && named.size > 0 && !agrees && !named.has(known),
    place: certain ? (along + probability) / 2 : along,
    certain,
  };
}

/** The path of least regret: evidence for each stage, less what steps back cost. */
function bestPath(evidence: readonly Evidence[], { stages }: Outline): number[] {
  let scores = stages.map(() => 0);
  const cameFrom: number[][] = [];
  for (const [index, one] of evidence.entries()) {
    const steps = stages.map((stage, at) => {
      const own = scoreOf(one, at, stage.place);
      if (index === 0) return { from: at, score: own };
      const totals = scores.map((score, from) => score - (from > at ? costOfStepBack : 0) + own);
      const from = totals.reduce((best, total, candidate) => (total > (totals[best] ?? 0) ? candidate : best), at);
      return { from, score: totals[from] ?? own };
    });
    scores = steps.map(({ score }) => score);
    cameFrom.push(steps.map(({ from }) => from));
  }
  const path: number[] = [];
  let at = scores.indexOf(Math.max(...scores));
  for (let index = evidence.length - 1; index >= 0; index -= 1) {
    path.unshift(at);
    at = cameFrom[index]?.[at] ?? at;
  }
  return path;
}

function scoreOf({ known, named, contradicts, place }: Evidence, at: number, stagePlace: number): number {
  const byId = known === at && !contradicts ? scoreOfId : 0;
  const byName = named.has(at) && (known < 0 || contradicts) ? scoreOfName / named.size : 0;
  return byId + byName + scoreOfPlace * Math.max(0, 1 - 1.5 * Math.abs(place - stagePlace));
}

function judged(at: number, evidence: readonly Evidence[], chosen: readonly number[], index: number, { stages }: Outline): Proposed {
  const { known, named, contradicts, agrees, certain } = evidence[index] ?? (evidence[0] as Evidence);
  if (contradicts) return { confidence: 0.5, reason: 'its name says something else than its id' };
  if (known === at) return { confidence: agrees || named.has(known) ? 1 : 0.8, reason: "one of the CRM's own stages" };
  if (named.has(at) && named.size === 1) return { confidence: 0.9, reason: 'by its name' };
  if (named.has(at)) return { confidence: 0.6, reason: 'its name speaks of several stages' };
  if (named.size > 0) return { confidence: 0.4, reason: 'its name and its place in the pipeline do not agree' };
  const saysSo = (other: number): boolean => (evidence[other]?.named.size ?? 0) > 0 || (evidence[other]?.known ?? -1) >= 0;
  const before = chosen.findLastIndex((_, other) => other < index && saysSo(other));
  const after = chosen.findIndex((_, other) => other > index && saysSo(other));
  const from = before < 0 ? 0 : (chosen[before] ?? 0);
  const to = after < 0 ? stages.length - 1 : (chosen[after] ?? 0);
  if (from === to && before + after > -2) return { confidence: 0.6, reason: 'it lies between stages of the same kind' };
  return { confidence: certain ? 0.45 : 0.35, reason: certain ? 'only by its place and its probability' : 'only by its place in the pipeline' };
}

function stepsIn(name: string): Step[] {
  const topics = topicsOf(name);
  return steps.filter((step) => topics.includes(step));
}

const sameText = (id: string, name: string): boolean => plain(id).replaceAll(' ', '') === plain(name).replaceAll(' ', '');
