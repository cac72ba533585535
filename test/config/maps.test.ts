import { describe, expect, it } from 'vitest';
import { builtInTemplates, type Templates } from '../../src/config/templates.ts';
import { configOf, mapOf, problemsOf, routes, stageOf } from './examples.ts';

const keysOf = (map: { stages: { key: string }[] }) => map.stages.map(({ key }) => key);
const sales = async (map: string) => mapOf(await configOf(`maps:\n  sales:\n${map.replaceAll(/^/gm, '    ')}\n${routes}`), 'sales');

describe('the templates that come with the program', () => {
  it.each(builtInTemplates.names)('%s is sound, and every stage says where it comes from', async (name) => {
    const config = await configOf(`extends: ${name}\n${routes}`);
    for (const stage of config.maps.flatMap(({ stages }) => stages)) expect(Object.keys(stage.from)).not.toEqual([]);
  });

  it('know the stages that HubSpot and Salesforce begin with', async () => {
    const hubspot = [
      'appointmentscheduled',
      'qualifiedtobuy',
      'presentationscheduled',
      'decisionmakerboughtin',
      'contractsent',
      'closedwon',
      'closedlost',
    ];
    const salesforce = [
      'Prospecting',
      'Qualification',
      'Needs Analysis',
      'Value Proposition',
      'Id. Decision Makers',
      'Perception Analysis',
      'Proposal/Price Quote',
      'Negotiation/Review',
      'Closed Won',
      'Closed Lost',
    ];
    for (const name of builtInTemplates.names) {
      const { stages, outcomes } = await sales(`extends: ${name}`);
      const ids = [...stages.map(({ from }) => from), outcomes.won, outcomes.lost];
      expect(ids.flatMap((from) => from.hubspot ?? [])).toEqual(hubspot);
      expect(ids.flatMap((from) => from.salesforce ?? [])).toEqual(salesforce);
    }
  });
});

describe('a file that extends a template as a whole', () => {
  it('has its maps, and adds to them', async () => {
    const config = await configOf(
      `extends: five-phases\nrules: { response-gap: { within: 1bh } }\nmaps: { customers: { label: Our customers } }\n${routes}`,
    );
    expect(config.maps.map(({ key, label }) => [key, label])).toEqual([
      ['new-business', 'New business'],
      ['customers', 'Our customers'],
    ]);
    expect(config.maps.map(({ for: takes }) => takes.kind)).toEqual(['deals', 'accounts']);
    expect(stageOf(config, 'new-business', 'awareness').rules['response-gap']?.base?.params).toMatchObject({ within: { amount: 1, unit: 'bh' } });
  });
});

describe('a map that extends a template', () => {
  it('takes the template’s map for what it is about', async () => {
    expect(keysOf(await sales('extends: five-phases'))).toEqual(['awareness', 'consideration', 'decision']);
    expect(keysOf(await sales('extends: five-phases\nfor: accounts'))).toEqual(['implementation', 'growth']);
    expect(await problemsOf(`maps: { sales: { extends: b2b-saas, for: accounts } }\n${routes}`)).toEqual([
      'journey.yml:1:27 maps.sales.extends: the template has no map for accounts; known: new-business',
    ]);
  });

  it('is called by its own name', async () => {
    expect((await sales('extends: b2b-saas')).label).toBe('Sales');
  });

  it('switches stages off and puts new ones in their place', async () => {
    const stages =
      'extends: b2b-saas\nstages:\n  proposal: off\n  trial: { from: [trial], after: consideration }\n  lead: { from: [lead], before: qualification }\n  signature: { from: [sign] }';
    const map = await sales(stages);
    expect(keysOf(map)).toEqual(['lead', 'qualification', 'consideration', 'trial', 'decision', 'signature']);
    // The template lets deals move back to and from the stage that is off: nobody's mistake.
    expect(map.allowedMoves).toEqual([{ from: 'decision', to: 'consideration' }]);
  });

  it('keeps what it does not mention, field by field and source by source', async () => {
    const map = await sales(
      'extends: b2b-saas\nstages: { decision: { label: Contract, expects: { within: 3bd }, from: { pipedrive: 12, hubspot: [signing] } } }',
    );
    expect(map.stages.at(-1)).toMatchObject({
      key: 'decision',
      label: 'Contract',
      from: { hubspot: ['signing'], salesforce: ['Negotiation/Review'], pipedrive: ['12'] },
      expects: { roles: ['economic_buyer'], within: { amount: 3, unit: 'bd' } },
    });
  });

  it('takes a CRM stage from the stage that had it in the template', async () => {
    const map = await sales('extends: b2b-saas\nstages: { proposal: { from: { hubspot: [presentationscheduled] } } }');
    expect(map.stages.map(({ key, from }) => [key, from.hubspot ?? []])).toEqual([
      ['qualification', ['appointmentscheduled', 'qualifiedtobuy']],
      ['consideration', []],
      ['proposal', ['presentationscheduled']],
      ['decision', ['contractsent']],
    ]);
  });
});

describe('a map of its own', () => {
  it('reads a stage by its name where no CRM stage is given', async () => {
    const map = await sales('stages: { trial: {}, paid: { from: [7, active] } }\noutcomes: { lost: { hubspot: gone } }');
    expect(map.stages.map(({ from }) => from)).toEqual([{ any: ['trial'] }, { any: ['7', 'active'] }]);
    expect(map.outcomes).toEqual({ won: {}, lost: { hubspot: ['gone'] } });
    expect(map.for).toEqual({ kind: 'deals', pipelines: [] });
  });

  it('can be extended by another', async () => {
    const config = await configOf(
      `maps:\n  a: { for: { pipelines: [1] }, stages: { one: {}, two: {} } }\n  b: { extends: a, for: { pipelines: [2] }, stages: { two: off } }\n${routes}`,
    );
    expect(keysOf(mapOf(config, 'b'))).toEqual(['one']);
  });
});

describe('templates', () => {
  it('that extend each other in circles are refused', async () => {
    const texts: Record<string, string> = {
      a: 'description: a\nmaps: { deals: { extends: b } }',
      b: 'description: b\nmaps: { deals: { extends: a } }',
    };
    const templates: Templates = { names: ['a', 'b'], read: (name) => texts[name] ?? '' };
    expect(await problemsOf(`maps: { sales: { extends: a } }\n${routes}`, { templates })).toEqual([
      'journey.yml:1:27 maps.sales.extends: goes in circles: sales extends deals extends deals extends deals',
    ]);
  });

  it('with a mistake name their own file', async () => {
    const templates: Templates = { names: ['a'], read: () => 'description: a\nmaps: { deals: { stages: { one: { expects: { roles: [byer] } } } } }' };
    expect(await problemsOf(`maps: { sales: { extends: a } }\n${routes}`, { templates })).toEqual([
      'templates/a.yml:2:54 maps.deals.stages.one.expects.roles[0]: unknown role `byer` (did you mean `economic_buyer`?)',
    ]);
  });
});
