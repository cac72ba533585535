import { z } from 'zod';
import type { CrmCatalogue } from '../../app/crm.ts';
import { defaultRoles } from '../../config/default-roles.ts';
import { createKeys } from '../../config/propose/name-keys.ts';
import { oneLine } from '../../config/propose/plain-text.ts';
import { type Basis, type Meaning, type Proposal, type ProposedPipeline, sureFrom } from '../../config/propose/proposal.ts';
import { proposeOn, templateChoices } from '../../config/propose/propose-journey.ts';
import type { Prompts } from './prompts.ts';

/** More questions of one kind than this are not asked: what is left stands in the file, to be filled in. */
const mostAsked = 12;

/** Shows what is proposed and asks where it is unsure. Without prompts everything stays as proposed. */
export async function reviewProposal(
  proposal: Proposal,
  catalogue: CrmCatalogue,
  { prompts, print }: { prompts: Prompts | null; print(line: string): void },
): Promise<Proposal> {
  const pipelines: ProposedPipeline[] = [];
  for (const [index, proposed] of proposal.pipelines.entries()) {
    const pipeline = catalogue.pipelines[index];
    const decided = prompts === null || pipeline === undefined ? proposed : await reviewed(proposed, pipeline, proposal, prompts);
    pipelines.push(decided);
    print(`  ${oneLine(decided.name)}: ${decided.basis === 'own' ? "the CRM's own stages" : `template ${decided.basis}`}`);
    for (const { name, meaning, confidence } of decided.stages.slice(0, 30)) {
      print(`    ${oneLine(name, 36).padEnd(36)} ${wordFor(meaning)}${confidence < sureFrom ? '  (a guess)' : ''}`);
    }
  }
  if (prompts === null) return { ...proposal, pipelines };
  return { ...proposal, pipelines, roles: await reviewRoles(proposal, prompts), ownersWithoutEmail: await reviewOwners(proposal, prompts) };
}

async function reviewed(
  proposed: ProposedPipeline,
  pipeline: CrmCatalogue['pipelines'][number],
  { source }: Proposal,
  prompts: Prompts,
): Promise<ProposedPipeline> {
  const basis = proposed.confidence < sureFrom ? await askBasis(proposed, prompts) : proposed.basis;
  if (basis === 'out') return { ...proposed, stages: proposed.stages.map((stage) => ({ ...stage, meaning: { kind: 'none' }, reason: 'left out' })) };
  const chosen = basis === proposed.basis ? proposed : proposeOn(basis, pipeline, source);
  const stages: ProposedPipeline['stages'] = [];
  for (const stage of chosen.stages) {
    if (stage.confidence >= sureFrom) stages.push(stage);
    else stages.push({ ...stage, meaning: await askMeaning(stage, chosen, prompts), confidence: 1, reason: 'as you said' });
  }
  return { ...chosen, stages };
}

function askBasis({ name, reason, basis }: ProposedPipeline, prompts: Prompts): Promise<Basis | 'out'> {
  return prompts.choose<Basis | 'out'>(
    `The pipeline “${oneLine(name)}” (${reason}): which map?`,
    [
      ...templateChoices().map((one) => ({ value: one.name, name: `${one.name}: ${one.stages.join(', ')}` })),
      { value: 'own', name: 'its own stages, as they are' },
      { value: 'out', name: 'none: its deals are not watched' },
    ],
    basis,
  );
}

async function askMeaning(
  { name, reason, meaning }: ProposedPipeline['stages'][number],
  { name: pipeline, choices }: ProposedPipeline,
  prompts: Prompts,
): Promise<Meaning> {
  const answer = await prompts.choose(
    `“${oneLine(name)}” of “${oneLine(pipeline)}” (${reason}): which stage is it?`,
    [
      ...choices.map(({ key, label }) => ({ value: `stage ${key}`, name: oneLine(label) })),
      { value: 'won', name: 'won: the journey ends well' },
      { value: 'lost', name: 'lost: the journey ends' },
      { value: 'none', name: 'none of them: it stays off the map' },
    ],
    meaning.kind === 'stage' ? `stage ${meaning.key}` : meaning.kind === 'outcome' ? meaning.outcome : 'none',
  );
  if (answer === 'won' || answer === 'lost') return { kind: 'outcome', outcome: answer };
  return answer === 'none' ? { kind: 'none' } : { kind: 'stage', key: answer.slice('stage '.length) };
}

async function reviewRoles({ roles }: Proposal, prompts: Prompts): Promise<Proposal['roles']> {
  const nextKey = createKeys(defaultRoles.map(({ key }) => key));
  const asked = roles.filter(({ role, confidence }) => role === null || confidence < sureFrom).slice(0, mostAsked);
  const decided: Proposal['roles'] = [];
  for (const one of roles) {
    if (!asked.includes(one)) decided.push(one);
    else {
      const answer = await prompts.choose(`The role “${oneLine(one.label)}” of the CRM: which is it?`, [
        { value: '', name: 'it says nothing' },
        ...defaultRoles.map(({ key, label }) => ({ value: key, name: label })),
        { value: 'own', name: 'a role of its own' },
      ]);
      decided.push({
        ...one,
        role: answer === 'own' ? nextKey(one.label, 'role') : answer === '' ? null : answer,
        confidence: 1,
        reason: 'as you said',
      });
    }
  }
  return decided;
}

async function reviewOwners({ ownersWithoutEmail: owners }: Proposal, prompts: Prompts): Promise<Proposal['ownersWithoutEmail']> {
  const decided: Proposal['ownersWithoutEmail'] = [];
  for (const [index, owner] of owners.entries()) {
    const problem = (answer: string): string | null => (answer === '' || isEmail(answer) ? null : 'expected an e-mail address');
    const answer =
      index < mostAsked ? await prompts.text(`The e-mail address of ${oneLine(owner.name ?? owner.id)} (empty: later)`, { problem }) : '';
    decided.push({ ...owner, email: answer === '' ? null : answer });
  }
  return decided;
}

function wordFor(meaning: Meaning): string {
  if (meaning.kind === 'none') return 'not on the map';
  return meaning.kind === 'stage' ? meaning.key : meaning.outcome;
}

const isEmail = (text: string): boolean => z.email().safeParse(text).success;
