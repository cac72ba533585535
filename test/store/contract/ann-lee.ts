import type { Store } from '../../../src/app/ports.ts';
import type { CardAlert } from '../../../src/core/alerts/card.ts';
import type { Change } from '../../../src/core/change.ts';
import type { Message } from '../../../src/core/delivery.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { named, ofDeals, person, put } from '../builders.ts';

/** Somebody to be erased, and what was said of her. */
export const ann = person('p-1', null, { ...named('Ann Lee'), email: { value: 'ann@acme.example', at: 1 }, ...ofDeals('d-1') });

export const tombstone = put(person('p-1', null, { erasedAt: 9 }), { revision: 1, terms: [] });
export const erase: Change[] = [tombstone, { kind: 'record.erase', record: 'person', id: 'p-1' }];
export const upserted = (id: string, name: string): Signal => ({
  id,
  source: 'hubspot',
  type: 'person.upserted',
  occurredAt: 1,
  person: { id: 'p-1', name },
});
export const said: CardAlert = {
  id: 'x',
  rule: 'ghosted',
  severity: 'warning',
  state: 'open',
  headline: 'Ann Lee went quiet',
  since: 1,
  dueAt: 2,
  expected: 'an answer',
  people: [
    { name: 'Ann Lee', title: 'CFO' },
    { name: 'Bo', title: null },
  ],
  evidence: [{ label: 'Ann Lee', text: 'wrote from ann@acme.example' }],
  nextStep: 'Call Ann Lee, not Joann Leeds',
  acknowledged: null,
  snoozedUntil: null,
  resolution: null,
  episode: 1,
};

export const reply = (alerts: CardAlert[], cardId = 'c'): Message => ({
  kind: 'reply',
  cardId,
  reason: 'new',
  broadcast: false,
  notifyOwner: false,
  ownerEmail: null,
  journeyName: 'Rollout',
  alerts,
});
export const receipt = (ts: string) => ({ channelId: 'C1', ts, at: 5 });

/** Commits, and does what it leaves to be done. */
export const erasingIn = (store: () => Store) => {
  const round = async (now: number): Promise<void> => {
    while ((await store().eraseSome(now)).more);
  };
  return {
    round,
    async erasing(changes: Change[]): Promise<void> {
      await store().commit(changes);
      await round(10);
    },
  };
};
