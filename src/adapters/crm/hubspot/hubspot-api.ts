import type { Clock } from '../../../app/ports.ts';
import { minuteMs } from '../../../core/time.ts';
import { slicesOf } from '../slices-of.ts';
import { type CallerDeps, type CallHubspot, createCaller } from './call-hubspot.ts';
import {
  type Associated,
  accountAnswer,
  associationsAnswer,
  failureIn,
  type HubspotObject,
  type Link,
  objectOf,
  objectsAnswer,
  ownersAnswer,
  pipelinesAnswer,
  primaryFirst,
} from './hubspot-answers.ts';
import { HubspotError } from './hubspot-error.ts';
import { createHubspotLists, type HubspotLists } from './hubspot-lists.ts';
import type { ObjectKind } from './object-kinds.ts';

/** HubSpot's API as far as it is used. Every method may reject with `HubspotError`. */
export type HubspotApi = {
  /** Ids that are not in the answer are not there (any more). `archived`: of those that were deleted. */
  readObjects(
    kind: ObjectKind,
    ids: string[],
    properties: readonly string[],
    historyOf?: readonly string[],
    archived?: boolean,
  ): Promise<HubspotObject[]>;
  /** By the id they come from; the primary one (a company's) first. */
  readAssociations(from: ObjectKind, to: ObjectKind, ids: string[]): Promise<Map<string, Link[]>>;
  readPipelines(): Promise<Pipeline[]>;
  /** By owner id, those who left, too. */
  readOwners(): Promise<Map<string, Owner>>;
  readAccount(): Promise<{ portalId: number; timeZone?: string | undefined }>;
};

/** `stages` in their order. */
export type Pipeline = { id: string; label: string; stages: Stage[] };
export type Stage = { id: string; label: string; closed: boolean; probability: number | null };
export type Owner = { name: string | null; email: string | null };

/** With property history HubSpot takes 50 ids at a time, else 100; of associations 1,000, fewer keep an answer small. */
const idsAtOnce = 100;
export const idsAtOnceWithHistory = 50;

/**
 * Our own small client: HubSpot's SDK is 60 MB of generated code for the few requests there are here. Webhooks ask `soon`; imports ask `patiently`,
 * within the same allowance.
 */
export function connectHubspot(deps: CallerDeps): { soon: HubspotApi; patiently: HubspotApi & HubspotLists } {
  const call = createCaller(deps);
  const { clock } = deps;
  return {
    soon: createHubspotApi(call.soon, clock),
    patiently: { ...createHubspotApi(call.patiently, clock), ...createHubspotLists(call.patiently) },
  };
}

function createHubspotApi(call: CallHubspot, clock: Clock): HubspotApi {
  const refuseHalf = (answers: Parameters<typeof failureIn>[0][]): void => {
    const failure = answers.map(failureIn).find((found) => found !== null);
    if (failure != null) throw new HubspotError(`HubSpot answered in part: ${failure}`, { kind: 'later', retryAt: clock.now() + minuteMs });
  };

  return {
    async readObjects(kind, ids, properties, historyOf = [], archived = false) {
      const slices = slicesOf(ids, historyOf.length === 0 ? idsAtOnce : idsAtOnceWithHistory);
      const answers = await Promise.all(
        slices.map((slice) =>
          call(objectsAnswer, `/crm/v3/objects/${kind}/batch/read${archived ? '?archived=true' : ''}`, {
            inputs: slice.map((id) => ({ id })),
            properties,
            ...(historyOf.length === 0 ? {} : { propertiesWithHistory: historyOf }),
          }),
        ),
      );
      refuseHalf(answers);
      return answers.flatMap((answer) => answer.results.map(objectOf));
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

    async readPipelines() {
      const { results } = await call(pipelinesAnswer, '/crm/v3/pipelines/deals');
      return results.map(({ id, label, stages }) => ({
        id,
        label,
        stages: [...stages]
          .sort((a, b) => (a.displayOrder ?? 0) - (b.displayOrder ?? 0))
          .map((stage) => {
            const probability = Number.parseFloat(stage.metadata?.probability ?? '');
            const known = Number.isFinite(probability);
            return { id: stage.id, label: stage.label, closed: stage.metadata?.isClosed === 'true', probability: known ? probability : null };
          }),
      }));
    },

    async readOwners() {
      const owners = new Map<string, Owner>();
      // Archived ones, too: a deal keeps the owner who left, and an owner we do not know would be asked for again and again.
      for (const archived of ['true', 'false']) {
        let after: string | undefined;
        do {
          const query = new URLSearchParams({ limit: '500', archived, ...(after === undefined ? {} : { after }) });
          const { results, paging } = await call(ownersAnswer, `/crm/v3/owners?${query}`);
          for (const { id, email, firstName, lastName } of results)
            owners.set(id, { name: [firstName, lastName].filter(Boolean).join(' ') || null, email: email || null });
          after = paging?.next?.after;
        } while (after !== undefined);
      }
      return owners;
    },

    readAccount: () => call(accountAnswer, '/account-info/v3/details'),
  };
}
