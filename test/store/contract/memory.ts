import { describe, expect, it } from 'vitest';
import { ConflictError } from '../../../src/app/errors.ts';
import type { UnknownValue } from '../../../src/core/change.ts';
import type { Subscription } from '../../../src/core/subscription.ts';
import { addDelivery, notice } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { withStore } from './with-store.ts';

export function memoryContract(openEmpty: OpenEmpty): void {
  describe('memory', () => {
    const store = withStore(openEmpty);

    it('keeps settings', async () => {
      expect(await store().meta('version')).toBeNull();
      await store().commit([{ kind: 'meta.put', key: 'version', value: '1' }]);
      await store().commit([{ kind: 'meta.put', key: 'version', value: '2' }]);
      expect(await store().meta('version')).toBe('2');
    });

    it('keeps one mute an account', async () => {
      const mute = (accountId: string, until: number | null) => ({ accountId, until, reason: 'holiday', by: 'U1', at: 1 });
      await store().commit([mute('a-1', 50), mute('a-2', null), mute('a-3', 20), mute('a-1', 90)].map((each) => ({ kind: 'mute.put', mute: each })));
      const { mutes } = await store().loadNeighbourhood(['a-1', 'a-2', 'a-3', 'a-4'].map((id) => ({ kind: 'account', id })));
      expect([...mutes.values()]).toEqual([mute('a-1', 90), mute('a-2', null), mute('a-3', 20)]);
    });

    it('knows when each feed was last heard and last late, whatever the order', async () => {
      const heard = (at: number | null, lateAt: number | null) => ({ kind: 'feed.heard', source: 'hubspot', at, lateAt }) as const;
      await store().commit([heard(10, null)]);
      expect(await store().feeds()).toEqual([{ source: 'hubspot', lastReceivedAt: 10, lateAt: null }]);
      await store().commit([heard(30, 30), heard(20, 20), heard(25, null)]);
      expect(await store().feeds()).toEqual([{ source: 'hubspot', lastReceivedAt: 30, lateAt: 30 }]);
      await store().commit([heard(null, 40), { ...heard(null, 5), source: 'csv' }]);
      expect(await store().feeds()).toEqual([
        { source: 'csv', lastReceivedAt: null, lateAt: 5 },
        { source: 'hubspot', lastReceivedAt: 30, lateAt: 40 },
      ]);
    });

    it('counts values that the map does not know, the newest first', async () => {
      const seen = (value: string, at: number, journeyId = 'deal:d-1', mapKey = 'sales') =>
        ({ kind: 'unknown.seen', source: 'hubspot', what: 'stage', value, mapKey, journeyId, at }) as const;
      await store().commit([seen('x', 1), seen('y', 2), seen('x', 3, 'deal:d-2'), seen('x', 4), seen('x', 5, 'deal:d-2', 'other')]);
      await store().commit([{ kind: 'unknown.seen', source: 'hubspot', what: 'owner', value: '12', journeyId: 'account:a-1', at: 1 }]);
      const values = await store().unknownValues(10);
      const stage = { source: 'hubspot', what: 'stage' };
      expect(values).toEqual([
        { ...stage, value: 'x', mapKey: 'other', count: 1, lastSeenAt: 5, toldAt: null },
        { ...stage, value: 'x', mapKey: 'sales', count: 2, lastSeenAt: 3, toldAt: null },
        { ...stage, value: 'y', mapKey: 'sales', count: 1, lastSeenAt: 2, toldAt: null },
        { source: 'hubspot', what: 'owner', value: '12', mapKey: null, count: 1, lastSeenAt: 1, toldAt: null },
      ]);
      expect(await store().unknownValues(1)).toHaveLength(1);
      expect(await store().unknownCounts()).toEqual({ stage: 3, owner: 1 });
      const [, x, , owner] = values as [UnknownValue, UnknownValue, UnknownValue, UnknownValue];
      expect(await store().unknownOn(x, 10)).toEqual(['deal:d-1', 'deal:d-2']);
      expect(await store().unknownOn(x, 1)).toHaveLength(1);
      await store().forgetUnknown([x, owner]);
      expect((await store().unknownValues(10)).map(({ value, mapKey }) => [value, mapKey])).toEqual([
        ['x', 'other'],
        ['y', 'sales'],
      ]);
      expect(await store().unknownOn(x, 10)).toEqual([]);
      await store().commit([seen('x', 9)]);
      expect((await store().unknownValues(1))[0]).toMatchObject({ mapKey: 'sales', count: 1 });
    });

    it('knows which of them were told, until they are seen on another record', async () => {
      const seen = (value: string, journeyId: string) => ({ kind: 'unknown.seen', source: 'csv', what: 'role', value, journeyId, at: 1 }) as const;
      const toldAt = async () => Object.fromEntries((await store().unknownValues(10)).map((value) => [value.value, value.toldAt]));
      await store().commit([seen('x', 'person:1'), seen('y', 'person:1')]);
      const values = await store().unknownValues(10);
      await store().commit([seen('y', 'person:2')]);
      await store().commit([{ kind: 'unknown.told', values, at: 7 }]);
      expect(await toldAt()).toEqual({ x: 7, y: null });
      await store().commit([seen('x', 'person:1')]);
      expect(await toldAt()).toEqual({ x: 7, y: null });
      await store().commit([seen('x', 'person:2')]);
      expect(await toldAt()).toEqual({ x: null, y: null });
    });

    it('lets no field of free text fill it: so many values, so many records each', async () => {
      const seen = (value: string, journeyId: string) => ({ kind: 'unknown.seen', source: 'csv', what: 'role', value, journeyId, at: 1 }) as const;
      await store().commit(Array.from({ length: 1_010 }, (_, index) => seen('x', `person:${index}`)));
      await store().commit(Array.from({ length: 2_010 }, (_, index) => seen(`v${index}`, 'person:1')));
      const values = await store().unknownValues(10_000);
      expect(values).toHaveLength(2_000);
      expect(values.find(({ value }) => value === 'x')?.count).toBe(1_000);
    });

    it('lets a digest be sent once for each time it is due', async () => {
      const sent = (scheduledFor: number, at: number) => ({ kind: 'digest.sent', digestId: 'weekly', scheduledFor, at }) as const;
      expect(await store().digestLastSent('weekly')).toBeNull();
      await store().commit([sent(100, 101), addDelivery('1', '#a', notice(''))]);
      await expect(store().commit([addDelivery('2', '#a', notice('')), sent(100, 150)])).rejects.toThrow(ConflictError);
      expect(await store().digestLastSent('weekly')).toEqual({ scheduledFor: 100, at: 101 });
      expect(await store().outboxBacklog()).toMatchObject({ pending: 1 });
      await store().commit([sent(200, 201)]);
      expect(await store().digestLastSent('weekly')).toEqual({ scheduledFor: 200, at: 201 });
    });

    it('lets what a wrong clock has noted be taken back, by one of several who see it', async () => {
      const sent = (scheduledFor: number, instead?: number) =>
        ({ kind: 'digest.sent', digestId: 'weekly', scheduledFor, at: scheduledFor, ...(instead === undefined ? {} : { instead }) }) as const;
      await store().commit([sent(9_000)]);
      await expect(store().commit([sent(300)])).rejects.toThrow(ConflictError);
      await store().commit([sent(300, 9_000)]);
      await expect(store().commit([sent(300, 9_000)])).rejects.toThrow(ConflictError);
      expect(await store().digestLastSent('weekly')).toEqual({ scheduledFor: 300, at: 300 });
    });

    it('keeps subscriptions, oldest first, until they end', async () => {
      const subscription = (id: string, by: string, createdAt: number): Subscription => ({
        id,
        by,
        channel: null,
        weekday: 'mon',
        time: '09:00',
        timezone: 'Europe/Berlin',
        filter: 'segment:enterprise',
        match: { segment: ['enterprise'] },
        createdAt,
      });
      const [a, b, c] = [subscription('a', 'U1', 3), subscription('b', 'U2', 1), subscription('c', 'U1', 2)];
      await store().commit([a, b, c].map((each) => ({ kind: 'subscription.put', subscription: each })));
      expect(await store().subscriptions()).toEqual([b, c, a]);
      expect(await store().subscriptions('U1')).toEqual([c, a]);
      const changed: Subscription = { ...c, channel: 'C1', weekday: 'fri', match: {} };
      await store().commit([{ kind: 'subscription.put', subscription: changed }]);
      expect(await store().subscription('c')).toEqual(changed);
      await store().commit([
        { kind: 'subscription.end', id: 'c' },
        { kind: 'subscription.end', id: 'c' },
      ]);
      expect(await store().subscription('c')).toBeNull();
      expect(await store().subscriptions('U1')).toEqual([a]);
    });
  });
}
