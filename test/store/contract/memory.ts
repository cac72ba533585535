import { describe, expect, it } from 'vitest';
import { ConflictError } from '../../../src/app/errors.ts';
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

    it('keeps one mute an account, and knows which still hold', async () => {
      const mute = (accountId: string, until: number | null) => ({ accountId, until, reason: 'holiday', by: 'U1', at: 1 });
      await store().commit([mute('a-1', 50), mute('a-2', null), mute('a-3', 20), mute('a-1', 90)].map((each) => ({ kind: 'mute.put', mute: each })));
      expect(await store().mutes(20)).toEqual([mute('a-1', 90), mute('a-2', null)]);
      expect(await store().mutes(90)).toEqual([mute('a-2', null)]);
    });

    it('knows when each feed was last heard and last late, whatever the order', async () => {
      const heard = (at: number, lateAt: number | null) => ({ kind: 'feed.heard', source: 'hubspot', at, lateAt }) as const;
      await store().commit([heard(10, null)]);
      expect(await store().feeds()).toEqual([{ source: 'hubspot', lastReceivedAt: 10, lateAt: null }]);
      await store().commit([heard(30, 30), heard(20, 20), heard(25, null)]);
      expect(await store().feeds()).toEqual([{ source: 'hubspot', lastReceivedAt: 30, lateAt: 30 }]);
    });

    it('counts values that the map does not know, the newest first', async () => {
      const seen = (value: string, at: number) =>
        ({ kind: 'unknown.seen', source: 'hubspot', what: 'stage', value, journeyId: 'deal:d-1', at }) as const;
      await store().commit([seen('x', 1), seen('y', 2), seen('x', 3)]);
      expect(await store().unknownValues(10)).toEqual([
        { source: 'hubspot', what: 'stage', value: 'x', count: 2, lastSeenAt: 3 },
        { source: 'hubspot', what: 'stage', value: 'y', count: 1, lastSeenAt: 2 },
      ]);
      expect(await store().unknownValues(1)).toHaveLength(1);
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
  });
}
