import { expect, it } from 'vitest';
import { CrmAwayError, CrmRefusedError } from '../../src/app/errors.ts';
import { previewImport } from '../../src/app/preview-import.ts';
import type { JourneyMap } from '../../src/core/journey/journey-map.ts';
import { aMap, aSignal, at } from '../core/builders.ts';
import { acme, aTeam, deal, moved } from './a-team.ts';
import { aFakeHistory, anObject, type FakeHistory } from './fake-history.ts';

const config = aTeam();
const person = (id: string, roles: string[]) => aSignal('person.upserted', '2026-09-08', { person: { id, name: id, roles } });
const account = (id: string, ownerEmail: string, at = '2026-09-09') => aSignal('account.upserted', at, { account: { id, name: id, ownerEmail } });
const knownDeals = async (ids: string[]) => new Set(ids.filter((id) => id === 'd-known'));
const previewing = (history: FakeHistory, { stopping = new AbortController().signal, waits = [] as number[], config: own = config } = {}) =>
  previewImport({ history, config: own, knownDeals, waitUntil: async (until) => void waits.push(until) }, { since: null, stopping });

it('counts what an import would bring, each record once', async () => {
  const history = aFakeHistory([
    anObject('2026-09-07', ...acme()),
    anObject('2026-09-08', ...acme(), person('p-1', ['champion'])),
    { ...anObject('2026-09-08', moved('2026-09-08')), refused: { where: 'line 4', why: 'no id' } },
    anObject('2026-09-09', aSignal('touchpoint.recorded', '2026-09-09', { touchpoint: { dealId: 'd-1', type: 'call', direction: 'outbound' } })),
  ]);
  expect(await previewing(history)).toMatchObject({ rows: 4, refused: 1, accounts: 1, deals: 1, people: 1, touchpoints: 1, moves: 1 });
});

it('counts what only mentions deals that nobody knows, and says where the first of them are', async () => {
  const call = (dealId: string) => aSignal('touchpoint.recorded', '2026-09-09', { touchpoint: { dealId, type: 'call', direction: 'outbound' } });
  const mentioned = (line: number, deal: string) => ({ where: `line ${line}`, deal, by: 'id' as const });
  const history = aFakeHistory([
    ...['d-known', ...Array.from({ length: 8 }, (_, nth) => `d-${nth}`)].map((id, nth) => ({
      ...anObject('2026-09-09', moved('2026-09-09', 'decision', id)),
      mentions: mentioned(nth + 2, id),
    })),
    { ...anObject('2026-09-09', call('d-9')), mentions: mentioned(20, 'd-9') },
    { ...anObject('2026-09-09', call('d-known')), mentions: mentioned(21, 'd-known') },
    // Whoever tells of deals, too, need not be doubted.
    anObject('2026-09-09', call('d-10')),
  ]);
  expect((await previewing(history)).strays).toEqual({
    moves: 8,
    touchpoints: 1,
    first: [0, 1, 2, 3, 4].map((nth) => mentioned(nth + 3, `d-${nth}`)),
  });
});

it('says what the map does not know, and how often it is met', async () => {
  const own = {
    ...config,
    maps: [aMap({ stages: [{ key: 'decision', from: { any: ['decision'] } }], for: { kind: 'deals', pipelines: ['default'] } })],
  };
  const history = aFakeHistory([
    anObject('2026-09-08', moved('2026-09-08', 'pilot', 'd-1'), deal('d-1', { stage: 'decision', ownerEmail: 'dana@us.example' })),
    anObject('2026-09-08', deal('d-2', { stage: 'pilot', ownerEmail: '4711' }), deal('d-3', { stage: 'decision', pipeline: 'partners' })),
    anObject('2026-09-09', moved('2026-09-09', 'elsewhere', 'd-9'), moved('2026-09-09', 'decision', 'd-9'), moved('2026-09-09', 'any', 'd-3')),
    anObject('2026-09-09', account('a-1', '4711'), account('a-2', '4713')),
    anObject('2026-09-10', account('a-2', '4712', '2026-09-10'), account('a-3', 'mia@us.example')),
    anObject('2026-09-09', person('p-1', ['OPS', 'champion']), person('p-2', ['OPS']), person('p-3', ['OTHER', 'Sonstige'])),
  ]);
  const { unmapped } = await previewing(history, { config: own });
  expect(unmapped).toEqual({
    pipelines: [{ id: 'partners', deals: 1 }],
    stages: [
      { pipeline: 'default', id: 'pilot', deals: 2, moves: 1 },
      { pipeline: 'default', id: 'elsewhere', deals: 0, moves: 1 },
    ],
    lifecycles: [],
    roles: [{ value: 'OPS', people: 2 }],
    owners: [
      { value: '4711', deals: 1, accounts: 1 },
      { value: '4712', deals: 0, accounts: 1 },
    ],
  });
});

