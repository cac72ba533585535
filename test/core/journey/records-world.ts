import { applySignal } from '../../../src/core/journey/apply-signal.ts';
import { accountJourneys, dealJourney, type Surroundings } from '../../../src/core/journey/assemble-journey.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import type { JourneyConfig } from '../../../src/core/journey/journey-map.ts';
import { type DealRecord, dealsOn, isAlive, type JourneyRecord, type PersonRecord } from '../../../src/core/journey/record.ts';
import type { RecordKind, Signal } from '../../../src/core/journey/signal.ts';
import type { EpochMs } from '../../../src/core/time.ts';

/** All records there are, in memory, with no store in between: what signals add up to. */
export type World = { records: Map<string, JourneyRecord>; aliases: Map<string, string> };

/** Applies signals one after the other. */
export function worldOf(signals: Signal[]): World {
  const world: World = { records: new Map(), aliases: new Map() };
  const resolve = (kind: RecordKind, id: string): string => world.aliases.get(`${kind}:${id}`) ?? id;
  const atHand = {
    resolve,
    get: (kind: RecordKind, id: string) => world.records.get(`${kind}:${resolve(kind, id)}`),
    all: () => world.records.values(),
  };
  for (const signal of signals) {
    const { records, aliases } = applySignal(atHand, signal);
    for (const record of records) world.records.set(`${record.kind}:${record.id}`, record);
    for (const { kind, from, into } of aliases) {
      world.records.delete(`${kind}:${from}`);
      for (const [key, id] of world.aliases) if (id === from && key.startsWith(`${kind}:`)) world.aliases.set(key, into);
      world.aliases.set(`${kind}:${from}`, into);
      world.aliases.delete(`${kind}:${into}`);
    }
  }
  return world;
}

/** Every journey that can be assembled of it, by id. */
export function journeysOf({ records, aliases }: World, config: JourneyConfig, now?: EpochMs): Journey[] {
  const all = [...records.values()];
  const resolved = (kind: RecordKind, id: string | null | undefined): string | null => (id == null ? null : (aliases.get(`${kind}:${id}`) ?? id));
  const people = all.filter((record): record is PersonRecord => record.kind === 'person');
  const accountOf = (record: DealRecord | PersonRecord) => resolved('account', record.accountId?.value);
  const nowOf = (personId: string): string | null => {
    const id = resolved('person', personId) ?? personId;
    const person = records.get(`person:${id}`);
    return person !== undefined && !isAlive(person) ? null : id;
  };
  const around = (deal: DealRecord): Surroundings => {
    const id = accountOf(deal);
    const account = id === null ? undefined : records.get(`account:${id}`);
    return {
      account: account?.kind === 'account' ? account : null,
      nowOf,
      people: people.filter(
        (person) => (id !== null && accountOf(person) === id) || dealsOn(person, (dealId) => resolved('deal', dealId) ?? dealId).includes(deal.id),
      ),
    };
  };
  const journeys = all.flatMap((record): (Journey | null)[] => {
    if (record.kind === 'deal') return [dealJourney(record, around(record), config)];
    if (record.kind === 'account') {
      const own = people.filter((person) => accountOf(person) === record.id);
      const deals = all.filter((other): other is DealRecord => other.kind === 'deal' && accountOf(other) === record.id);
      return accountJourneys({ account: record, people: own, deals, nowOf }, config, now);
    }
    return [];
  });
  return journeys.filter((journey) => journey !== null).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** For comparing: everything that is known, in one order. */
export const contentsOf = ({ records, aliases }: World) => ({
  records: [...records].sort(([a], [b]) => (a < b ? -1 : 1)),
  aliases: [...aliases].sort(([a], [b]) => (a < b ? -1 : 1)),
});
