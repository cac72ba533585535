import type { Source } from '../../core/journey/signal.ts';
import { builtInTemplates, type TemplateName, templateNames } from '../templates.ts';
import { outlineOf } from './outline.ts';
import type { Basis, Catalogue, Proposal, ProposedPipeline } from './proposal.ts';
import { proposePipeline } from './propose-pipeline.ts';
import { proposeRoles } from './propose-roles.ts';

/** What journey.yml could say of a CRM, by what the CRM says of itself. */
export function proposeJourney(catalogue: Catalogue, source: Source): Proposal {
  const known = outlines();
  return {
    source,
    pipelines: catalogue.pipelines.map((pipeline) => proposePipeline(pipeline, known, source)),
    roles: proposeRoles(catalogue.roles),
    ownersWithoutEmail: catalogue.owners
      .filter(({ email }) => email === null || email.trim() === '')
      .map(({ id, name }) => ({ id, name, email: null })),
  };
}

/** The same pipeline laid along another template, or taken as it is. */
export function proposeOn(basis: Basis, pipeline: Catalogue['pipelines'][number], source: Source): ProposedPipeline {
  return proposePipeline(pipeline, outlines(), source, basis);
}

/** The templates that a pipeline can be laid along, with what they call their stages. */
export const templateChoices = (): { name: TemplateName; stages: string[] }[] =>
  outlines().map(({ name, stages }) => ({ name, stages: stages.map(({ key }) => key) }));

const outlines = () => templateNames.map((name) => outlineOf(name, builtInTemplates));