it('says which lifecycle stages no map for accounts knows, by what each account is last', async () => {
  const account = (id: string, day: string, lifecycleStage: string | null) =>
    anObject(day, aSignal('account.upserted', day, { account: { id, name: id, lifecycleStage } }));
  const history = aFakeHistory([
    account('a-1', '2026-09-10', 'pilot'),
    account('a-1', '2026-09-08', 'customer'),
    account('a-2', '2026-09-08', 'pilot'),
    account('a-3', '2026-09-08', 'pilot'),
    account('a-3', '2026-09-09', 'customer'),
    account('a-4', '2026-09-08', 'pilot'),
    account('a-4', '2026-09-09', null),
    account('a-5', '2026-09-08', 'prospect'),
  ]);
  const customers = aMap({ key: 'customers', for: { kind: 'accounts' }, stages: [{ key: 'live', from: { any: ['customer'] } }] });
  const unknownTo = async (maps: JourneyMap[]) => (await previewing(history, { config: { ...config, maps } })).unmapped.lifecycles;
  expect(await unknownTo([aMap(), customers])).toEqual([{ id: 'pilot', accounts: 2 }]);
  expect(await unknownTo([aMap()])).toEqual([]);
});

it('counts a deal where it was last, in whatever order that is told', async () => {
  const later = aSignal('deal.upserted', '2026-09-20', { deal: { id: 'd-1', stage: 'decision' } });
  const earlier = aSignal('deal.upserted', '2026-09-10', { deal: { id: 'd-1', stage: 'pilot' } });
  for (const order of [
    [later, earlier],
    [earlier, later],
  ])
    expect((await previewing(aFakeHistory([anObject('2026-09-20', ...order)]))).unmapped.stages).toEqual([]);
});

it('knows where a deal is by its moves, where its state names no stage', async () => {
  const own = {
    ...config,
    maps: [aMap({ stages: [{ key: 'decision', from: { any: ['decision'] } }], for: { kind: 'deals', pipelines: ['default'] } })],
  };
  const history = aFakeHistory([
    anObject('2026-09-09', moved('2026-09-09', 'pilot', 'd-1'), moved('2026-09-08', 'decision', 'd-1'), deal('d-1', {})),
  ]);
  expect((await previewing(history, { config: own })).unmapped.stages).toEqual([{ pipeline: 'default', id: 'pilot', deals: 1, moves: 1 }]);
});

it('waits while the CRM is away, and goes on with the page it could not get', async () => {
  const history = aFakeHistory([deal('d-1'), deal('d-2'), deal('d-3')].map((signal) => anObject('2026-09-08', signal)));
  history.failAt.set(1, new CrmAwayError('too many', at('2026-09-08 10:00')));
  const waits: number[] = [];
  expect(await previewing(history, { waits })).toMatchObject({ deals: 3, rows: 3 });
  expect(waits).toEqual([at('2026-09-08 10:00')]);
  history.failAt.set(0, new CrmRefusedError('no scope'));
  await expect(previewing(history)).rejects.toThrow('no scope');
});

it('that is stopped tells as far as it came', async () => {
  const stop = new AbortController();
  const history = aFakeHistory(
    [deal('d-1'), deal('d-2'), deal('d-3')].map((signal) => anObject('2026-09-08', signal)),
    { onPage: (page) => page === 1 && stop.abort() },
  );
  expect(await previewing(history, { stopping: stop.signal })).toMatchObject({ deals: 2 });
});
