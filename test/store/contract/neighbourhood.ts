import { describe, expect, it } from 'vitest';
import { account, card, deal, journeyRow, ofDeals, person, put, putAlert, putCard, putJourney, resolved } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { withStore } from './with-store.ts';

export function neighbourhoodContract(openEmpty: OpenEmpty): void {
  describe('neighbourhood', () => {
    const store = withStore(openEmpty);
    const keys = (map: Map<string, unknown>) => [...map.keys()].sort();

    it('of any record is its whole account', async () => {
      await store().commit([
        put(account('a-1')),
        put(deal('d-1', 'a-1')),
        put(deal('d-2', 'a-1')),
        put(person('p-1', 'a-1')),
        put(account('a-2')),
        put(deal('d-9', 'a-2')),
        put(person('p-9', 'a-2')),
        putJourney('d-1', { accountId: 'a-1' }),
        putJourney('d-9', { accountId: 'a-2' }),
        putAlert('x', { journeyId: 'deal:d-1' }),
        putCard('deal:d-1', '#deals'),
        { kind: 'mute.put', mute: { accountId: 'a-1', until: null, reason: 'holiday', by: 'U1', at: 1 } },
      ]);
      for (const ref of [{ kind: 'account', id: 'a-1' } as const, { kind: 'deal', id: 'd-2' } as const, { kind: 'person', id: 'p-1' } as const]) {
        const around = await store().loadNeighbourhood([ref, ref]);
        expect(keys(around.accounts)).toEqual(['a-1']);
        expect(keys(around.deals)).toEqual(['d-1', 'd-2']);
        expect(keys(around.people)).toEqual(['p-1']);
        expect(around.deals.get('d-1')).toEqual({ record: deal('d-1', 'a-1'), revision: 1 });
        expect(around.journeys).toEqual(new Map([['deal:d-1', journeyRow('d-1', { accountId: 'a-1', revision: 1 })]]));
        expect(around.alerts.get('deal:d-1')).toMatchObject([{ id: 'x' }]);
        expect(around.cards.get('deal:d-1')).toEqual([card('deal:d-1', '#deals')]);
        expect(keys(around.mutes)).toEqual(['a-1']);
        expect(around.aliases.size).toBe(0);
      }
    });

    it('of forty records is what it is of each', async () => {
      const numbers = Array.from({ length: 40 }, (_, index) => index);
      await store().commit(
        numbers.flatMap((index) => [
          // Of every fourth account nothing was said but by its deal.
          ...(index % 4 === 0 ? [] : [put(account(`a-${index}`))]),
          put(deal(`d-${index}`, `a-${index}`)),
          put(person(`p-${index}`, `a-${index}`)),
          putJourney(`d-${index}`, { accountId: `a-${index}` }),
          putAlert(`x-${index}`, { identity: `x-${index}`, journeyId: `deal:d-${index}` }),
          putCard(`deal:d-${index}`, '#deals'),
        ]),
      );
      const refs = numbers.map((index) => {
        const kind = (['account', 'deal', 'person'] as const)[index % 3] ?? 'deal';
        return { kind, id: `${kind.charAt(0)}-${index}` };
      });
      const around = await store().loadNeighbourhood([...refs, { kind: 'account', id: 'nobody' }]);
      const alone = await Promise.all(refs.map((ref) => store().loadNeighbourhood([ref])));
      const sorted = (map: Map<string, unknown>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
      for (const part of ['accounts', 'deals', 'people', 'journeys', 'alerts', 'cards'] as const) {
        expect(sorted(around[part])).toEqual(sorted(new Map(alone.flatMap((one) => [...(one[part] as Map<string, unknown>)]))));
        expect(around[part].size).toBe(part === 'accounts' ? 30 : 40);
      }
    });

    it('is empty for what was never heard of', async () => {
      const around = await store().loadNeighbourhood([
        { kind: 'account', id: 'x' },
        { kind: 'deal', id: 'y' },
        { kind: 'person', id: 'z' },
      ]);
      expect(Object.values(around).every((map) => map.size === 0)).toBe(true);
    });

    it('has the deals of an account that was not spoken of itself', async () => {
      await store().commit([put(deal('d-1', 'a-1')), put(person('p-1', 'a-1'))]);
      const around = await store().loadNeighbourhood([{ kind: 'account', id: 'a-1' }]);
      expect([keys(around.deals), keys(around.people), around.accounts.size]).toEqual([['d-1'], ['p-1'], 0]);
      expect(keys((await store().loadNeighbourhood([{ kind: 'deal', id: 'd-1' }])).people)).toEqual(['p-1']);
    });

    it('has a deal and its people where neither has an account, from either side', async () => {
      await store().commit([
        put(deal('d-1', null)),
        put(person('p-1', null, ofDeals('d-1', 'd-7'))),
        putJourney('d-1'),
        putAlert('x'),
        putCard('deal:d-1', '#deals'),
      ]);
      for (const ref of [{ kind: 'deal', id: 'd-1' } as const, { kind: 'person', id: 'p-1' } as const]) {
        const around = await store().loadNeighbourhood([ref]);
        expect([keys(around.deals), keys(around.people), keys(around.journeys), keys(around.alerts), keys(around.cards)]).toEqual([
          ['d-1'],
          ['p-1'],
          ['deal:d-1'],
          ['deal:d-1'],
          ['deal:d-1'],
        ]);
      }
    });

    it('has people of another company who belong to its deals', async () => {
      await store().commit([put(account('a-1')), put(deal('d-1', 'a-1')), put(account('a-2')), put(person('p-2', 'a-2', ofDeals('d-1')))]);
      expect(keys((await store().loadNeighbourhood([{ kind: 'account', id: 'a-1' }])).people)).toEqual(['p-2']);
      const around = await store().loadNeighbourhood([{ kind: 'person', id: 'p-2' }]);
      expect([keys(around.accounts), keys(around.deals)]).toEqual([['a-1', 'a-2'], ['d-1']]);
    });

    it('forgets who belonged to a deal once they say otherwise', async () => {
      await store().commit([put(deal('d-1', null)), put(person('p-1', null, ofDeals('d-1')))]);
      await store().commit([put(person('p-1', null, ofDeals('d-2')), { revision: 1 })]);
      expect((await store().loadNeighbourhood([{ kind: 'deal', id: 'd-1' }])).people.size).toBe(0);
    });

    it('says what became of ids that its records name', async () => {
      const meeting = {
        id: 's',
        at: 1,
        type: 'meeting',
        direction: 'inbound',
        channel: null,
        personId: 'p-old',
        asset: null,
        sentiment: null,
      } as const;
      await store().commit([
        put(deal('d-1', 'a-old', { touchpoints: [meeting] }), { accountId: 'a-1' }),
        put(person('p-2', 'a-1', ofDeals('d-old'))),
        { kind: 'record.alias', record: 'account', from: 'a-old', into: 'a-1' },
        { kind: 'record.alias', record: 'person', from: 'p-old', into: 'p-1' },
        { kind: 'record.alias', record: 'deal', from: 'd-old', into: 'd-9' },
      ]);
      const around = await store().loadNeighbourhood([{ kind: 'deal', id: 'd-1' }]);
      expect(around.aliases).toEqual(
        new Map([
          ['account:a-old', 'a-1'],
          ['person:p-old', 'p-1'],
          ['deal:d-old', 'd-9'],
        ]),
      );
    });

    it('has alerts that are not resolved, that hold, and the newest resolved episode of each identity', async () => {
      const identity = { journeyId: 'deal:d-1', identity: 'one' };
      await store().commit([
        put(deal('d-1', null)),
        putJourney('d-1'),
        putAlert('1', { ...identity, episode: 1, openedAt: 1, ...resolved(2), holds: true }),
        putAlert('2', { ...identity, episode: 2, openedAt: 2, ...resolved(3) }),
        putAlert('3', { ...identity, episode: 3, openedAt: 3, ...resolved(4) }),
        putAlert('4', { ...identity, episode: 4, openedAt: 4 }),
        putAlert('other', { ...identity, identity: 'two', openedAt: 5, ...resolved(6) }),
      ]);
      const ids = async () => ((await store().loadNeighbourhood([{ kind: 'deal', id: 'd-1' }])).alerts.get('deal:d-1') ?? []).map(({ id }) => id);
      expect(await ids()).toEqual(['1', '3', '4', 'other']);
      await store().commit([
        putAlert('1', { ...identity, episode: 1, openedAt: 1, ...resolved(2) }),
        putAlert('4', { ...identity, episode: 4, openedAt: 4, ...resolved(9) }),
      ]);
      expect(await ids()).toEqual(['4', 'other']);
      expect((await store().journeyState('deal:d-1')).alerts.map(({ id }) => id)).toEqual(['4', 'other']);
    });
  });
}
