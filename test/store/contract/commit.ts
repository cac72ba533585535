import { describe, expect, it } from 'vitest';
import { ConflictError } from '../../../src/app/errors.ts';
import type { Change } from '../../../src/core/change.ts';
import { account, addDelivery, deal, notice, put, putAlert, putJourney, resolved } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { withStore } from './with-store.ts';

export function commitContract(openEmpty: OpenEmpty): void {
  describe('commit', () => {
    const store = withStore(openEmpty);
    const before: Change[] = [{ kind: 'meta.put', key: 'k', value: 'written' }, put(account('a-1')), addDelivery('x-1', '#deals', notice('Hello'))];

    async function expectNothingOf(changes: Change[]): Promise<void> {
      await expect(store().commit(changes)).rejects.toThrow(ConflictError);
      expect(await store().meta('k')).toBeNull();
      expect((await store().loadNeighbourhood([{ kind: 'account', id: 'a-1' }])).accounts.size).toBe(0);
      expect(await store().outboxBacklog()).toMatchObject({ pending: 0 });
    }

    it('writes everything or nothing when a journey has moved', async () => {
      await store().commit([putJourney('d-1')]);
      await store().commit([putJourney('d-1', { revision: 1 })]);
      await expectNothingOf([...before, putJourney('d-1', { revision: 1, name: 'late' })]);
      expect((await store().journeyState('deal:d-1')).row).toMatchObject({ name: 'd-1', revision: 2 });
    });

    it('writes everything or nothing when a journey is there that was thought new, or gone', async () => {
      await expectNothingOf([...before, putJourney('d-1', { revision: 3 })]);
      await store().commit([putJourney('d-1')]);
      await expectNothingOf([...before, putJourney('d-1')]);
    });

    it('writes everything or nothing when a record has moved', async () => {
      await store().commit([put(deal('d-1', null))]);
      await store().commit([put(deal('d-1', null), { revision: 1 })]);
      await expectNothingOf([...before, put(deal('d-1', 'a-9'), { revision: 1 })]);
      await expectNothingOf([...before, put(deal('d-1', 'a-9'))]);
      const { deals } = await store().loadNeighbourhood([{ kind: 'deal', id: 'd-1' }]);
      expect(deals.get('d-1')).toEqual({ record: deal('d-1', null), revision: 2 });
    });

    it('writes everything or nothing when an identity would have two alerts that are not resolved', async () => {
      await store().commit([putAlert('one')]);
      await expectNothingOf([...before, putAlert('two', { episode: 2 })]);
      await store().commit([putAlert('one', resolved(20)), putAlert('two', { episode: 2, previousId: 'one' })]);
      await expectNothingOf([...before, putAlert('one', { state: 'acknowledged' })]);
      expect(await store().alert('one')).toMatchObject({ state: 'resolved' });
    });

    it('lets one of two writers win who decided on the same revision', async () => {
      await store().commit([putJourney('d-1')]);
      const both = await Promise.allSettled([
        store().commit([putJourney('d-1', { revision: 1, name: 'first' })]),
        store().commit([putJourney('d-1', { revision: 1, name: 'second' })]),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('takes an empty list', async () => {
      await store().commit([]);
    });

    it('answers a ping', async () => {
      await store().ping();
    });
  });
}
