import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { createAdditions } from '../../src/config/line-to-add.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { pieceOfJourneyYml, type Unknowns } from '../../src/config/piece-of-journey-yml.ts';
import { formatProblems } from '../../src/config/problem.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import { roleOf } from '../../src/core/journey/held-roles.ts';
import { stageMeaning } from '../../src/core/journey/stage-lookup.ts';

const file = { maps: { 'new-business': { extends: 'b2b-saas' } }, routes: [{ channel: '#deals' }] };
const nothing: Unknowns = { pipelines: [], stages: [], lifecycles: [], roles: [], owners: [] };
const open = (id: string, name: string) => ({ id, name, outcome: 'open', probability: null }) as const;
const catalogue = {
  pipelines: [
    {
      id: 'default',
      name: 'Sales',
      stages: [
        open('qualifiedtobuy', 'Qualified to buy'),
        open('x: "7"', 'Schwebend, läuft'),
        { ...open('lost2', 'Lost: price'), outcome: 'lost' as const },
      ],
    },
    { id: '77', name: 'Partners', stages: [open('701', 'New'), open('702', 'New'), { ...open('703', 'Won'), outcome: 'won' as const }] },
  ],
  owners: [],
  roles: [{ value: 'OPS_LEAD', label: 'Ops lead' }],
};
const load = async (content: object) => {
  const loaded = await loadConfig({ file: 'journey.yml', text: stringify(content) }, { detectors });
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return loaded.config;
};
type Tree = { [key: string]: Tree | unknown };
const pasted = (into: Tree, piece: Tree): Tree => {
  const whole = { ...into };
  for (const [key, value] of Object.entries(piece)) {
    const there = whole[key];
    const both = [there, value].every((part) => typeof part === 'object' && part !== null && !Array.isArray(part));
    whole[key] = both ? pasted(there as Tree, value as Tree) : value;
  }
  return whole;
};

