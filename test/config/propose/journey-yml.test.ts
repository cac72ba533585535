import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journeyYml } from '../../../src/config/propose/journey-yml.ts';
import { quoted } from '../../../src/config/propose/plain-text.ts';
import type { Catalogue } from '../../../src/config/propose/proposal.ts';
import { proposeJourney } from '../../../src/config/propose/propose-journey.ts';
import type { JourneyConfig, JourneyMap } from '../../../src/core/journey/journey-map.ts';
import { crmSources, type Source } from '../../../src/core/journey/signal.ts';
import { stageMeaning } from '../../../src/core/journey/stage-lookup.ts';
import { configOf, problemsOf } from '../examples.ts';
import { catalogueOf, hubspotDefaults, hubspotNames, pipedriveDefaults, pipedriveNames, pipeline } from './catalogues.ts';

const surroundings = { timezone: 'Europe/Berlin', country: null, channel: '#deal-alerts', digestChannel: '#revenue', adminChannel: '#journey-admin' };
const textFor = (catalogue: Catalogue, source: Source = 'hubspot') => journeyYml(proposeJourney(catalogue, source), surroundings);

const hostile = [
  '<!channel>',
  '',
  ' ',
  '#',
  '- a: b',
  '*x',
  '&a',
  '{{}',
  '"',
  "'",
  'x\ny: z',
  '\u2028',
  '~',
  'null',
  '0x1F',
  '1e3',
  'constructor',
  '__proto__',
];
const names = fc.oneof(
  fc.constantFrom(...hostile, 'é'.repeat(300), '\u{1F525}'.repeat(50), 'Demo', 'Angebot', 'Closed Won', 'On hold', 'Kickoff', 'Lead / Contract'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const catalogues: fc.Arbitrary<Catalogue> = fc.record({
  pipelines: fc.array(
    fc.record({
      id: names,
      name: names,
      stages: fc.array(
        fc.record({
          id: fc.oneof(names, fc.constantFrom('contractsent', 'closedwon', 'Prospecting')),
          name: names,
          outcome: fc.constantFrom('open' as const, 'open' as const, 'won' as const, 'lost' as const),
          probability: fc.constantFrom(null, 0, 0.2, 0.9, 1),
        }),
        { maxLength: 8 },
      ),
    }),
    { maxLength: 5 },
  ),
  owners: fc.array(fc.record({ id: names, name: fc.option(names), email: fc.option(fc.constant('dana@us.example')) }), { maxLength: 3 }),
  roles: fc.array(fc.record({ value: fc.oneof(names, fc.constantFrom('Champion', 'LEGAL', 'legal ', 'Einkauf')), label: names }), { maxLength: 5 }),
});

/** The map that a pipeline's deals travel. */
const mapFor = (config: JourneyConfig, id: string): JourneyMap | undefined =>
  config.maps.find((map) => map.for.kind === 'deals' && map.for.pipelines.includes(id)) ??
  config.maps.find((map) => map.for.kind === 'deals' && map.for.pipelines.length === 0);

const isOnMap = (config: JourneyConfig, source: Source, pipelineId: string, stageId: string): boolean => {
  const map = mapFor(config, pipelineId);
  return map !== undefined && stageMeaning(map, source, stageId).kind !== 'unknown';
};

describe('a proposed journey.yml', () => {
  it.each([
    ['nine-stages', ['Awareness', 'Research', 'Consideration', 'Decision']],
    ['professional-services', ['Enquiry', 'Scoping', 'Fee proposal', 'Engagement letter']],
    ['b2b-ecommerce', ['Registered', 'Quote requested', 'Order placed']],
  ])('takes customers from the same template: %s', async (name, stages) => {
    const text = textFor(catalogueOf(pipeline('Sales', stages)));
    expect(text.match(/extends: \S+/g)).toEqual([`extends: ${name}`, `extends: ${name}`]);
    expect((await configOf(text)).maps.map(({ for: { kind } }) => kind)).toEqual(['deals', 'accounts']);
  });

  it("proposes no map of Salesforce's accounts, whose types are no stages, and says how to have one", async () => {
    const text = textFor(catalogueOf(pipeline('Sales', ['Prospecting', 'Negotiation'])), 'salesforce');
    expect((await configOf(text)).maps.map(({ for: { kind } }) => kind)).toEqual(['deals']);
    const [said = ''] = /^# {3}customers: .*$/m.exec(text) ?? [];
    const taken = text.replace('\nmaps:\n', `\nmaps:\n${said.replace('# ', '')}\n`);
    expect((await configOf(taken)).maps.map(({ for: { kind } }) => kind)).toEqual(['accounts', 'deals']);
  });

  it('is sound whatever the CRM calls its things, and every open stage is on a map or listed as being on none', async () => {
    await fc.assert(
      fc.asyncProperty(catalogues, fc.constantFrom(...crmSources), async (catalogue, source) => {
        const text = textFor(catalogue, source);
        expect(await problemsOf(text)).toEqual([]);
        const config = await configOf(text);
        const comments = text.split('\n').filter((line) => line.trim().startsWith('#'));
        for (const { id: pipelineId, stages } of catalogue.pipelines) {
          for (const { id, outcome } of stages) {
            const listed = comments.some((line) => line.includes(quoted(id)));
            if (outcome === 'open') expect([id, listed || isOnMap(config, source, pipelineId, id)]).toEqual([id, true]);
          }
        }
        for (const map of config.maps) {
          const ids = [...map.stages.map(({ from }) => from), map.outcomes.won, map.outcomes.lost].flatMap((from) => from[source] ?? []);
          expect(new Set(ids).size).toBe(ids.length);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('says what each part is for, in a line above it', () => {
    const lines = textFor(hubspotDefaults(hubspotNames.en)).split('\n');
    const parts = lines.filter((line) => /^[a-z]+:/.test(line) && !line.startsWith('calendar:'));
    for (const part of parts) expect([part, lines[lines.indexOf(part) - 1]?.startsWith('# ')]).toEqual([part, true]);
  });

  it('writes the names of stages beside their ids', async () => {
    const text = textFor(pipedriveDefaults(pipedriveNames.de), 'pipedrive');
    expect(text).toContain('- "3" # Demo geplant');
    const config = await configOf(text);
    expect(isOnMap(config, 'pipedrive', '1', '5')).toBe(true);
  });

  it('marks a guess as one', () => {
    const text = textFor(catalogueOf(pipeline('Sales', ['Lead', 'Demo', 'Sonderphase', 'Angebot', 'Vertrag'])));
    expect(text).toMatch(/"Sonderphase" # A GUESS, only by its place/);
  });

  it('switches off what no stage of the pipeline means, so that nobody is said to have skipped it', async () => {
    const config = await configOf(textFor(catalogueOf(pipeline('Sales', ['Qualified', 'Lead', 'Proposal', 'Contract']))));
    expect(config.maps[0]?.stages.map(({ key }) => key)).toEqual(['qualification', 'proposal', 'decision']);
  });

  it('has a map for each kind of pipeline, and one for pipelines that are the same', async () => {
    const sales = (region: string) =>
      pipeline(
        `Sales ${region}`,
        ['Lead', 'Demo', 'Proposal', 'Contract'].map((name) => ({ name, id: `${region}-${name}` })),
        region,
      );
    const text = textFor(catalogueOf(sales('emea'), sales('us'), pipeline('Onboarding', ['Kickoff', 'Training'], 'on')), 'pipedrive');
    const { maps } = await configOf(text);
    expect(maps.map(({ key, for: takes }) => [key, takes])).toEqual([
      ['sales-emea', { kind: 'deals', pipelines: ['emea', 'us'] }],
      ['onboarding', { kind: 'deals', pipelines: ['on'] }],
    ]);
  });

  it.each(['customers', 'b2b-saas', 'five-phases', 'Customers'])('keeps a pipeline called %s from being taken for something else', async (name) => {
    const other = pipeline('Other', ['Lead', 'Demo', 'Proposal'], 'o');
    const config = await configOf(textFor(catalogueOf(pipeline(name, ['Lead', 'Demo', 'Proposal', 'Contract'], 'x'), other)));
    expect(isOnMap(config, 'hubspot', 'x', 'Proposal')).toBe(true);
    expect(isOnMap(config, 'hubspot', 'o', 'Proposal')).toBe(true);
  });

  it('tells the CRM’s own words for roles, and lists those it does not know', async () => {
    const text = textFor({ ...catalogueOf(), roles: ['Einkäufer', 'BUDGET_HOLDER', 'Betriebsrat'].map((value) => ({ value, label: value })) });
    const { roles } = await configOf(text);
    expect(roles.find(({ key }) => key === 'procurement')?.crm).toContain('Einkäufer');
    expect(text).toContain('# Unknown: "Betriebsrat"');
    expect(text).not.toContain('BUDGET_HOLDER');
  });

  it('stays small enough to be read where a CRM has thousands of pipelines', async () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      pipeline(`P ${'x'.repeat(index % 50)} ${index}`, ['Lead', 'Demo', 'Vertrag'], `p${index}`),
    );
    expect(await problemsOf(textFor(catalogueOf(...many)))).toEqual([]);
  });
});
