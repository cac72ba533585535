import type { Clock } from '../../../app/ports.ts';
import type { HubspotApi, Stage } from './hubspot-api.ts';

/** What deals refer to by id: stages and owners. May reject with `HubspotError`. */
export type Directory = {
  /** Reads what is not known yet, or no longer fresh; asks again for ids that are not known, but not more often than once a minute. */
  prepare(wanted: { stages: Iterable<string>; owners: Iterable<string> }): Promise<void>;
  /** By `pipeline/stage`; undefined where HubSpot knows no such stage. */
  stage(key: string): Stage | undefined;
  /** Undefined where HubSpot knows no such owner. */
  ownerEmail(id: string): string | null | undefined;
};

const freshMs = 60 * 60_000;
const missMs = 60_000;

/** Pipelines and owners hardly ever change, and every deal needs them. */
export function createDirectory(api: Pick<HubspotApi, 'readStages' | 'readOwners'>, clock: Clock): Directory {
  const stages = createCache(() => api.readStages(), clock);
  const owners = createCache(() => api.readOwners(), clock);
  return {
    async prepare(wanted) {
      await Promise.all([stages.prepare(wanted.stages), owners.prepare(wanted.owners)]);
    },
    stage: (key) => stages.get(key),
    ownerEmail: (id) => owners.get(id),
  };
}

function createCache<Value>(read: () => Promise<Map<string, Value>>, clock: Clock) {
  let known = new Map<string, Value>();
  let readAt: number | null = null;
  return {
    async prepare(keys: Iterable<string>): Promise<void> {
      const wanted = [...keys];
      if (wanted.length === 0) return;
      const age = readAt === null ? Number.POSITIVE_INFINITY : clock.now() - readAt;
      const missing = wanted.some((key) => !known.has(key));
      if (age < missMs || (age < freshMs && !missing)) return;
      known = await read();
      readAt = clock.now();
    },
    get: (key: string): Value | undefined => known.get(key),
  };
}
