import { describe, expect, it } from 'vitest';
import { type ProposedStage, sureFrom } from '../../../src/config/propose/proposal.ts';
import { proposeJourney, proposeOn } from '../../../src/config/propose/propose-journey.ts';
import type { Source } from '../../../src/core/journey/signal.ts';
import {
  catalogueOf,
  hubspotDefaults,
  hubspotNames,
  pipedriveDefaults,
  pipedriveNames,
  pipeline,
  salesforceDefaults,
  salesforceNames,
} from './catalogues.ts';

const meaningOf = ({ meaning }: ProposedStage): string =>
  meaning.kind === 'stage' ? meaning.key : meaning.kind === 'outcome' ? meaning.outcome : 'none';

/** The first pipeline's stages as words, and the template. */
function proposed(catalogue: Parameters<typeof proposeJourney>[0], source: Source) {
  const [first] = proposeJourney(catalogue, source).pipelines;
  if (first === undefined) throw new Error('no pipeline was proposed');
  return { ...first, means: first.stages.map(meaningOf), unsure: first.stages.filter(({ confidence }) => confidence < sureFrom) };
}

const [qualification, consideration, proposal, decision] = ['qualification', 'consideration', 'proposal', 'decision'];

describe('the stages a CRM comes with', () => {
  it.each(Object.entries(hubspotNames))('of HubSpot are known, in %s', (_language, names) => {
    const { basis, means, unsure } = proposed(hubspotDefaults(names), 'hubspot');
    expect(basis).toBe('b2b-saas');
    expect(means).toEqual([qualification, qualification, consideration, proposal, decision, 'won', 'lost']);
    expect(unsure).toEqual([]);
  });

  it.each(
    Object.entries(salesforceNames).flatMap(([language, names]) =>
      (['english', 'translated'] as const).map((ids) => [language, ids, names] as const),
    ),
  )('of Salesforce are known, in %s, with %s ids', (_language, ids, names) => {
    const { basis, means, unsure } = proposed(salesforceDefaults(names, { ids }), 'salesforce');
    expect(basis).toBe('b2b-saas');
    const considering = [consideration, consideration, consideration];
    expect(means).toEqual([qualification, qualification, qualification, ...considering, proposal, decision, 'won', 'lost']);
    expect(unsure).toEqual([]);
  });

  it.each(Object.entries(pipedriveNames))('of Pipedrive are known by their names, in %s', (_language, names) => {
    const { basis, means, unsure } = proposed(pipedriveDefaults(names), 'pipedrive');
    expect(basis).toBe('b2b-saas');
    expect(means).toEqual([qualification, qualification, consideration, proposal, decision]);
    expect(unsure).toEqual([]);
  });

  it('of Zoho are known in a file, none of them out of order', () => {
    const open = ['Qualification', 'Needs Analysis', 'Value Proposition', 'Identify Decision Makers', 'Proposal/Price Quote', 'Negotiation/Review'];
    const { basis, means, unsure } = proposed(catalogueOf(pipeline('Standard', open)), 'csv');
    expect(basis).toBe('b2b-saas');
    expect(means).toEqual([qualification, qualification, consideration, consideration, proposal, decision]);
    expect(unsure).toEqual([]);
  });

  it('of Dynamics 365 are known in a file', () => {
    const { basis, means, unsure } = proposed(catalogueOf(pipeline('default', ['1-Qualify', '2-Develop', '3-Propose', '4-Close'])), 'csv');
    expect(basis).toBe('five-phases');
    expect(means).toEqual(['awareness', consideration, decision, decision]);
    expect(unsure).toEqual([]);
  });
});

describe('a stage of the team’s own', () => {
  it('is what its neighbours on both sides are', () => {
    const { stages } = proposed(catalogueOf(pipeline('Sales', ['Lead', 'Demo', 'Zwischenschritt', 'Workshop', 'Angebot', 'Vertrag'])), 'pipedrive');
    expect(stages[2]).toMatchObject({ meaning: { key: consideration }, reason: 'it lies between stages of the same kind' });
    expect(stages[2]?.confidence).toBeLessThan(sureFrom);
  });

  it('between two different neighbours is a guess, and says so', () => {
    const { unsure } = proposed(catalogueOf(pipeline('Sales', ['Lead', 'Demo', 'Zwischenschritt', 'Angebot', 'Vertrag'])), 'pipedrive');
    expect(unsure.map(({ name, reason }) => [name, reason])).toEqual([['Zwischenschritt', 'only by its place in the pipeline']]);
  });

  it('is placed by its probability, too', () => {
    const at = (probability: number) => {
      const stages = ['Lead', 'Demo', { name: 'Etwas', probability }, 'Vertrag'];
      return proposed(catalogueOf(pipeline('Sales', stages)), 'pipedrive').means[2];
    };
    expect([at(0.35), at(0.9)]).toEqual([consideration, proposal]);
  });

  it('that has a default id and another name is asked about', () => {
    const stages = [{ id: 'contractsent', name: 'Erstgespräch' }, 'Demo', 'Angebot', 'Verhandlung'];
    const { stages: found } = proposed(catalogueOf(pipeline('Sales', stages)), 'hubspot');
    expect(found[0]).toMatchObject({ meaning: { key: qualification }, confidence: 0.5, reason: 'its name says something else than its id' });
  });

  it('that names two things is asked about', () => {
    const { unsure } = proposed(catalogueOf(pipeline('Sales', ['Lead', 'Demo / Proposal', 'Contract', 'Won'])), 'pipedrive');
    expect(unsure.map(({ name }) => name)).toEqual(['Demo / Proposal']);
  });

  it.each(['On hold', 'Geparkt', 'En attente', 'Nurturing'])('where deals only wait stays outside: %s', (name) => {
    expect(proposed(catalogueOf(pipeline('Sales', ['Lead', 'Demo', name, 'Angebot', 'Vertrag'])), 'pipedrive').means[2]).toBe('none');
  });

  it.each([
    ['Closed Won', 'won'],
    ['Auftrag erhalten', 'won'],
    ['Gagné', 'won'],
    ['Cerrada perdida', 'lost'],
    ['Verloren', 'lost'],
  ])('that a file calls an end is one: %s', (name, outcome) => {
    expect(proposed(catalogueOf(pipeline('Sales', ['Lead', 'Demo', 'Angebot', name])), 'csv').means.at(-1)).toBe(outcome);
  });

  it('is lost, too, where its probability of none puts it first', () => {
    const probable = pipeline('Sales', [{ name: 'Annulée', probability: 0 }, { name: 'Demo', probability: 0.4 }, 'Angebot']);
    expect(proposed(catalogueOf(probable), 'csv').means[0]).toBe('lost');
  });

  it('is no end where the pipeline goes on after it', () => {
    expect(proposed(catalogueOf(pipeline('Onboarding', ['Signed', 'Kickoff', 'Training'])), 'hubspot').means).toEqual([
      'signed',
      'kickoff',
      'training',
    ]);
  });
});

