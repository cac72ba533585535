import { describe, expect, it } from 'vitest';
import type { OpenEmpty } from '../store.contract.ts';
import { withStore } from './with-store.ts';

export function inboxContract(openEmpty: OpenEmpty): void {
  describe('inbox', () => {
    const store = withStore(openEmpty);
    const body = (key: string) => ({ key, body: `{"say":"${key}"}` });

    it('gives accepted bodies back, the longest due first, each source its own', async () => {
      await store().accept('hubspot', [body('b')], 20);
      await store().accept('hubspot', [body('a')], 10);
      await store().accept('signals', [body('c')], 10);
      expect(await store().pendingInbox('hubspot', 20, 10)).toEqual([
        { id: expect.any(Number), source: 'hubspot', key: 'a', body: '{"say":"a"}', receivedAt: 10, attempts: 0 },
        { id: expect.any(Number), source: 'hubspot', key: 'b', body: '{"say":"b"}', receivedAt: 20, attempts: 0 },
      ]);
      expect(await store().pendingInbox('hubspot', 20, 1)).toHaveLength(1);
    });

    it('is counted by source', async () => {
      await store().accept('hubspot', [body('a'), body('b'), body('c')], 1);
      await store().accept('signals', [body('d')], 1);
      expect(await store().inboxCounts()).toEqual([
        { source: 'hubspot', pending: 3, dead: 0 },
        { source: 'signals', pending: 1, dead: 0 },
      ]);
      const [first, second] = await store().pendingInbox('hubspot', 1, 2);
      await store().commit([
        { kind: 'inbox.dead', id: first?.id ?? 0, error: 'no JSON', at: 2 },
        { kind: 'inbox.done', id: second?.id ?? 0, at: 2 },
      ]);
      expect((await store().inboxCounts())[0]).toEqual({ source: 'hubspot', pending: 1, dead: 1 });
    });

    it('knows a key again, within a call, among calls that come together, and later', async () => {
      const together = await Promise.all([
        store().accept('hubspot', [body('a'), body('a'), body('b')], 1),
        store().accept('hubspot', [body('b'), body('c')], 1),
      ]);
      expect(together).toEqual([{ fresh: 2 }, { fresh: 1 }]);
      expect(await store().accept('hubspot', [{ key: 'a', body: 'another' }], 2)).toEqual({ fresh: 0 });
      expect(await store().accept('signals', [body('a')], 2)).toEqual({ fresh: 1 });
      expect((await store().pendingInbox('hubspot', 5, 10)).map((row) => row.body)).not.toContain('another');
    });

    it('accepts nothing as nothing', async () => {
      expect(await store().accept('hubspot', [], 1)).toEqual({ fresh: 0 });
    });

    it('refuses only the call at fault among calls that come together', async () => {
      const bad = { key: 'bad', body: null as unknown as string };
      const [first, refused, last] = await Promise.allSettled([
        store().accept('hubspot', [body('a')], 1),
        store().accept('hubspot', [body('b'), bad], 1),
        store().accept('hubspot', [body('c')], 1),
      ]);
      expect(first).toEqual({ status: 'fulfilled', value: { fresh: 1 } });
      expect(refused.status).toBe('rejected');
      expect(last).toEqual({ status: 'fulfilled', value: { fresh: 1 } });
      expect((await store().pendingInbox('hubspot', 1, 10)).map((row) => row.key)).toEqual(['a', 'c']);
    });

    it('forgets the body of what is done, and keeps its key', async () => {
      const [row] = await accepted('a');
      await store().commit([{ kind: 'inbox.done', id: row?.id ?? 0, at: 5 }]);
      expect(await store().pendingInbox('hubspot', 9, 10)).toEqual([]);
      expect(await store().accept('hubspot', [body('a')], 9)).toEqual({ fresh: 0 });
      expect(await store().inboxBacklog()).toEqual({ pending: 0, dead: 0, oldestReceivedAt: null });
    });

    it('brings what is to be tried again when its time has come, with its attempts', async () => {
      const [row] = await accepted('a');
      await store().commit([{ kind: 'inbox.retry', id: row?.id ?? 0, dueAt: 50, error: 'HubSpot is away' }]);
      expect(await store().pendingInbox('hubspot', 49, 10)).toEqual([]);
      expect(await store().pendingInbox('hubspot', 50, 10)).toMatchObject([{ key: 'a', receivedAt: 1, attempts: 1 }]);
    });

    it('keeps what cannot be processed as a dead letter, to be replayed', async () => {
      const [row] = await accepted('a');
      const id = row?.id ?? 0;
      await store().commit([{ kind: 'inbox.dead', id, error: 'unknown type', at: 7 }]);
      expect(await store().deadLetters(10)).toEqual([
        { id, source: 'hubspot', key: 'a', body: '{"say":"a"}', receivedAt: 1, diedAt: 7, error: 'unknown type' },
      ]);
      expect(await store().inboxBacklog()).toEqual({ pending: 0, dead: 1, oldestReceivedAt: null });
      expect(await store().replayDeadLetter(id, 20)).toBe(true);
      expect(await store().replayDeadLetter(id, 20)).toBe(false);
      expect(await store().pendingInbox('hubspot', 20, 10)).toMatchObject([{ id, body: '{"say":"a"}', attempts: 0 }]);
      expect(await store().deadLetters(10)).toEqual([]);
    });

    it('drops a dead letter for good: its sender trying again does not bring it back', async () => {
      const [row] = await accepted('a');
      const id = row?.id ?? 0;
      expect(await store().dropDeadLetter(id)).toBe(false);
      await store().commit([{ kind: 'inbox.dead', id, error: 'unknown type', at: 7 }]);
      expect(await store().dropDeadLetter(id)).toBe(true);
      expect(await store().deadLetters(10)).toEqual([]);
      expect(await store().accept('hubspot', [body('a')], 9)).toEqual({ fresh: 0 });
    });

    it('says how much is waiting and since when', async () => {
      await store().accept('hubspot', [body('b')], 20);
      await store().accept('signals', [body('a')], 10);
      expect(await store().inboxBacklog()).toEqual({ pending: 2, dead: 0, oldestReceivedAt: 10 });
    });

    it('prunes what was done long ago, and then knows its key no more', async () => {
      const rows = [...(await accepted('a')), ...(await accepted('b')), ...(await accepted('c'))];
      const [a, , c] = rows.map((row) => row.id);
      await store().commit([
        { kind: 'inbox.done', id: a ?? 0, at: 5 },
        { kind: 'inbox.done', id: c ?? 0, at: 10 },
      ]);
      expect(await store().prune(10)).toBe(1);
      expect(await store().accept('hubspot', [body('a'), body('b'), body('c')], 20)).toEqual({ fresh: 1 });
    });

    it('prunes more than fits one slice', async () => {
      const many = Array.from({ length: 1_100 }, (_, index) => body(`k${index}`));
      await store().accept('hubspot', many, 1);
      await store().commit((await store().pendingInbox('hubspot', 1, 2_000)).map(({ id }) => ({ kind: 'inbox.done', id, at: 2 })));
      expect(await store().prune(3)).toBe(1_100);
    });

    async function accepted(key: string) {
      await store().accept('hubspot', [body(key)], 1);
      return (await store().pendingInbox('hubspot', 1, 100)).filter((row) => row.key === key);
    }
  });
}
