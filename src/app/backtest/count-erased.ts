import type { RecordKind, Signal } from '../../core/journey/signal.ts';

/** How many records were erased, by kind: that, and nothing else of them, is kept. */
export function createErasedCount(): { add(signal: Signal): void; counts(): Record<RecordKind, number> } {
  const ids: Record<RecordKind, Set<string>> = { account: new Set(), deal: new Set(), person: new Set() };
  return {
    // The same erasure may be told several times: by hand and by the CRM.
    add(signal) {
      if (signal.type === 'record.erased') ids[signal.record.kind].add(signal.record.id);
    },
    counts: () => ({ account: ids.account.size, deal: ids.deal.size, person: ids.person.size }),
  };
}
