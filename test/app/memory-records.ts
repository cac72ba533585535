import type { Neighbourhood } from '../../src/app/ports.ts';
import type { Change } from '../../src/core/change.ts';
import type { JourneyRecord } from '../../src/core/journey/record.ts';
import type { World } from '../core/journey/records-world.ts';

/** Records as a store keeps them, in memory: revisions are checked, and every load brings everything. */
export function createMemoryRecords() {
  const stored = new Map<string, { record: JourneyRecord; revision: number }>();
  const aliases = new Map<string, string>();
  const erased: string[] = [];
  return {
    commit(changes: Change[]): void {
      for (const change of changes) {
        if (change.kind === 'record.put') {
          const key = `${change.record.kind}:${change.record.id}`;
          const revision = stored.get(key)?.revision ?? 0;
          if (revision !== change.revision) throw new Error(`conflict: ${key} is at revision ${revision}, not ${change.revision}`);
          // As it comes back from a database.
          stored.set(key, { record: JSON.parse(JSON.stringify(change.record)) as JourneyRecord, revision: revision + 1 });
        }
        if (change.kind === 'record.alias') {
          stored.delete(`${change.record}:${change.from}`);
          for (const [key, id] of aliases) if (id === change.from && key.startsWith(`${change.record}:`)) aliases.set(key, change.into);
          aliases.set(`${change.record}:${change.from}`, change.into);
          aliases.delete(`${change.record}:${change.into}`);
        }
        if (change.kind === 'record.erase') erased.push(`${change.record}:${change.id}`);
      }
    },
    load(): Neighbourhood {
      const ofKind = <Kind extends JourneyRecord['kind']>(kind: Kind) =>
        new Map(
          [...stored.values()]
            .filter((kept): kept is { record: Extract<JourneyRecord, { kind: Kind }>; revision: number } => kept.record.kind === kind)
            .map((kept) => [kept.record.id, kept] as const),
        );
      return {
        accounts: ofKind('account'),
        deals: ofKind('deal'),
        people: ofKind('person'),
        aliases: new Map(aliases),
        journeys: new Map(),
        alerts: new Map(),
        cards: new Map(),
        mutes: new Map(),
      };
    },
    world: (): World => ({ records: new Map([...stored].map(([key, { record }]) => [key, record])), aliases }),
    erased: (): string[] => erased,
  };
}
