import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/core/delivery.ts';
import { addDelivery, delivery, notice } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { withStore } from './with-store.ts';

export function outboxContract(openEmpty: OpenEmpty): void {
  describe('outbox', () => {
    const store = withStore(openEmpty);
    const wish = { kind: 'card', cardId: 'deal:d-1|#deals' } as const;
    const lease = async (now: number, limit = 10, busy: string[] = []) =>
      (await store().leaseDeliveries(now, now + 60, limit, busy)).map(({ id }) => id);

    it('leases what is due, oldest first, one a channel', async () => {
      await store().commit([
        addDelivery('1', '#a', notice('first')),
        addDelivery('2', '#a', notice('second')),
        addDelivery('3', '#b', notice('third')),
        addDelivery('4', '#c', notice('later'), { dueAt: 11 }),
      ]);
      expect(await store().leaseDeliveries(10, 70, 10, [])).toEqual([
        delivery('1', '#a', notice('first'), { attempts: 1 }),
        delivery('3', '#b', notice('third'), { attempts: 1 }),
      ]);
      expect(await lease(10)).toEqual([]);
    });

    it('leases no more than asked, and none of busy channels', async () => {
      await store().commit([addDelivery('1', '#a', notice('')), addDelivery('2', '#b', notice('')), addDelivery('3', '#c', notice(''))]);
      expect(await lease(10, 1, ['#a'])).toEqual(['2']);
      expect(await lease(10, 5, ['#a'])).toEqual(['3']);
    });

    it('holds a channel while one of its messages is being said', async () => {
      await store().commit([addDelivery('1', '#a', notice('')), addDelivery('2', '#a', notice(''))]);
      expect(await lease(10)).toEqual(['1']);
      expect(await lease(20)).toEqual([]);
      await store().commit([{ kind: 'delivery.sent', id: '1', receipt: null }]);
      expect(await lease(20)).toEqual(['2']);
    });

    it('gives a delivery to somebody else when its lease is over, and counts the attempts', async () => {
      await store().commit([addDelivery('1', '#a', notice(''))]);
      expect(await lease(10)).toEqual(['1']);
      expect(await lease(69)).toEqual([]);
      expect(await store().leaseDeliveries(70, 99, 1, [])).toMatchObject([{ id: '1', attempts: 2 }]);
    });

    it('gives up the leases of a former run', async () => {
      await store().commit([addDelivery('1', '#a', notice('')), addDelivery('2', '#b', notice(''))]);
      await lease(10, 1);
      expect(await store().releaseLeases()).toBe(1);
      expect(await store().releaseLeases()).toBe(0);
      expect(await lease(11)).toEqual(['1', '2']);
    });

    it('tries again when it is time to, and keeps order with what came later', async () => {
      await store().commit([addDelivery('1', '#a', notice('')), addDelivery('2', '#a', notice(''))]);
      await lease(10);
      await store().commit([{ kind: 'delivery.retry', id: '1', dueAt: 50, error: 'rate limit' }]);
      expect(await lease(49)).toEqual(['2']);
      await store().commit([{ kind: 'delivery.sent', id: '2', receipt: null }]);
      expect(await lease(50)).toEqual(['1']);
    });

    it('lets go of what failed, and counts it', async () => {
      await store().commit([addDelivery('1', '#a', notice('')), addDelivery('2', '#b', notice(''), { createdAt: 7 })]);
      await store().commit([{ kind: 'delivery.failed', id: '1', error: 'channel_not_found', at: 20 }]);
      expect(await store().outboxBacklog()).toEqual({ pending: 1, failed: 1, oldestCreatedAt: 7 });
      expect(await lease(99)).toEqual(['2']);
    });

    it('says when something can be leased next', async () => {
      expect(await store().nextDeliveryAt()).toBeNull();
      await store().commit([addDelivery('1', '#a', notice('')), addDelivery('2', '#b', notice(''), { dueAt: 40 })]);
      expect(await store().nextDeliveryAt()).toBe(10);
      await lease(10);
      expect(await store().nextDeliveryAt()).toBe(40);
      await lease(40);
      expect(await store().nextDeliveryAt()).toBe(70);
    });

    it('takes a delivery once', async () => {
      await store().commit([addDelivery('1', '#a', notice('first'))]);
      await store().commit([addDelivery('1', '#a', notice('again'))]);
      expect(await store().leaseDeliveries(10, 70, 10, [])).toMatchObject([{ message: { title: 'first' } }]);
    });

    it('makes one of several wishes to bring a card up to date, due when the first of them is', async () => {
      await store().commit([addDelivery('1', '#deals', wish, { dueAt: 30 })]);
      await store().commit([addDelivery('2', '#deals', wish, { dueAt: 20 }), addDelivery('3', '#deals', wish, { dueAt: 40 })]);
      expect(await store().outboxBacklog()).toMatchObject({ pending: 1 });
      expect(await lease(20)).toEqual(['1']);
    });

    it('takes another such wish while one is being fulfilled, which may have read the card before', async () => {
      await store().commit([addDelivery('1', '#deals', wish)]);
      await lease(10);
      await store().commit([
        addDelivery('2', '#deals', wish, { createdAt: 20, dueAt: 20 }),
        addDelivery('3', '#deals', wish, { createdAt: 20, dueAt: 20 }),
      ]);
      expect(await store().outboxBacklog()).toMatchObject({ pending: 2 });
      await store().commit([{ kind: 'delivery.sent', id: '1', receipt: null }]);
      expect(await lease(20)).toEqual(['2']);
    });

    it('counts a wish that is being tried again as one, and lets it wait for its own reason', async () => {
      await store().commit([addDelivery('1', '#deals', wish)]);
      await lease(10);
      await store().commit([addDelivery('2', '#deals', wish, { createdAt: 20, dueAt: 90 })]);
      await store().commit([{ kind: 'delivery.retry', id: '1', dueAt: 50, error: 'rate limit' }]);
      await store().commit([{ kind: 'delivery.sent', id: '2', receipt: null }, addDelivery('3', '#deals', wish, { createdAt: 21, dueAt: 21 })]);
      expect(await lease(49)).toEqual([]);
      expect(await lease(50)).toEqual(['1']);
    });

    it('lets a wish that came while another one was being fulfilled wait for it, when that may have posted the card and is tried again', async () => {
      await store().commit([addDelivery('1', '#deals', wish)]);
      await lease(10);
      await store().commit([addDelivery('2', '#deals', wish, { createdAt: 20, dueAt: 20 }), addDelivery('3', '#deals', notice(''))]);
      await store().commit([{ kind: 'delivery.retry', id: '1', dueAt: 50, error: 'the answer was lost' }]);
      expect(await lease(49)).toEqual(['3']);
      await store().commit([{ kind: 'delivery.sent', id: '3', receipt: null }]);
      expect(await lease(50)).toEqual(['1']);
      await store().commit([{ kind: 'delivery.sent', id: '1', receipt: { channelId: 'C1', ts: '1', at: 50 } }]);
      expect(await lease(50)).toEqual(['2']);
    });

    it("lets a channel's list of the day wait for the one before, which may have been posted and is tried again", async () => {
      const overflow: Message = { kind: 'overflow', day: '2026-12-15', cards: [], total: 3 };
      await store().commit([addDelivery('1', '#a', overflow), addDelivery('2', '#b', overflow)]);
      expect(await lease(10)).toEqual(['1', '2']);
      await store().commit([addDelivery('3', '#a', overflow, { createdAt: 11, dueAt: 11 }), { kind: 'delivery.sent', id: '2', receipt: null }]);
      await store().commit([{ kind: 'delivery.retry', id: '1', dueAt: 50, error: 'the answer was lost' }]);
      await store().commit([
        addDelivery('4', '#a', overflow, { createdAt: 12, dueAt: 12 }),
        addDelivery('5', '#b', overflow, { createdAt: 12, dueAt: 12 }),
      ]);
      expect(await lease(49)).toEqual(['5']);
      expect(await lease(50)).toEqual(['1']);
    });

    it('remembers where the newest message of a kind and key stands', async () => {
      const overflow = (day: string): Message => ({ kind: 'overflow', day, cards: [], total: 3 });
      await store().commit([
        addDelivery('1', '#a', overflow('2026-12-15')),
        addDelivery('2', '#a', overflow('2026-12-15')),
        addDelivery('3', '#a', overflow('2026-12-16')),
        addDelivery('4', '#b', overflow('2026-12-15')),
      ]);
      await store().commit([
        { kind: 'delivery.sent', id: '1', receipt: { channelId: 'C1', ts: '1', at: 20 } },
        { kind: 'delivery.sent', id: '2', receipt: null },
        { kind: 'delivery.sent', id: '3', receipt: { channelId: 'C1', ts: '3', at: 22 } },
      ]);
      expect(await store().receiptOf('#a', 'overflow', '2026-12-15')).toEqual({ channelId: 'C1', ts: '1', at: 20 });
      expect(await store().receiptOf('#b', 'overflow', '2026-12-15')).toBeNull();
      expect(await store().receiptOf('#a', 'digest', '2026-12-15')).toBeNull();
    });

    it('prunes what was said long ago and keeps what is still to be said', async () => {
      await store().commit([
        addDelivery('1', '#a', notice('')),
        addDelivery('2', '#a', notice('')),
        addDelivery('3', '#a', notice(''), { createdAt: 30 }),
      ]);
      await store().commit([
        { kind: 'delivery.sent', id: '1', receipt: null },
        { kind: 'delivery.sent', id: '3', receipt: null },
      ]);
      expect(await store().prune(30)).toBe(1);
      expect(await store().outboxBacklog()).toMatchObject({ pending: 1 });
    });
  });
}
