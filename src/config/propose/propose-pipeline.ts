import type { Source } from '../../core/journey/signal.ts';
import type { TemplateName } from '../templates.ts';
import { alignStages, isRecognised } from './align-stages.ts';
import { createKeys } from './name-keys.ts';
import type { Outline } from './outline.ts';
import type { Basis, Catalogue, CatalogueStage, Proposed, ProposedPipeline, ProposedStage } from './proposal.ts';
import { plain, type Topic, topicsOf } from './stage-words.ts';
import { stagesSpokenOf } from './template-words.ts';

type Pipeline = Catalogue['pipelines'][number];

/**
 * What a pipeline's stages mean. Without a `basis`, the template that fits; where none does (an onboarding, stages of a kind that nobody
 * has heard of), the pipeline's own stages are the map, and nothing is guessed.
 */
export function proposePipeline(pipeline: Pipeline, outlines: readonly Outline[], source: Source, basis?: Basis): ProposedPipeline {
  const travelled = pipeline.stages.filter((stage, index) => setAside(stage, index, pipeline) === null);
  const choice = basis === undefined ? bestBasis(pipeline, travelled, outlines, source) : { basis, confidence: 1, reason: 'chosen' };
  const outline = outlines.find(({ name }) => name === choice.basis);
  const { choices, stages } = outline === undefined ? ownStages(travelled) : templateStages(travelled, outline, source);
  return {
    id: pipeline.id,
    name: pipeline.name,
    ...choice,
    choices,
    stages: pipeline.stages.map((stage, index) => {
      const at = travelled.indexOf(stage);
      const { meaning, confidence, reason } = setAside(stage, index, pipeline) ?? stages[at] ?? nowhere('it is not on this map', 1);
      return { id: stage.id, name: stage.name, meaning, confidence, reason };
    }),
  };
}

type Said = Pick<ProposedStage, 'meaning' | 'confidence' | 'reason'>;

/** Those that are taken for what they are not called: the others are of a trade, or of a team that has read about them. */
const generalTemplates: readonly TemplateName[] = ['b2b-saas', 'five-phases'];

const asides = new Set<Topic>(['won', 'lost', 'paused']);

const nowhere = (reason: string, confidence: number): Said => ({ meaning: { kind: 'none' }, confidence, reason });

/** What a stage is when it is no step of the journey: an end, a waiting room, or nothing that a file could name. */
function setAside(stage: CatalogueStage, index: number, { stages }: Pipeline): Said | null {
  if (stage.id === '' || stage.id !== stage.id.trim()) return nowhere('its id is empty, or begins or ends with a blank', 1);
  if (stages.findIndex(({ id }) => id === stage.id) < index) return nowhere('its id stands in this pipeline already', 1);
  if (stage.outcome !== 'open') return { meaning: { kind: 'outcome', outcome: stage.outcome }, confidence: 1, reason: 'the CRM says so' };
  const [topic, ...others] = topicsOf(stage.name);
  if (topic === undefined || others.length > 0) return null;
  const undecided = stage.probability !== null && stage.probability > 0 && stage.probability < 1;
  // A sale that is won and goes on to its kick-off has not ended there.
  const ends = stages.slice(index).every(({ name, outcome }) => outcome !== 'open' || topicsOf(name).some((one) => asides.has(one)));
  // Files put their stages in the order of their probabilities: what is lost comes first.
  if ((topic === 'won' || topic === 'lost') && (ends || (topic === 'lost' && stage.probability === 0)) && !undecided)
    return { meaning: { kind: 'outcome', outcome: topic }, confidence: 0.9, reason: 'by its name' };
  return topic === 'paused' || topic === 'lost' ? nowhere('deals wait there, or are given up: it is no step of the journey', 0.7) : null;
}

function bestBasis(pipeline: Pipeline, stages: readonly CatalogueStage[], outlines: readonly Outline[], source: Source): { basis: Basis } & Proposed {
  const afterSale = (name: string): boolean => topicsOf(name).includes('after-sale');
  if (afterSale(pipeline.name) || (stages.length > 0 && stages.filter(({ name }) => afterSale(name)).length * 2 > stages.length))
    return { basis: 'own', confidence: 0.8, reason: 'it is about what comes after the sale' };
  const fits = outlines.map((outline) => ({ outline, ...fitOf(stages, outline, source) })).toSorted((a, b) => b.fit - a.fit);
  const best = fits.find(({ outline }) => generalTemplates.includes(outline.name));
  if (best === undefined || stages.length === 0) return { basis: outlines[0]?.name ?? 'own', confidence: 1, reason: 'it has no open stages' };
  const [first, second] = fits.toSorted((a, b) => b.spoken - a.spoken);
  if (first !== undefined && first.spoken >= 2 && first.spoken * 2 >= stages.length) {
    const alone = second === undefined || first.spoken > second.spoken || first.fit > second.fit;
    const sure = alone && first.spoken > stages.length / 2 && first.recognised >= 0.75;
    return { basis: first.outline.name, confidence: sure ? 0.9 : 0.6, reason: 'its stages are called so there' };
  }
  if (first !== undefined && first.spoken >= 2 && first.outline.name !== best.outline.name && best.recognised >= 0.5)
    return { basis: best.outline.name, confidence: 0.6, reason: `some of its stages speak of ${first.outline.name}` };
  if (best.recognised < 0.5) return { basis: 'own', confidence: 0.6, reason: 'most of its stages have names that no template knows' };
  return { basis: best.outline.name, confidence: best.recognised < 0.75 ? 0.6 : 0.9, reason: 'its stages are known there' };
}

/**
 * `recognised`: the share of stages that say what they are. `fit`: how sure that is, and how much of the template they fill. `spoken`: how many speak
 * in the template's own words.
 */
function fitOf(stages: readonly CatalogueStage[], outline: Outline, source: Source): { recognised: number; fit: number; spoken: number } {
  const aligned = alignStages(stages, outline, source);
  const recognised = stages.filter((stage) => isRecognised(stage, outline, source)).length / Math.max(1, stages.length);
  const sure = aligned.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, stages.length);
  const filled = new Set(aligned.map(({ at }) => at)).size / Math.max(1, outline.stages.length);
  return { recognised, fit: sure + filled, spoken: stages.filter(({ name }) => stagesSpokenOf(name, outline.name).length > 0).length };
}

function templateStages(
  stages: readonly CatalogueStage[],
  outline: Outline,
  source: Source,
): { choices: ProposedPipeline['choices']; stages: Said[] } {
  const aligned = alignStages(stages, outline, source);
  return {
    choices: outline.stages.map(({ key, label }) => ({ key, label })),
    stages: stages.map((stage, index): Said => {
      const topics = topicsOf(stage.name);
      if (topics.length === 1 && topics[0] === 'after-sale') return nowhere('it comes after the sale', 0.7);
      const { at, confidence, reason } = aligned[index] ?? { at: 0, confidence: 0, reason: '' };
      return { meaning: { kind: 'stage', key: outline.stages[at]?.key ?? '' }, confidence, reason };
    }),
  };
}

/** Every open stage of the CRM is a stage of the map. */
function ownStages(stages: readonly CatalogueStage[]): { choices: ProposedPipeline['choices']; stages: Said[] } {
  const nextKey = createKeys();
  const choices = stages.map(({ name, id }, index) => ({ key: nextKey(name, `stage-${index + 1}`), label: plain(name) === '  ' ? id : name }));
  return {
    choices,
    stages: choices.map(({ key }): Said => ({ meaning: { kind: 'stage', key }, confidence: 1, reason: 'a stage of its own' })),
  };
}
