import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { account, deal, named, person, put, putJourney } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { ann, erase, erasingIn } from './ann-lee.ts';
import { withStore } from './with-store.ts';

export function eraseRecordsContract(openEmpty: OpenEmpty): void {
  describe('erasing a person in what others are called', () => {
    const store = withStore(openEmpty);
    const { erasing } = erasingIn(store);
    const saidOfDeal = (id: string, name: string): Signal => ({
      id,
      source: 'hubspot',
      type: 'deal.upserted',
      occurredAt: 1,
      deal: { id: 'd-1', name },
    });

    it('takes a full name or an address out of other records, their signals and the words they are found by', async () => {
      const nextStep = { value: { title: 'Call Ann Lee', due: null }, at: 1 };
      await store().commit([
        put(ann),
        put(deal('d-1', 'a-1', { ...named('Rollout (for Ann Lee)'), nextStep }), { accountId: 'a-1', terms: ['rollout', 'ann', 'lee'] }),
        put(account('a-1', { ...named('Acme'), url: { value: 'https://crm.example/ann@acme.example', at: 1 } }), { terms: ['acme'] }),
        putJourney('d-1', { accountId: 'a-1', recheckAt: 1_000_000 }),
        { kind: 'signal.add', signal: saidOfDeal('s-1', 'Rollout (for Ann Lee)'), receivedAt: 1 },
      ]);
      await erasing(erase);
      const around = await store().loadNeighbourhood([{ kind: 'deal', id: 'd-1' }]);
      expect(around.deals.get('d-1')?.record).toMatchObject({
        name: { value: 'Rollout (for erased)' },
        nextStep: { value: { title: 'Call erased' } },
      });
      expect(JSON.stringify([...around.accounts.values()])).not.toContain('ann@acme.example');
      expect(JSON.stringify(await store().signalsOf({ kind: 'deal', id: 'd-1' }, 10))).not.toContain('Ann Lee');
      expect(await store().findByTerm('deal', 'lee', 10)).toEqual([]);
      expect(await store().findByTerm('deal', 'rollout', 10)).toMatchObject([{ name: 'Rollout (for erased)' }]);
      // Evaluated anew, so that cards and lists follow.
      expect(around.journeys.get('deal:d-1')?.recheckAt).toBeLessThan(1_000_000);
    });

    it('leaves single words and what other people are called', async () => {
      const grace = person('p-1', null, { ...named('Grace'), ...{ email: { value: 'grace@acme.example', at: 1 } } });
      await store().commit([put(grace), put(deal('d-1', null, named('Grace Hospital'))), put(person('p-2', null, named('Ann Lee')))]);
      await erasing(erase);
      const around = await store().loadNeighbourhood([
        { kind: 'deal', id: 'd-1' },
        { kind: 'person', id: 'p-2' },
      ]);
      expect(around.deals.get('d-1')?.record.name?.value).toBe('Grace Hospital');
      expect(around.people.get('p-2')?.record.name?.value).toBe('Ann Lee');
    });
  });
}