describe('a pipeline', () => {
  it('with few stages takes the template with few stages', () => {
    expect(proposed(catalogueOf(pipeline('Sales', ['Anfrage', 'Demo', 'Angebot'])), 'pipedrive').basis).toBe('five-phases');
  });

  it.each([
    ['nine-stages', ['Awareness', 'Research', 'Consideration', 'Decision'], ['awareness', 'research', 'consideration', 'decision']],
    ['five-phases', ['Awareness', 'Consideration', 'Decision'], ['awareness', 'consideration', 'decision']],
    ['professional-services', ['Enquiry', 'Scoping', 'Proposal', 'Engagement letter'], ['enquiry', 'fit', 'proposal', 'agreement']],
    [
      'professional-services',
      ['Empfehlung', 'Kennenlernen', 'Angebot', 'Honorar', 'Mandat'],
      ['enquiry', 'fit', 'proposal', 'proposal', 'agreement'],
    ],
    ['b2b-ecommerce', ['Registered', 'Quote requested', 'Sample sent', 'Order placed'], ['interest', 'evaluation', 'evaluation', 'order']],
    ['b2b-ecommerce', ['Registriert', 'Preisanfrage', 'Warenkorb'], ['interest', 'evaluation', 'order']],
    ['b2b-saas', ['Qualification', 'Consideration', 'Proposal', 'Decision'], [qualification, consideration, proposal, decision]],
  ])('that speaks as %s does takes it: %j', (name, stages, meanings) => {
    const { basis, confidence, means, unsure } = proposed(catalogueOf(pipeline('Sales', stages)), 'csv');
    expect([basis, means, unsure]).toEqual([name, meanings, []]);
    expect(confidence).toBeGreaterThan(sureFrom);
  });

  it('that speaks as two templates do is asked about', () => {
    const { confidence, reason } = proposed(catalogueOf(pipeline('Sales', ['Lead', 'Demo', 'Scoping', 'Proposal', 'Agreement'])), 'csv');
    expect(reason).toBe('some of its stages speak of professional-services');
    expect(confidence).toBeLessThan(sureFrom);
  });

  it('with ids that no template knows and names that say nothing is never mapped for sure', () => {
    const stages = ['Demo', { id: 'x1', name: 'Alpha' }, 'Demo 2', { id: 'x2', name: 'Beta' }, 'Proposal'];
    const { unsure } = proposed(catalogueOf(pipeline('Sales', stages)), 'hubspot');
    expect(unsure.map(({ id }) => id)).toEqual(['x1', 'x2']);
  });

  it.each([
    ['after the sale', pipeline('Renewals', ['Offered', 'Agreed'])],
    ['of names that nobody knows', pipeline('Sales', ['Alpha', 'Beta', 'Gamma'])],
  ])('%s is taken as it is, and nothing is guessed', (_what, one) => {
    const { basis, means, unsure } = proposed(catalogueOf(one), 'hubspot');
    expect(basis).toBe('own');
    expect(new Set(means).size).toBe(one.stages.length);
    expect(unsure).toEqual([]);
  });

  it('lies along another template where somebody says so', () => {
    const own = proposeOn('five-phases', pipeline('Sales', ['Alpha', 'Beta', 'Gamma']), 'hubspot');
    expect(own.stages.map(meaningOf)).toEqual(['awareness', 'consideration', 'decision']);
    expect(own.stages.every(({ confidence }) => confidence < sureFrom)).toBe(true);
  });
});

describe('a role value', () => {
  const roleOf = (value: string, label = value) => proposeJourney({ ...catalogueOf(), roles: [{ value, label }] }, 'hubspot').roles[0];

  it.each([
    ['BUDGET_HOLDER', 'economic_buyer', true],
    ['economic buyer', 'economic_buyer', true],
    ['Einkäufer', 'procurement', false],
    ['Utilisateur final', 'end_user', false],
    ['Decisor económico', 'economic_buyer', false],
    ['Rechtsabteilung', 'legal', false],
  ])('is known: %s', (value, role, builtIn) => {
    expect(roleOf(value)).toMatchObject({ role, builtIn });
  });

  it('that nobody knows is left to people', () => {
    expect(roleOf('Betriebsrat')).toMatchObject({ role: null });
  });

  it.each(['OTHER', '', ' Sonstige '])('that says nothing is left out: “%s”', (value) => {
    expect(roleOf(value)).toBeUndefined();
  });
});
