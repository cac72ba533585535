import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { aSignal } from '../../core/builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { withStore } from './with-store.ts';

export function replayContract(openEmpty: OpenEmpty): void {
  describe('signals, once more', () => {
    const store = withStore(openEmpty);
    const deal = aSignal('deal.upserted', '2026-09-09', { deal: { id: 'd-1', accountId: 'a-1' } });
    const move = aSignal('stage.entered', '2026-09-07', { stage: { dealId: 'd-2', stage: 'decision' } });
    const call = aSignal('touchpoint.recorded', '2026-09-08', { touchpoint: { dealId: 'd-2', personId: 'p-1', type: 'call', direction: 'inbound' } });
    const put = (...signals: Signal[]) => store().commit(signals.map((signal) => ({ kind: 'signal.add', signal, receivedAt: 7 })));

    it('come in the order in which they came in, in slices', async () => {
      await put(deal, move, call);
      const first = await store().signalsAfter(0, 2);
      expect(first.map(({ signal, receivedAt }) => [signal, receivedAt])).toEqual([
        [deal, 7],
        [move, 7],
      ]);
      const rest = await store().signalsAfter(first[1]?.sequence ?? 0, 2);
      expect(rest.map(({ signal }) => signal)).toEqual([call]);
      expect(await store().signalsAfter(rest[0]?.sequence ?? 0, 2)).toEqual([]);
    });

    it('are found by the very ids that they came with, each once', async () => {
      await put(deal, move, call);
      const naming = async (...refs: Parameters<ReturnType<typeof store>['signalsNaming']>[0]) =>
        (await store().signalsNaming(refs)).map(({ signal }) => signal);
      expect(await naming({ kind: 'person', id: 'p-1' }, { kind: 'deal', id: 'd-2' })).toEqual([move, call]);
      expect(await naming({ kind: 'person', id: 'p-1' })).toEqual([call]);
      expect(await naming({ kind: 'account', id: 'd-2' })).toEqual([]);
      expect(await naming()).toEqual([]);
    });
  });
}
