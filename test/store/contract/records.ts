import { describe, expect, it } from 'vitest';
import { account, addSignal, deal, named, ofDeals, person, put, putJourney, touchpoint } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { withStore } from './with-store.ts';

export function recordsContract(openEmpty: OpenEmpty): void {
  describe('records', () => {
    const store = withStore(openEmpty);
    const load = (kind: 'account' | 'deal' | 'person', id: string) => store().loadNeighbourhood([{ kind, id }]);
    const found = async (kind: 'account' | 'deal' | 'person', prefix: string, limit = 10) =>
      (await store().findByTerm(kind, prefix, limit)).map(({ id }) => id);

    it('are kept as they are, whatever their text holds', async () => {
      const odd = account('a-1', { ...named('Ünïcode "quotes" \\ \u0000 <!channel> 🚀'), metrics: { nps: [{ at: 3, value: -1.5 }] } });
      await store().commit([put(odd)]);
      expect((await load('account', 'a-1')).accounts.get('a-1')).toEqual({ record: odd, revision: 1 });
    });

    it('are found by words that begin so, with the name of their account', async () => {
      await store().commit([
        put(account('a-1', named('Acme Corp')), { terms: ['acme', 'corp'] }),
        put(account('a-2', named('Acre')), { terms: ['acre'] }),
        put(deal('d-1', 'a-1', named('Acme rollout')), { terms: ['acme', 'rollout'] }),
        put(person('p-1', null, named('Ann Acosta')), { terms: ['ann', 'acosta'] }),
      ]);
      expect(await store().findByTerm('account', 'ac', 10)).toEqual([
        { id: 'a-1', name: 'Acme Corp', accountName: null },
        { id: 'a-2', name: 'Acre', accountName: null },
      ]);
      expect(await store().findByTerm('deal', 'acme', 10)).toEqual([{ id: 'd-1', name: 'Acme rollout', accountName: 'Acme Corp' }]);
      expect(await store().findByTerm('person', 'an', 10)).toEqual([{ id: 'p-1', name: 'Ann Acosta', accountName: null }]);
      expect(await found('account', 'ac', 1)).toHaveLength(1);
      expect(await found('account', 'acme corp')).toEqual([]);
    });

    it('say what accounts are called, however many are asked for; of those that are gone, nothing', async () => {
      await store().commit([
        put(account('a-1', named('Acme Corp'))),
        put(account('a-2', named('Acre'))),
        put({ ...account('a-3', named('Gone')), deletedAt: 5 }),
      ]);
      const many = Array.from({ length: 450 }, (_, index) => `a-${index}`);
      expect(await store().accountNames(many)).toEqual(
        new Map([
          ['a-1', 'Acme Corp'],
          ['a-2', 'Acre'],
        ]),
      );
      expect(await store().accountNames([])).toEqual(new Map());
    });

    it('are not found when they were deleted, and again when they are back', async () => {
      const said = (at: number, deletedAt: number | null) =>
        ({
          ...person('p-1', null, { ...named('Ann Lee'), email: { value: 'ann@acme.example', at: 1 }, source: { value: 'pipedrive', at } }),
          deletedAt,
        }) as const;
      const ways = async () => [await found('person', 'ann'), await store().peopleWithEmail('ann@acme.example', 5)];
      await store().commit([put(said(1, null), { terms: ['ann'] })]);
      expect(await ways()).toEqual([['p-1'], ['p-1']]);
      await store().commit([put(said(1, 5), { revision: 1 })]);
      expect(await ways()).toEqual([[], []]);
      expect([
        (await store().findByTerm('person', 'ann', 5, true)).map(({ id }) => id),
        await store().peopleWithEmail('ann@acme.example', 5, true),
      ]).toEqual([['p-1'], ['p-1']]);
      await store().commit([put(said(6, 5), { revision: 2 })]);
      expect(await ways()).toEqual([['p-1'], ['p-1']]);
    });

    it('are found once, though several of their words begin so, and beyond ASCII', async () => {
      await store().commit([put(account('a-1', named('Café Caféhaus')), { terms: ['café', 'caféhaus', '🚀x'] })]);
      expect(await found('account', 'café')).toEqual(['a-1']);
      expect(await found('account', '🚀')).toEqual(['a-1']);
      expect(await found('account', 'cafe')).toEqual([]);
    });

    it('keep their words when none are given, and change them when some are', async () => {
      await store().commit([put(account('a-1', named('Acme')), { terms: ['acme'] })]);
      await store().commit([put(account('a-1', named('Acme')), { revision: 1 })]);
      expect(await found('account', 'acme')).toEqual(['a-1']);
      await store().commit([put(account('a-1', named('Zeta')), { revision: 2, terms: ['zeta'] })]);
      expect(await found('account', 'acme')).toEqual([]);
      expect(await found('account', 'zeta')).toEqual(['a-1']);
    });

    it('are listed by id in slices; without a name, by their id', async () => {
      await store().commit([
        put(account('a-2')),
        put(account('B-1', named('Beta'))),
        put(account('a-1', named('Acme'))),
        put(account('a-3', { ...named('Gone'), deletedAt: 9 })),
      ]);
      expect(await store().namesAfter('account', null, 2)).toEqual([
        { id: 'B-1', name: 'Beta', accountName: null },
        { id: 'a-1', name: 'Acme', accountName: null },
      ]);
      expect(await store().namesAfter('account', 'a-1', 5)).toEqual([{ id: 'a-2', name: 'a-2', accountName: null }]);
    });

    it('are not found once they are deleted', async () => {
      await store().commit([put(account('a-1', { ...named('Acme'), deletedAt: 9 }), { terms: ['acme'] })]);
      expect(await found('account', 'acme')).toEqual([]);
    });

    it('merged into another go, and are looked up as it', async () => {
      await store().commit([
        put(account('a-1', named('Acme')), { terms: ['acme'] }),
        put(account('a-2', named('Acme Inc'))),
        put(deal('d-1', 'a-1')),
        put(person('p-1', 'a-1')),
        putJourney('d-1', { accountId: 'a-1' }),
        { kind: 'mute.put', mute: { accountId: 'a-1', until: 90, reason: 'holiday', by: 'U1', at: 1 } },
      ]);
      await store().commit([{ kind: 'record.alias', record: 'account', from: 'a-1', into: 'a-2' }]);
      const around = await load('account', 'a-1');
      expect([...around.accounts.keys()]).toEqual(['a-2']);
      expect(around.aliases).toEqual(new Map([['account:a-1', 'a-2']]));
      expect([...around.deals.keys(), ...around.people.keys(), ...around.journeys.keys()]).toEqual(['d-1', 'p-1', 'deal:d-1']);
      expect(around.mutes.get('a-2')).toEqual({ accountId: 'a-2', until: 90, reason: 'holiday', by: 'U1', at: 1 });
      expect(await found('account', 'acme')).toEqual([]);
    });

    it('merged twice are looked up as the last one, without a chain', async () => {
      await store().commit([put(account('a-3')), put(deal('d-1', 'a-1'))]);
      await store().commit([{ kind: 'record.alias', record: 'account', from: 'a-1', into: 'a-2' }]);
      await store().commit([{ kind: 'record.alias', record: 'account', from: 'a-2', into: 'a-3' }]);
      const around = await load('account', 'a-1');
      expect([...around.accounts.keys()]).toEqual(['a-3']);
      expect(around.aliases).toEqual(new Map([['account:a-1', 'a-3']]));
      expect([...around.deals.keys()]).toEqual(['d-1']);
    });

    it('that exchange which of them survives exchange their ids', async () => {
      await store().commit([{ kind: 'record.alias', record: 'person', from: 'p-1', into: 'p-2' }, put(person('p-1', null))]);
      await store().commit([{ kind: 'record.alias', record: 'person', from: 'p-2', into: 'p-1' }]);
      const around = await store().loadNeighbourhood([
        { kind: 'person', id: 'p-1' },
        { kind: 'person', id: 'p-2' },
      ]);
      expect([...around.people.keys()]).toEqual(['p-1']);
      expect(around.aliases).toEqual(new Map([['person:p-2', 'p-1']]));
    });

    it('keep the longer of two mutes when they merge', async () => {
      const mute = (accountId: string, until: number | null) =>
        ({ kind: 'mute.put', mute: { accountId, until, reason: '', by: 'U1', at: 1 } }) as const;
      await store().commit([
        put(account('a-2')),
        mute('a-1', null),
        mute('a-2', 50),
        { kind: 'record.alias', record: 'account', from: 'a-1', into: 'a-2' },
      ]);
      expect([...(await load('account', 'a-2')).mutes.values()]).toMatchObject([{ accountId: 'a-2', until: null }]);
    });

    it('bring the people of a merged deal along', async () => {
      await store().commit([
        put(deal('d-2', null)),
        put(person('p-1', null, ofDeals('d-1'))),
        { kind: 'record.alias', record: 'deal', from: 'd-1', into: 'd-2' },
      ]);
      expect([...(await load('deal', 'd-2')).people.keys()]).toEqual(['p-1']);
      await store().commit([put(person('p-1', null, ofDeals('d-1')), { revision: 1 })]);
      expect([...(await load('deal', 'd-1')).people.keys()]).toEqual(['p-1']);
    });

    it('have their signals, newest first, with those of merged ids and an account’s deals, each once', async () => {
      const early = touchpoint('s-1', { accountId: 'a-1', personId: 'p-1' }, 5);
      const late = touchpoint('s-2', { accountId: 'a-2' }, 9);
      const ofDeal = touchpoint('s-4', { dealId: 'd-1', personId: 'p-1' }, 7);
      await store().commit([put(deal('d-1', 'a-2')), ...[early, late, early, ofDeal, touchpoint('s-3', { accountId: 'a-3' })].map(addSignal)]);
      expect(await store().signalsOf({ kind: 'account', id: 'a-2' }, 10)).toEqual([late, ofDeal]);
      await store().commit([{ kind: 'record.alias', record: 'account', from: 'a-1', into: 'a-2' }]);
      expect(await store().signalsOf({ kind: 'account', id: 'a-2' }, 10)).toEqual([late, ofDeal, early]);
      expect(await store().signalsOf({ kind: 'account', id: 'a-2' }, 1)).toEqual([late]);
      expect(await store().signalsOf({ kind: 'deal', id: 'd-1' }, 10)).toEqual([ofDeal]);
      expect(await store().signalsOf({ kind: 'person', id: 'p-1' }, 10)).toEqual([ofDeal, early]);
    });
  });
}
