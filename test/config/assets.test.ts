import { describe, expect, it } from 'vitest';
import { configOf, mapOf, problemsOf, routes, stageOf } from './examples.ts';

const file = (sections: string) => `maps: { sales: { extends: b2b-saas, stages: { decision: { team: onboarding, signs: [contract_sent] } } } }
${routes}teams: { onboarding: { label: Onboarding crew, members: Mia@us.example, channels: Training } }
${sections}`;
const catalogue =
  'assets: { pricing: { names: "Price list", roles: economic_buyer, stages: [proposal, decision] }, tour: { roles: champion, stages: qualification } }';

describe('the catalogue', () => {
  it('is in the stages that it is meant for, each asset by all of its names', async () => {
    const config = await configOf(file(catalogue));
    const pricing = { key: 'pricing', label: 'Pricing', names: ['pricing', 'Pricing', 'Price list'], roles: ['economic_buyer'] };
    expect(mapOf(config, 'sales').stages.map(({ key, assets }) => [key, assets.map((asset) => asset.key)])).toEqual([
      ['qualification', ['tour']],
      ['consideration', []],
      ['proposal', ['pricing']],
      ['decision', ['pricing']],
    ]);
    expect(stageOf(config, 'sales', 'decision').assets).toEqual([pricing]);
  });

  it('changes the meaning of the file', async () => {
    expect((await configOf(file(catalogue))).version).not.toBe((await configOf(file(''))).version);
  });
});

describe('a stage', () => {
  it('belongs to the team that it names, and its own signs take the place of the template’s', async () => {
    const config = await configOf(file(''));
    expect(stageOf(config, 'sales', 'decision')).toMatchObject({
      signs: ['contract_sent'],
      team: { key: 'onboarding', label: 'Onboarding crew', members: ['mia@us.example'], channels: ['training'] },
    });
    expect(stageOf(config, 'sales', 'proposal')).toMatchObject({ signs: ['pricing_viewed', 'pricing_request', 'proposal_viewed'], team: null });
  });

  it('gives the team back with off', async () => {
    const text = `maps:
  sales: { extends: b2b-saas, for: { pipelines: [a] }, stages: { decision: { team: onboarding } } }
  others: { extends: sales, for: { pipelines: [b] }, stages: { decision: { team: off } } }
${routes}teams: { onboarding: [mia@us.example] }
`;
    const config = await configOf(text);
    expect(stageOf(config, 'sales', 'decision').team?.members).toEqual(['mia@us.example']);
    expect(stageOf(config, 'others', 'decision').team).toBeNull();
  });
});

describe('mistakes are reported where they stand', () => {
  it.each([
    ['a team without anybody', 'teams: { empty: { label: Nobody } }', 'journey.yml:3:10 teams.empty: must name members or channels'],
    ['a member who is no address', 'teams: { crew: [mia] }', 'journey.yml:3:17 teams.crew[0]: expected an e-mail address'],
    ['an asset for nobody', 'assets: { pricing: { stages: decision } }', 'assets.pricing.roles: is missing'],
  ])('%s', async (_what, section, problem) => {
    const problems = await problemsOf(`maps: { sales: { extends: b2b-saas } }\n${routes}${section}\n`);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });
});
