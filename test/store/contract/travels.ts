import { describe, expect, it } from 'vitest';
import { account, deal, named, person, put, putJourney } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { withStore } from './with-store.ts';

export function travelsContract(openEmpty: OpenEmpty): void {
  describe('what travels the maps', () => {
    const store = withStore(openEmpty);

    it('comes by id in slices, each deal with its account, deleted ones too, erased ones not', async () => {
      const acme = account('a-1', named('Acme'));
      const deleted = deal('d-2', null, { deletedAt: 9 });
      await store().commit([
        put(acme),
        put(deal('d-1', 'a-1')),
        put(deleted),
        put(deal('d-3', null, { erasedAt: 9 })),
        put(deal('d-4', 'a-unknown')),
        put(account('a-2', { erasedAt: 9 })),
      ]);
      expect(await store().travellingAfter('deal', null, 2)).toEqual([
        { id: 'd-1', deal: deal('d-1', 'a-1'), account: acme },
        { id: 'd-2', deal: deleted, account: null },
      ]);
      expect(await store().travellingAfter('deal', 'd-2', 2)).toEqual([{ id: 'd-4', deal: deal('d-4', 'a-unknown'), account: null }]);
      expect(await store().travellingAfter('account', null, 5)).toEqual([{ id: 'a-1', deal: null, account: acme }]);
    });

    it('comes with its people by id in slices, erased ones not', async () => {
      const ann = person('p-1', 'a-1', named('Ann'));
      const deleted = person('p-3', null, { deletedAt: 9 });
      await store().commit([put(ann), put(person('p-2', null, { erasedAt: 9 })), put(deleted), put(person('p-4', null))]);
      expect(await store().peopleAfter(null, 2)).toEqual([ann, deleted]);
      expect((await store().peopleAfter('p-3', 2)).map(({ id }) => id)).toEqual(['p-4']);
      expect(await store().peopleAfter('p-4', 2)).toEqual([]);
    });

    it('is in a stage while it is open there', async () => {
      await store().commit([
        putJourney('d-1'),
        putJourney('d-2', { stage: 'proposal' }),
        putJourney('d-3', { outcome: 'won', outcomeAt: 5 }),
        putJourney('d-4', { mapKey: 'customers' }),
        putJourney('d-5'),
      ]);
      const ids = async (after: string | null, limit: number) =>
        (await store().openInStage('new-business', 'decision', after, limit)).map(({ id }) => id);
      expect(await ids(null, 5)).toEqual(['deal:d-1', 'deal:d-5']);
      expect(await ids(null, 1)).toEqual(['deal:d-1']);
      expect(await ids('deal:d-1', 5)).toEqual(['deal:d-5']);
    });
  });
}
