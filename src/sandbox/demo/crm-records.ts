import type { WireSignal } from '../company/wire-signal.ts';
import type { CrmAccount } from '../controls.ts';

/** What the demo's CRM holds now: its own signals, added up. */
export type CrmRecords = {
  apply(signals: readonly WireSignal[]): void;
  accounts(): CrmAccount[];
};

type Deal = { id: string; accountId: string; name: string; stage: string; isOpen: boolean };

export function createCrmRecords(): CrmRecords {
  const names = new Map<string, string>();
  const deals = new Map<string, Deal>();
  const people = new Map<string, { id: string; accountId: string; name: string; title: string }>();

  const applyOne = (signal: WireSignal): void => {
    switch (signal.type) {
      case 'account.upserted':
        if (signal.account.name !== undefined) names.set(signal.account.id, signal.account.name);
        return;
      case 'deal.upserted': {
        const { id, accountId, name, stage, status } = signal.deal;
        const known = deals.get(id) ?? { id, accountId: '', name: id, stage: '', isOpen: true };
        deals.set(id, {
          id,
          accountId: accountId ?? known.accountId,
          name: name ?? known.name,
          stage: stage ?? known.stage,
          isOpen: status === undefined ? known.isOpen : status === 'open',
        });
        return;
      }
      case 'stage.entered': {
        const known = deals.get(signal.stage.dealId);
        if (known !== undefined) deals.set(known.id, { ...known, stage: signal.stage.stage });
        return;
      }
      case 'person.upserted': {
        const { id, accountId = '', name = id, title = '' } = signal.person;
        people.set(id, { id, accountId, name, title });
        return;
      }
      case 'record.deleted':
        deals.delete(signal.record.id);
        return;
      case 'touchpoint.recorded':
      case 'next-step.set':
      case 'metric.recorded':
      case 'milestone.completed':
      case 'role.assigned':
        return;
    }
  };

  return {
    apply(signals) {
      for (const signal of signals.toSorted((one, other) => one.occurredAt.localeCompare(other.occurredAt))) applyOne(signal);
    },
    accounts: () =>
      [...names]
        .map(([id, name]) => ({
          id,
          name,
          deals: [...deals.values()].filter((deal) => deal.accountId === id && deal.isOpen),
          people: [...people.values()].filter((person) => person.accountId === id),
        }))
        .toSorted((one, other) => one.name.localeCompare(other.name)),
  };
}
