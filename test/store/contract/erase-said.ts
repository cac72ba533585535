import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/core/change.ts';
import type { Message } from '../../../src/core/delivery.ts';
import { account, addDelivery, content, deal, named, put, putAlert, putCard, putJourney } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { ann, erase, erasingIn, receipt, reply, said } from './ann-lee.ts';
import { withStore } from './with-store.ts';

export function eraseSaidContract(openEmpty: OpenEmpty): void {
  describe('erasing what was said', () => {
    const store = withStore(openEmpty);
    const { erasing, round } = erasingIn(store);

    const waiting = async () => (await store().leaseDeliveries(20, 70, 50, [])).map(({ message }) => message);

    it('has cards and messages edited that stand in Slack with the name', async () => {
      const clear = { ...said, headline: 'Nobody', nextStep: 'Call', expected: 'a call', people: [], evidence: [] };
      await store().commit([
        put(ann),
        putCard('deal:d-1', '#deals', { content: content({ alerts: [said] }), posted: { ...receipt('1'), fingerprint: 'f' } }),
        putCard('deal:d-2', '#others', {
          content: content({ journeyId: 'deal:d-2', alerts: [clear] }),
          posted: { ...receipt('2'), fingerprint: 'f' },
        }),
        addDelivery('1', '#replies', reply([said])),
        addDelivery('2', '#clear', reply([clear])),
      ]);
      await store().leaseDeliveries(10, 70, 50, []);
      await store().commit(['1', '2'].map((id): Change => ({ kind: 'delivery.sent', id, receipt: receipt(`3${id}`) })));
      await erasing(erase);
      expect(await waiting()).toEqual([
        { kind: 'card', cardId: 'deal:d-1|#deals' },
        { kind: 'redraw', deliveryId: '1' },
      ]);
      const { message, receipt: where } = (await store().saidBy('1')) ?? {};
      expect(JSON.stringify(message)).not.toMatch(/Ann Lee|ann@acme/);
      expect(where).toEqual(receipt('31'));
    });

    it('finds messages that were posted long ago', async () => {
      await store().commit([put(ann), addDelivery('1', '#replies', reply([said])), addDelivery('2', '#clear', reply([{ ...said, people: [] }]))]);
      await store().leaseDeliveries(10, 70, 50, []);
      await store().commit(['1', '2'].map((id): Change => ({ kind: 'delivery.sent', id, receipt: receipt(`3${id}`) })));
      expect(await store().prune(1_000_000)).toBe(2);
      expect(await store().saidBy('2')).toBeNull();
      await erasing(erase);
      expect(await waiting()).toEqual([{ kind: 'redraw', deliveryId: '1' }]);
      expect(JSON.stringify(await store().saidBy('1'))).not.toMatch(/Ann Lee|ann@acme/);
    });

    it('has replies of a digest edited that name somebody, long after they were posted', async () => {
      const line = {
        journeyId: 'deal:d-1',
        name: 'Rollout',
        url: null,
        accountName: null,
        headline: 'Ann Lee has gone silent',
        since: 1,
        amount: null,
      };
      const none = { total: 0, shown: [] };
      const part = (id: string, headline: string): Message => ({
        kind: 'digest-part',
        digestId: 'weekly',
        parentId: id,
        timezone: 'UTC',
        detail: { kind: 'people', missing: none, silent: { total: 1, shown: [{ ...line, headline }] }, late: none },
      });
      await store().commit([put(ann), addDelivery('1', '#a', part('0', line.headline)), addDelivery('2', '#b', part('0', 'Bo has gone silent'))]);
      await store().leaseDeliveries(10, 70, 50, []);
      await store().commit(['1', '2'].map((id): Change => ({ kind: 'delivery.sent', id, receipt: receipt(`3${id}`) })));
      expect(await store().prune(1_000_000)).toBe(2);
      await erasing(erase);
      expect(await waiting()).toEqual([{ kind: 'redraw', deliveryId: '1' }]);
      expect(JSON.stringify(await store().saidBy('1'))).toContain('erased has gone silent');
    });

    it('looks once more, after what was under way with the name has ended', async () => {
      await store().commit([put(ann), addDelivery('1', '#replies', reply([]))]);
      await store().leaseDeliveries(10, 70, 50, []);
      await erasing(erase);
      expect(await store().erasureOf({ kind: 'person', id: 'p-1' })).toMatchObject({ done: true });
      // Leased before, said afterwards.
      await store().commit([{ kind: 'delivery.sent', id: '1', receipt: receipt('31'), said: reply([said]) }]);
      expect(JSON.stringify(await store().saidBy('1'))).toContain('Ann Lee');
      const again = (await store().nextErasureAt()) ?? 0;
      expect(again).toBeGreaterThan(120_000);
      await round(again - 1);
      expect(JSON.stringify(await store().saidBy('1'))).toContain('Ann Lee');
      await round(again);
      expect(JSON.stringify(await store().saidBy('1'))).not.toContain('Ann Lee');
      expect(await store().nextErasureAt()).toBeNull();
    });

    it('takes a deal’s name out of what was said of it, and no common word out of anything else', async () => {
      const about = { ...said, headline: 'Pilot is late', people: [], evidence: [] };
      await store().commit([
        put(deal('d-1', null, named('Pilot'))),
        putAlert('x', { finding: { headline: 'Pilot is late' } }),
        putAlert('y', { journeyId: 'deal:d-2', identity: 'y', finding: { headline: 'Stalled in Pilot' } }),
        addDelivery('1', '#deals', { ...reply([about], 'deal:d-1|#deals'), journeyName: 'Pilot' } as Message),
        addDelivery('2', '#others', { ...reply([{ ...about, headline: 'Stalled in Pilot' }], 'deal:d-2|#deals'), journeyName: 'Other' } as Message),
      ]);
      await erasing([put(deal('d-1', null, { erasedAt: 9 }), { revision: 1, terms: [] }), { kind: 'record.erase', record: 'deal', id: 'd-1' }]);
      expect((await store().alert('x'))?.finding.headline).toBe('erased is late');
      expect((await store().alert('y'))?.finding.headline).toBe('Stalled in Pilot');
      expect((await waiting()).map((message) => (message.kind === 'reply' ? [message.journeyName, message.alerts[0]?.headline] : []))).toEqual([
        ['erased', 'erased is late'],
        ['Other', 'Stalled in Pilot'],
      ]);
    });

    it('leaves another customer of the same name its name', async () => {
      const card = (id: string): Change =>
        putCard(`account:${id}:customers`, '#deals', {
          content: content({ journeyId: `account:${id}:customers`, kind: 'account', name: 'Acme', account: { id, name: 'Acme', url: null } }),
        });
      await store().commit([
        ...['a-1', 'a-2'].flatMap((id) => [
          put(account(id, named('Acme'))),
          putJourney('none', { id: `account:${id}:customers`, kind: 'account', accountId: id, dealId: null }),
          card(id),
        ]),
        addDelivery('1', '#deals', { ...reply([]), cardId: 'account:a-2:customers|#deals', journeyName: 'Acme' } as Message),
      ]);
      await erasing([put(account('a-1', { erasedAt: 9 }), { revision: 1, terms: [] }), { kind: 'record.erase', record: 'account', id: 'a-1' }]);
      const namesOn = async (id: string) => {
        const shown = (await store().card(`account:${id}:customers|#deals`))?.content;
        return [shown?.name, shown?.account?.name];
      };
      expect(await namesOn('a-1')).toEqual(['erased', 'erased']);
      expect(await namesOn('a-2')).toEqual(['Acme', 'Acme']);
      expect((await waiting()).flatMap((message) => (message.kind === 'reply' ? [message.journeyName] : []))).toEqual(['Acme']);
    });
  });
}
