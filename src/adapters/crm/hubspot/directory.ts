import type { Clock } from '../../../app/ports.ts';
import { createLocalTime, type LocalTime } from '../../../core/calendar/local-time.ts';
import { type IsoDay, minuteMs } from '../../../core/time.ts';
import { createKnownIds } from '../known-ids.ts';
import type { HubspotApi, Owner, Stage } from './hubspot-api.ts';
import { HubspotError } from './hubspot-error.ts';
import { dayOf } from './record-fields.ts';

/** What deals refer to by id: stages and owners. May reject with `HubspotError`. */
export type Directory = {
  /** Reads what is not known yet, or no longer fresh; asks again for ids that are not known, but not more often than once a minute. */
  prepare(wanted: { stages: Iterable<string>; owners: Iterable<string>; days?: boolean }): Promise<void>;
  /** By `pipeline/stage`; undefined where HubSpot knows no such stage. */
  stage(key: string): Stage | undefined;
  /** What day it is for the account at an instant as HubSpot writes it; null where it is none. */
  dayOf(time: string | null | undefined): IsoDay | null;
  /** The e-mail address; the id itself where HubSpot does not tell the address: journey.yml may know whose it is. */
  owner(id: string): string;
};

/** Without the scope for owners there is nothing to wait for. */
const refusedMs = 10 * minuteMs;

export function createDirectory(api: Pick<HubspotApi, 'readPipelines' | 'readOwners' | 'readAccount'>, clock: Clock): Directory {
  const stages = createKnownIds<Stage>(async () => {
    const pipelines = await api.readPipelines();
    return new Map(pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => [`${pipeline.id}/${stage.id}`, stage])));
  }, clock);
  let refusedUntil = 0;
  const owners = createKnownIds<Owner>(async () => {
    if (clock.now() < refusedUntil) return new Map();
    try {
      return await api.readOwners();
    } catch (error) {
      if (!isScope(error)) throw error;
      refusedUntil = clock.now() + refusedMs;
      return new Map();
    }
  }, clock);
  const zones = createKnownIds<LocalTime>(async () => new Map([['', await zoneOf(api)]]), clock);
  return {
    async prepare({ stages: named, owners: ids, days = false }) {
      const ofDeals = [...named];
      await Promise.all([stages.prepare(ofDeals), owners.prepare(ids), zones.prepare(ofDeals.length > 0 || days ? [''] : [])]);
    },
    dayOf: (time) => dayOf(time, zones.get('')),
    stage: (key) => stages.get(key),
    owner: (id) => owners.get(id)?.email ?? id,
  };
}

/** The account's; UTC where HubSpot does not tell it, or tells one that is not known here. */
async function zoneOf(api: Pick<HubspotApi, 'readAccount'>): Promise<LocalTime> {
  try {
    return createLocalTime((await api.readAccount()).timeZone ?? 'UTC');
  } catch (error) {
    if (error instanceof HubspotError && error.failure.kind !== 'dead' && !isScope(error)) throw error;
    return createLocalTime('UTC');
  }
}

const isScope = (error: unknown): boolean => error instanceof HubspotError && error.failure.kind === 'refused' && error.failure.what === 'scope';
