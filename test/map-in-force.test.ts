import { describe, expect, it } from 'vitest';
import type { JourneyConfig } from '../src/core/journey/journey-map.ts';
import { createMapInForce } from '../src/map-in-force.ts';
import { aSmallBot } from './app/small-bot.ts';
import { aConfig, aMap, aSignal, someRoles } from './core/builders.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const dealMap = aMap({
  for: { kind: 'deals', pipelines: ['default', 'renewals'] },
  stages: [{ key: 'decision', from: { any: ['contract_drafting'] } }],
});
const customers = aMap({ key: 'customers', for: { kind: 'accounts' }, stages: [{ key: 'onboarding' }, { key: 'growth', from: { any: ['Live'] } }] });
const knows = aConfig({
  version: 'knows',
  maps: [dealMap, customers],
  roles: someRoles.map((role) => (role.key === 'champion' ? { ...role, crm: ['GURU', 'SAGE'] } : role)),
  owners: [{ crm: '77', email: 'dana@us.example' }],
});
const without = (version: string, traits: Partial<JourneyConfig>): JourneyConfig => ({ ...knows, ...traits, version });

/** Two deals, an account and two people, of whom the map knows everything; some of it is gone afterwards. */
async function aTeamThatChangesItsMap() {
  const bot = await aSmallBot({ config: knows });
  const deal = (id: string, pipeline: string) =>
    aSignal('deal.upserted', '2026-09-07 09:00', {
      deal: { id, accountId: 'a-1', name: id, pipeline, stage: 'contract_drafting', status: 'open', ownerEmail: '77' },
    });
  const onboarded = aSignal('account.upserted', '2026-09-05 09:00', { account: { id: 'a-1', lifecycleStage: 'onboarding' } });
  await bot.live(
    onboarded,
    aSignal('account.upserted', '2026-09-07 09:00', { account: { id: 'a-1', name: 'Acme', lifecycleStage: 'Live', ownerEmail: '77' } }),
    deal('d-1', 'default'),
    deal('d-2', 'renewals'),
    aSignal('person.upserted', '2026-09-07 09:00', { person: { id: 'p-1', accountId: 'a-1', name: 'Ann', roles: ['GURU'] } }),
    aSignal('person.upserted', '2026-09-07 09:00', { person: { id: 'p-2', accountId: 'a-1', name: 'Bo' } }),
    aSignal('role.assigned', '2026-09-07 09:00', { role: { personId: 'p-2', role: 'SAGE' } }),
    aSignal('person.upserted', '2026-09-07 09:00', { person: { id: 'p-3', accountId: 'a-1', name: 'Cleo', roles: ['GURU'] } }),
    aSignal('record.deleted', '2026-09-07 09:30', { record: { kind: 'person', id: 'p-3' } }),
  );
  const map = createMapInForce({
    ...{ store: bot.store, first: knows, past: null, clock: bot.clock, logger: quiet },
    ...{ newId: () => crypto.randomUUID(), breathe: async () => undefined, onDue: () => undefined },
  });
  const noted = async () => (await bot.store.unknownValues(20)).map(({ what, value, mapKey, count }) => [what, value, mapKey, count]).sort();
  return {
    bot,
    noted,
    async take(config: JourneyConfig): Promise<unknown[]> {
      map.replace(config);
      await map.follow();
      await expect.poll(() => bot.store.meta('config-version')).toBe(config.version);
      return noted();
    },
  };
}

describe('a journey map that forgets what it knew', () => {
  it.each<[string, Partial<JourneyConfig>, unknown[]]>([
    [
      'stages',
      {
        maps: [
          { ...dealMap, stages: [] },
          { ...customers, stages: customers.stages.slice(0, 1) },
        ],
      },
      [
        ['stage', 'Live', 'customers', 1],
        ['stage', 'contract_drafting', 'new-business', 2],
      ],
    ],
    ['pipelines', { maps: [{ ...dealMap, for: { kind: 'deals', pipelines: ['default'] } }, customers] }, [['pipeline', 'renewals', null, 1]]],
    [
      'roles',
      { roles: someRoles },
      [
        ['role', 'GURU', null, 1],
        ['role', 'SAGE', null, 1],
      ],
    ],
    ['owners', { owners: [] }, [['owner', '77', null, 3]]],
  ])('has its values noted again, without waiting for a signal, and takes them off the list when it knows them: %s', async (_, traits, expected) => {
    const { noted, take } = await aTeamThatChangesItsMap();
    expect(await noted()).toEqual([]);
    expect(await take(without('forgets', traits))).toEqual(expected);
    expect(await take(knows)).toEqual([]);
    expect(await take(without('forgets again', traits))).toEqual(expected);
  });

  it.each<[string, JourneyConfig['maps']]>([
    [
      'customers',
      [dealMap, { ...customers, stages: aMap({ stages: [{ key: 'onboarding' }, { key: 'growth', from: { any: ['Live', 'Weird'] } }] }).stages }],
    ],
    ['support', [dealMap, customers, aMap({ key: 'support', for: { kind: 'accounts' }, stages: [{ key: 'growth', from: { any: ['Weird'] } }] })]],
  ])('has an account travel by itself whose lifecycle stage it knows by now, on whichever map for accounts: %s', async (key, maps) => {
    const { bot, noted, take } = await aTeamThatChangesItsMap();
    await bot.live(aSignal('account.upserted', '2026-09-07 10:00', { account: { id: 'a-2', name: 'Beta', lifecycleStage: 'Weird' } }));
    expect(await noted()).toEqual([['stage', 'Weird', 'customers', 1]]);
    expect(await bot.journey(`account:a-2:${key}`)).toBeNull();
    expect(await take(without('knows more', { maps }))).toEqual([]);
    expect(await bot.journey(`account:a-2:${key}`)).toMatchObject({ stage: 'growth', outcome: 'open' });
    expect(await take(without('forgets', {}))).toEqual([['stage', 'Weird', 'customers', 1]]);
  });

  it('has a stage noted under the map that takes its pipeline now', async () => {
    const { take } = await aTeamThatChangesItsMap();
    const forgetful = { ...dealMap, stages: [] };
    expect(await take(without('forgets', { maps: [forgetful, customers] }))).toEqual([['stage', 'contract_drafting', 'new-business', 2]]);
    expect(await take(without('renamed', { maps: [{ ...forgetful, key: 'sales' }, customers] }))).toEqual([
      ['stage', 'contract_drafting', 'sales', 2],
    ]);
  });
});
