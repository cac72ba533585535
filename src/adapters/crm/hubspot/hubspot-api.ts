import type { Clock, Logger } from '../../../app/ports.ts';
import { createCaller } from './call-hubspot.ts';
import { type Associated, associationsAnswer, failureIn, objectsAnswer, ownersAnswer, pipelinesAnswer, primaryFirst } from './hubspot-answers.ts';
import { HubspotError } from './hubspot-error.ts';
import type { ObjectKind } from './object-kinds.ts';

export type HubspotObject = {
  id: string;
  updatedAt?: string | undefined;
  properties: Record<string, string | null>;
  /** Newest first. */
  history: Record<string, { value: string; timestamp: string }[]>;
};

/** HubSpot's API as far as it is used. Every method may reject with `HubspotError`. */
export type HubspotApi = {
  /** Ids that are not in the answer are not there (any more). */
  readObjects(kind: ObjectKind, ids: string[], properties: readonly string[], historyOf?: string): Promise<HubspotObject[]>;
  /** By the id they come from; the primary one (a company's) first. */
  readAssociations(from: ObjectKind, to: ObjectKind, ids: string[]): Promise<Map<string, string[]>>;
  /** By `pipeline/stage`. */
  readStages(): Promise<Map<string, Stage>>;
  /** E-mail addresses by owner id; `null` for an owner without one. */
  readOwners(): Promise<Map<string, string | null>>;
};

export type Stage = { label: string; closed: boolean; probability: number | null };

export type HubspotApiDeps = {
  accessToken: string;
  clock: Clock;
  logger: Logger;
  baseUrl?: string;
  /** HubSpot lets a free account's app ask 100 times in 10 s; other apps of the account have their own allowance. */
  requestsPerTenSeconds?: number;
  timeoutMs?: number;
  /** Aborted when the bot stops: requests under way and waiting are given up, and what needed them is looked at after the next start. */
  stopping?: AbortSignal;
};

/** With property history HubSpot takes 50 ids at a time, else 100; associations 100 since 2025. */
const idsAtOnce = 100;
const idsAtOnceWithHistory = 50;

/** Our own small client: HubSpot's SDK is 60 MB of generated code for the four requests there are here. */
export function createHubspotApi(deps: HubspotApiDeps): HubspotApi {
  const call = createCaller({ baseUrl: 'https://api.hubapi.com', requestsPerTenSeconds: 100, timeoutMs: 10_000, ...deps });
  const refuseHalf = (answers: Parameters<typeof failureIn>[0][]): void => {
    const failure = answers.map(failureIn).find((found) => found !== null);
    if (failure != null) throw new HubspotError(`HubSpot answered in part: ${failure}`, { kind: 'later', retryAt: deps.clock.now() + 60_000 });
  };

  return {
    async readObjects(kind, ids, properties, historyOf) {
      const slices = slicesOf(ids, historyOf === undefined ? idsAtOnce : idsAtOnceWithHistory);
      const answers = await Promise.all(
        slices.map((slice) =>
          call(objectsAnswer, `/crm/v3/objects/${kind}/batch/read`, {
            inputs: slice.map((id) => ({ id })),
            properties,
            ...(historyOf === undefined ? {} : { propertiesWithHistory: [historyOf] }),
          }),
        ),
      );
      refuseHalf(answers);
      return answers
        .flatMap((answer) => answer.results)
        .map(({ propertiesWithHistory, ...object }) => ({ ...object, history: propertiesWithHistory ?? {} }));
    },

    async readAssociations(from, to, ids) {
      const found = new Map<string, Associated[]>();
      let inputs: { id: string; after?: string }[] = ids.map((id) => ({ id }));
      while (inputs.length > 0) {
        const answers = await Promise.all(
          slicesOf(inputs, idsAtOnce).map((slice) => call(associationsAnswer, `/crm/v4/associations/${from}/${to}/batch/read`, { inputs: slice })),
        );
        refuseHalf(answers);
        const results = answers.flatMap((answer) => answer.results);
        for (const result of results) found.set(result.from.id, [...(found.get(result.from.id) ?? []), ...result.to]);
        inputs = results.flatMap(({ from: { id }, paging }) => (paging?.next === undefined ? [] : [{ id, after: paging.next.after }]));
      }
      return new Map([...found].map(([id, associated]) => [id, primaryFirst(associated)]));
    },

    async readStages() {
      const { results } = await call(pipelinesAnswer, '/crm/v3/pipelines/deals');
      return new Map(
        results.flatMap((pipeline) =>
          pipeline.stages.map(({ id, label, metadata }): [string, Stage] => {
            const probability = Number.parseFloat(metadata?.probability ?? '');
            const known = Number.isFinite(probability);
            return [`${pipeline.id}/${id}`, { label, closed: metadata?.isClosed === 'true', probability: known ? probability : null }];
          }),
        ),
      );
    },

    async readOwners() {
      const owners = new Map<string, string | null>();
      // Archived ones, too: a deal keeps the owner who left, and an owner we do not know would be asked for again and again.
      for (const archived of ['true', 'false']) {
        let after: string | undefined;
        do {
          const query = new URLSearchParams({ limit: '500', archived, ...(after === undefined ? {} : { after }) });
          const { results, paging } = await call(ownersAnswer, `/crm/v3/owners?${query}`);
          for (const owner of results) owners.set(owner.id, owner.email || null);
          after = paging?.next?.after;
        } while (after !== undefined);
      }
      return owners;
    },
  };
}

const slicesOf = <Item>(items: Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