describe('the piece of journey.yml that is missing', () => {
  it('names stages where they stand in the CRM, takes new pipelines and roles in, and passes the check once pasted', async () => {
    const config = await load(file);
    const unknowns: Unknowns = {
      ...nothing,
      pipelines: [{ id: '77', deals: 3 }],
      stages: [
        { pipeline: 'default', id: 'x: "7"', deals: 12 },
        { pipeline: 'default', id: 'lost2', deals: 1 },
        { pipeline: 'default', id: 'gone', deals: 0 },
      ],
      roles: [{ value: 'OPS_LEAD', people: 4 }],
      owners: [{ value: '4711', deals: 2, accounts: 0 }],
    };
    const piece = pieceOfJourneyYml(config, 'hubspot', catalogue, unknowns) ?? '';
    const taken = await load(pasted(file, parse(piece)));
    const [map, partners] = taken.maps;
    if (map === undefined || partners === undefined) throw new Error('two maps');
    expect(stageMeaning(map, 'hubspot', 'x: "7"')).toEqual({ kind: 'stage', key: 'schwebend-lauft' });
    expect(stageMeaning(map, 'hubspot', 'gone')).toEqual({ kind: 'stage', key: 'gone' });
    expect(stageMeaning(map, 'hubspot', 'lost2')).toEqual({ kind: 'outcome', outcome: 'lost' });
    const known = stageMeaning(map, 'hubspot', 'qualifiedtobuy') as { key: string };
    const keys = map.stages.map(({ key }) => key);
    expect(keys[keys.indexOf(known.key) + 1]).toBe('schwebend-lauft');
    expect(partners).toMatchObject({ key: 'partners', for: { kind: 'deals', pipelines: ['77'] }, stages: [{ key: 'new' }, { key: 'new-2' }] });
    expect(stageMeaning(partners, 'hubspot', '703')).toEqual({ kind: 'outcome', outcome: 'won' });
    expect(roleOf('OPS_LEAD', taken.roles)).not.toBeNull();
    expect(piece).toMatch(/# Schwebend, läuft: 12 deals\n/);
    expect(piece).toMatch(/# {3}"4711": name@your.company # 2 deals\n/);
  });

  it('puts a stage into the one that its words mean, as the quarantine does', async () => {
    const config = await load(file);
    const sent = { pipelines: [{ id: 'default', name: 'Sales', stages: [open('s-9', 'Proposal Sent')] }], owners: [], roles: [] };
    const piece = pieceOfJourneyYml(config, 'hubspot', sent, { ...nothing, stages: [{ pipeline: 'default', id: 's-9', deals: 2 }] }) ?? '';
    const { under } = createAdditions(config)({ source: 'hubspot', what: 'stage', value: 's-9', mapKey: 'new-business', label: 'Proposal Sent' });
    const [map] = (await load(pasted(file, parse(piece)))).maps;
    if (map === undefined) throw new Error('a map');
    expect(stageMeaning(map, 'hubspot', 's-9')).toEqual({ kind: 'stage', key: under.at(-1) });
    // What meant that stage before still does.
    expect(stageMeaning(map, 'hubspot', 'contractsent')).toEqual(stageMeaning(config.maps[0] as typeof map, 'hubspot', 'contractsent'));
    expect(map.stages.map(({ key }) => key)).toEqual(config.maps[0]?.stages.map(({ key }) => key));
  });

  it('names lifecycle stages under the map for accounts, where they stand in the CRM', async () => {
    const customers = { for: 'accounts', stages: { onboarding: { from: { hubspot: ['customer'] } }, live: { from: { hubspot: ['evangelist'] } } } };
    const own = { ...file, maps: { ...file.maps, customers } };
    const lifecycles = ['subscriber', 'customer', 'in pilot', 'evangelist'].map((value) => ({ value, label: value }));
    const met = ['in pilot', 'churned', 'VIP'].map((id, index) => ({ id, accounts: index + 1 }));
    const piece = pieceOfJourneyYml(await load(own), 'hubspot', { ...catalogue, lifecycles }, { ...nothing, lifecycles: met }) ?? '';
    expect(piece).toMatch(/# in pilot: 1 account\n/);
    const map = (await load(pasted(own, parse(piece)))).maps[1];
    if (map === undefined) throw new Error('two maps');
    expect(map.stages.map(({ key }) => key)).toEqual(['onboarding', 'in-pilot', 'live', 'vip']);
    expect(stageMeaning(map, 'hubspot', 'churned')).toEqual({ kind: 'outcome', outcome: 'lost' });
    expect(stageMeaning(map, 'hubspot', 'subscriber')).toEqual({ kind: 'unknown' });
  });

  it('says a stage once, of whichever pipelines the deals are that have been in it', async () => {
    const config = await load(file);
    const two = {
      ...catalogue,
      pipelines: [
        ...catalogue.pipelines,
        { id: '88', name: 'Renewals', stages: [open('801', 'Waiting for them'), { ...open('802', 'Done'), outcome: 'won' as const }] },
      ],
    };
    const unknowns: Unknowns = {
      ...nothing,
      stages: [
        // Deals that were moved from one pipeline to the other, and a stage of both that HubSpot does not name any more.
        { pipeline: 'default', id: '801', deals: 0 },
        { pipeline: 'default', id: '802', deals: 0 },
        { pipeline: 'default', id: 'gone', deals: 4 },
        { pipeline: '88', id: '801', deals: 5 },
        { pipeline: '88', id: 'gone', deals: 2 },
      ],
    };
    const piece = pieceOfJourneyYml(config, 'hubspot', two, unknowns) ?? '';
    expect(piece).toContain('# gone: 6 deals');
    expect(piece).toContain('# Waiting for them: 5 deals');
    const [map] = (await load(pasted(file, parse(piece)))).maps;
    if (map === undefined) throw new Error('no map');
    expect(['801', '802', 'gone'].map((id) => stageMeaning(map, 'hubspot', id).kind)).toEqual(['stage', 'outcome', 'stage']);
    expect(map.outcomes.won.hubspot).toContain('802');
  });

  it('finds the stage of a deal that was moved in the pipeline that it left', async () => {
    const unknowns: Unknowns = { ...nothing, stages: [{ pipeline: 'default', id: '703', deals: 0 }] };
    const piece = pieceOfJourneyYml(await load(file), 'hubspot', catalogue, unknowns) ?? '';
    expect(parse(piece).maps['new-business'].outcomes.won.hubspot).toContain('703');
  });

  it('says where a stage would stand that nothing comes before', async () => {
    const pipelines = [{ id: 'default', name: 'Sales', stages: [open('call', 'Schwebend'), open('offer', 'Offer')] }];
    const stages = [
      { pipeline: 'default', id: 'call', deals: 1 },
      { pipeline: 'default', id: 'offer', deals: 1 },
    ];
    const piece = pieceOfJourneyYml(await load(file), 'hubspot', { ...catalogue, pipelines }, { ...nothing, stages }) ?? '';
    expect(piece).toMatch(/# Schwebend: 1 deal\n +# This would come behind decision\. Say `after:` if it comes earlier;.*\n +schwebend:/);
    expect(piece.match(/would come behind/g)).toHaveLength(1);
  });

  it('keeps the outcomes that are known: a list takes the place of the old one', async () => {
    const config = await load(file);
    const before = config.maps[0]?.outcomes.lost.hubspot ?? [];
    expect(before).not.toEqual([]);
    const piece = pieceOfJourneyYml(config, 'hubspot', catalogue, { ...nothing, stages: [{ pipeline: 'default', id: 'lost2', deals: 1 }] }) ?? '';
    const taken = await load(pasted(file, parse(piece)));
    expect(taken.maps[0]?.outcomes.lost.hubspot).toEqual([...before, 'lost2']);
  });

  it('of a pipeline that the CRM no longer names is a map all the same', async () => {
    const piece = pieceOfJourneyYml(await load(file), 'hubspot', catalogue, { ...nothing, pipelines: [{ id: 'old', deals: 1 }] }) ?? '';
    const taken = await load(pasted(file, parse(piece)));
    expect(taken.maps[1]).toMatchObject({ key: 'old', for: { pipelines: ['old'] } });
  });

  it('is nothing where nothing is missing, and a remark where only owners are', async () => {
    const config = await load(file);
    expect(pieceOfJourneyYml(config, 'hubspot', catalogue, nothing)).toBeNull();
    const owners = pieceOfJourneyYml(config, 'hubspot', catalogue, { ...nothing, owners: [{ value: '4711', deals: 2, accounts: 0 }] }) ?? '';
    expect(parse(owners)).toBeNull();
    expect(owners).toContain('"4711"');
  });
});
