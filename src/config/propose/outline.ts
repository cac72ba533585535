import { parse } from 'yaml';
import type { StageIds } from '../../core/journey/journey-map.ts';
import type { Source } from '../../core/journey/signal.ts';
import { labelOf } from '../resolve/layers.ts';
import { templateSchema } from '../schema.ts';
import type { TemplateName, Templates } from '../templates.ts';
import { placeOfStep, type Step, steps } from './stage-words.ts';

/** A template's map for deals, as far as stages can be found in it. */
export type Outline = {
  name: TemplateName;
  /** `place`: how far along a sale it lies, 0…1. `steps`: what names of CRM stages that mean it speak of. */
  stages: { key: string; label: string; ids: StageIds; place: number; steps: Step[] }[];
};

/** Which stage of a template each step of a sale belongs to. */
const homes: Record<TemplateName, Record<Step, string>> = {
  'b2b-saas': {
    lead: 'qualification',
    qualification: 'qualification',
    discovery: 'qualification',
    evaluation: 'consideration',
    proposal: 'proposal',
    closing: 'decision',
  },
  'five-phases': {
    lead: 'awareness',
    qualification: 'awareness',
    discovery: 'consideration',
    evaluation: 'consideration',
    proposal: 'decision',
    closing: 'decision',
  },
  'nine-stages': {
    lead: 'awareness',
    qualification: 'awareness',
    discovery: 'research',
    evaluation: 'consideration',
    proposal: 'decision',
    closing: 'decision',
  },
  'professional-services': {
    lead: 'enquiry',
    qualification: 'enquiry',
    discovery: 'fit',
    evaluation: 'fit',
    proposal: 'proposal',
    closing: 'agreement',
  },
  'b2b-ecommerce': {
    lead: 'interest',
    qualification: 'interest',
    discovery: 'evaluation',
    evaluation: 'evaluation',
    proposal: 'order',
    closing: 'order',
  },
};

/** @throws Error where a template is not what it was */
export function outlineOf(name: TemplateName, templates: Templates): Outline {
  const { maps } = templateSchema.parse(parse(templates.read(name)));
  const map = Object.values(maps).find((candidate) => candidate.for !== 'accounts');
  return {
    name,
    stages: Object.entries(map?.stages ?? {}).map(([key, stage]) => {
      const own = steps.filter((step) => homes[name][step] === key);
      const places = own.map((step) => placeOfStep[step]);
      const place = places.reduce((sum, one) => sum + one, 0) / Math.max(1, places.length);
      return { key, label: stage?.label ?? labelOf(key), ids: (stage?.from ?? {}) as StageIds, place, steps: own };
    }),
  };
}

/** The stage of the template that knows this CRM's id, by its place in the list; -1 where none does. */
export const knownIn = ({ stages }: Outline, source: Source, id: string): number =>
  stages.findIndex(({ ids }) => (ids[source] ?? ids.any ?? []).includes(id));
