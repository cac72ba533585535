import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/core/alerts/card.ts';
import { card, putCard } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { withStore } from './with-store.ts';

export function cardsContract(openEmpty: OpenEmpty): void {
  describe('cards', () => {
    const store = withStore(openEmpty);
    const id = 'deal:d-1|#deals';
    const receipt = { channelId: 'C1', ts: '1764.0001', at: 20 };

    it('are kept, with where they stand', async () => {
      await store().commit([putCard('deal:d-1', '#deals', { saidAt: 3 }), { kind: 'card.posted', cardId: id, receipt, fingerprint: 'f1' }]);
      const posted = card('deal:d-1', '#deals', { saidAt: 3, posted: { ...receipt, fingerprint: 'f1' } });
      expect(await store().card(id)).toEqual(posted);
      expect(await store().card('none')).toBeNull();
    });

    it('keep where they stand when an evaluation that did not know of it writes them', async () => {
      await store().commit([putCard('deal:d-1', '#deals'), { kind: 'card.posted', cardId: id, receipt, fingerprint: 'f1' }]);
      await store().commit([putCard('deal:d-1', '#deals', { fingerprint: 'f2', saidAt: 9 })]);
      expect(await store().card(id)).toMatchObject({ fingerprint: 'f2', saidAt: 9, posted: { ...receipt, fingerprint: 'f1' } });
    });

    it('stand nowhere once their message is gone, and count as one post all the same', async () => {
      await store().commit([putCard('deal:d-1', '#deals'), { kind: 'card.posted', cardId: id, receipt, fingerprint: 'f1' }]);
      await store().commit([{ kind: 'card.posted', cardId: id, receipt: null, fingerprint: '' }]);
      expect(await store().card(id)).toMatchObject({ posted: null, fingerprint: 'f1' });
      await store().commit([{ kind: 'card.posted', cardId: id, receipt: { ...receipt, ts: '2', at: 90 }, fingerprint: 'f1' }]);
      expect(await store().postedSince('#deals', 20)).toBe(1);
      expect(await store().postedSince('#deals', 21)).toBe(0);
    });

    it('that were posted are edited where they have changed on their way', async () => {
      const edit = (deliveryId: string) =>
        ({ id: deliveryId, channel: '#deals', message: { kind: 'card', cardId: id }, dueAt: 20, createdAt: 20, attempts: 0 }) as const;
      await store().commit([putCard('deal:d-1', '#deals'), { kind: 'card.posted', cardId: id, receipt, fingerprint: 'f1', edit: edit('1') }]);
      expect((await store().outboxBacklog()).pending).toBe(0);
      await store().commit([putCard('deal:d-1', '#deals', { fingerprint: 'f2' })]);
      await store().commit([{ kind: 'card.posted', cardId: id, receipt, fingerprint: 'f1', edit: edit('2') }]);
      expect(await store().leaseDeliveries(20, 70, 5, [])).toMatchObject([{ id: '2', message: { kind: 'card', cardId: id } }]);
    });

    it('are counted by channel and by when they were first posted', async () => {
      await store().commit([
        putCard('deal:d-1', '#deals', { posted: { ...receipt, fingerprint: 'f1' } }),
        putCard('deal:d-2', '#deals', { posted: { ...receipt, ts: '2', at: 30, fingerprint: 'f1' } }),
        putCard('deal:d-2', '#other', { posted: { ...receipt, ts: '3', fingerprint: 'f1' } }),
        putCard('deal:d-3', '#deals'),
      ]);
      expect(await store().postedSince('#deals', 10)).toBe(2);
      expect(await store().postedSince('#deals', 30)).toBe(1);
    });

    it('that are held are listed by reason, oldest first', async () => {
      const hold = (by: 'history' | 'budget', since: number) => ({ hold: { by, since, until: null } });
      await store().commit([
        putCard('deal:d-1', '#deals', hold('budget', 9)),
        putCard('deal:d-2', '#deals', hold('budget', 3)),
        putCard('deal:d-3', '#other', hold('budget', 5)),
        putCard('deal:d-4', '#deals', hold('history', 1)),
      ]);
      const held = async (...given: Parameters<ReturnType<typeof store>['heldCards']>) =>
        (await store().heldCards(...given)).map(({ journeyId }) => journeyId);
      expect(await held('budget')).toEqual(['deal:d-2', 'deal:d-3', 'deal:d-1']);
      expect(await held('budget', '#deals')).toEqual(['deal:d-2', 'deal:d-1']);
      await store().commit([
        { kind: 'card.hold', cardId: 'deal:d-2|#deals', hold: null },
        { kind: 'card.hold', cardId: 'deal:d-1|#deals', hold: { by: 'import-summary', since: 1, until: 7 } },
      ]);
      expect(await held('budget')).toEqual(['deal:d-3']);
      expect(await store().card(id)).toMatchObject({ hold: { by: 'import-summary', since: 1, until: 7 } });
    });

    it('that are held come in slices, each once, also where many were held at one instant', async () => {
      const since = [5, 1, 5, 5, 3, 5];
      await store().commit(since.map((at, nth) => putCard(`deal:d-${nth}`, '#deals', { hold: { by: 'history', since: at, until: null } })));
      await store().commit([putCard('deal:d-9', '#deals', { hold: { by: 'budget', since: 1, until: null } })]);
      const seen: string[] = [];
      for (let after: Card | null = null; ; ) {
        const slice: Card[] = await store().heldCardsAfter('history', after, 2);
        seen.push(...slice.map(({ journeyId }) => journeyId));
        after = slice.at(-1) ?? null;
        if (slice.length < 2) break;
      }
      expect(seen).toEqual(['deal:d-1', 'deal:d-4', 'deal:d-0', 'deal:d-2', 'deal:d-3', 'deal:d-5']);
    });

    it('are all held otherwise at once: those of a channel and a reason, held by a time', async () => {
      const held = (by: 'history' | 'budget', since: number) => ({ hold: { by, since, until: null } });
      await store().commit([
        putCard('deal:d-1', '#deals', held('history', 1)),
        putCard('deal:d-2', '#deals', held('history', 2)),
        putCard('deal:d-3', '#deals', held('history', 3)),
        putCard('deal:d-4', '#deals', held('budget', 1)),
        putCard('deal:d-5', '#other', held('history', 1)),
      ]);
      const hold = { by: 'import-summary', since: 9, until: null } as const;
      await store().commit([{ kind: 'cards.hold', channel: '#deals', heldBy: 'history', until: 2, hold }]);
      const now = await Promise.all([1, 2, 3, 4, 5].map((nth) => store().card(`deal:d-${nth}|${nth === 5 ? '#other' : '#deals'}`)));
      expect(now.map((one) => one?.hold?.by)).toEqual(['import-summary', 'import-summary', 'history', 'budget', 'history']);
      expect(now[0]?.hold).toEqual(hold);
    });
  });
}
