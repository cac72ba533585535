import type { Source } from '../../core/journey/signal.ts';
import type { TemplateName } from '../templates.ts';

/** What a CRM says of itself, as far as a journey map has to know it. */
export type Catalogue = {
  pipelines: { id: string; name: string; stages: CatalogueStage[] }[];
  owners: { id: string; name: string | null; email: string | null }[];
  roles: { value: string; label: string }[];
  /** Lifecycle stages of accounts, in their order; not there where the CRM has no list of them. */
  lifecycles?: { value: string; label: string }[];
  /** The zone that the CRM itself works in, as it names it; not there where it does not say. */
  timezone?: string | null;
};

/** In the order of its pipeline. `probability` 0…1. */
export type CatalogueStage = { id: string; name: string; outcome: 'open' | 'won' | 'lost'; probability: number | null };

/** What a CRM's stage means in the map that is proposed. */
export type Meaning = { kind: 'stage'; key: string } | { kind: 'outcome'; outcome: 'won' | 'lost' } | { kind: 'none' };

/** `confidence` 0…1. `reason` completes “because …”. */
export type Proposed = { confidence: number; reason: string };

export type ProposedStage = { id: string; name: string; meaning: Meaning } & Proposed;

/** Where a map's stages come from: a template, or the pipeline's own stages, taken as they are. */
export type Basis = 'own' | TemplateName;
/** `choices`: the stages of the map that a CRM stage can mean, in their order. */
export type ProposedPipeline = {
  id: string;
  name: string;
  basis: Basis;
  choices: { key: string; label: string }[];
  stages: ProposedStage[];
} & Proposed;

/** `role`: the key of a role, or null where the value is unknown. `builtIn`: the program knows the value without being told. */
export type ProposedRole = { value: string; label: string; role: string | null; builtIn: boolean } & Proposed;

export type Proposal = {
  source: Source;
  pipelines: ProposedPipeline[];
  roles: ProposedRole[];
  /** Owners whose e-mail address the CRM does not say. `email`: what a person has said since. */
  ownersWithoutEmail: { id: string; name: string | null; email: string | null }[];
};

/** Below this a person is asked, and without one the file says that it is a guess. */
export const sureFrom = 0.65;
