import { roleOf, saysNoRole } from '../core/journey/held-roles.ts';
import type { JourneyConfig, JourneyMap } from '../core/journey/journey-map.ts';
import { isUnknownLifecycle } from '../core/journey/lifecycle-stage.ts';
import { mapOfPipeline, unnamedPipeline } from '../core/journey/map-of-pipeline.ts';
import { ownerEmailOf } from '../core/journey/owner.ts';
import type { AccountFields, Signal, Source } from '../core/journey/signal.ts';
import { stageMeaning } from '../core/journey/stage-lookup.ts';
import type { EpochMs } from '../core/time.ts';

/** What of a CRM a journey map does not know, the most frequent first. */
export type Unmapped = {
  /** Pipelines that no map takes. */
  pipelines: { id: string; deals: number }[];
  /** Stages that the map of their pipeline does not know: deals that are in one now, and moves into it. */
  stages: { pipeline: string; id: string; deals: number; moves: number }[];
  /** Lifecycle stages, of accounts that are in one now. */
  lifecycles: { id: string; accounts: number }[];
  roles: { value: string; people: number }[];
  /** Owners whose e-mail address nobody says, of deals and of accounts. */
  owners: { value: string; deals: number; accounts: number }[];
};

type Place = { pipeline: string; owner: string | null; at: EpochMs };

/** Counts, while history goes by, what the map does not know of it. Keeps one place a deal, and ids of people with a role that is not known. */
export function createUnmapped(config: JourneyConfig, source: Source) {
  const places = new Map<string, Place>();
  /** By deal: the newest stage that anything said, the deal's own state or a move. */
  const newest = new Map<string, { stage: string; at: EpochMs }>();
  /** By the pipeline as far as it is known when the move comes by, and the stage. */
  const moves = new Map<string | null, Map<string, number>>();
  /** By account: the newest lifecycle stage that was said; null: none. */
  const lifecycles = new Map<string, { stage: string | null; at: EpochMs }>();
  const accountOwners = new Map<string, { owner: string | null; at: EpochMs }>();
  const roles = new Map<string, Set<string>>();
  return {
    /** A page's signals, in any order. */
    note(signals: readonly Signal[]): void {
      for (const signal of signals) noteState(signal);
      for (const signal of signals) if (signal.type === 'stage.entered') noteMove(signal.stage, signal.occurredAt);
    },
    deals: () => places.size,
    found(): Unmapped {
      const pipelines = new Map<string, number>();
      const stages = new Map<string, Unmapped['stages'][number]>();
      const owners = new Map<string, Unmapped['owners'][number]>();
      const ofAccounts = new Map<string, number>();
      const at = (pipeline: string, id: string): Unmapped['stages'][number] => {
        const key = JSON.stringify([pipeline, id]);
        const known = stages.get(key) ?? { pipeline, id, deals: 0, moves: 0 };
        stages.set(key, known);
        return known;
      };
      for (const [dealId, { pipeline, owner }] of places) {
        const map = mapOfPipeline(pipeline, config);
        const stage = newest.get(dealId)?.stage ?? null;
        if (map === null) add(pipelines, pipeline);
        else if (stage !== null && isUnknown(map, stage)) at(pipeline, stage).deals += 1;
        if (isNobody(owner)) ownerIn(owners, owner).deals += 1;
      }
      for (const { owner } of accountOwners.values()) if (isNobody(owner)) ownerIn(owners, owner).accounts += 1;
      for (const [pipeline, byStage] of moves) {
        const map = pipeline === null ? null : mapOfPipeline(pipeline, config);
        for (const [stage, number] of byStage) {
          if (pipeline === null ? config.maps.every((each) => isUnknown(each, stage)) : map !== null && isUnknown(map, stage))
            at(pipeline ?? unnamedPipeline, stage).moves += number;
        }
      }
      for (const { stage } of lifecycles.values()) if (stage !== null && isUnknownLifecycle(config, source, stage)) add(ofAccounts, stage);
      return {
        pipelines: [...pipelines].map(([id, deals]) => ({ id, deals })).sort((a, b) => b.deals - a.deals),
        stages: [...stages.values()].sort((a, b) => b.deals - a.deals || b.moves - a.moves),
        lifecycles: [...ofAccounts].map(([id, accounts]) => ({ id, accounts })).sort((a, b) => b.accounts - a.accounts),
        roles: [...roles].map(([value, people]) => ({ value, people: people.size })).sort((a, b) => b.people - a.people),
        owners: [...owners.values()].sort((a, b) => b.deals - a.deals || b.accounts - a.accounts),
      };
    },
  };

  function noteState(signal: Signal): void {
    if (signal.type === 'deal.upserted') {
      const { id, pipeline, stage, ownerEmail } = signal.deal;
      if (stage != null) noteStage(id, stage, signal.occurredAt);
      const known = places.get(id);
      if (known !== undefined && known.at > signal.occurredAt) return;
      const said = {
        pipeline: pipeline ?? known?.pipeline ?? unnamedPipeline,
        owner: ownerEmail ?? known?.owner ?? null,
      };
      places.set(id, { ...said, at: signal.occurredAt });
    }
    if (signal.type === 'account.upserted') noteAccount(signal.account, signal.occurredAt);
    if (signal.type === 'person.upserted') for (const value of signal.person.roles ?? []) noteRole(value, signal.person.id);
    if (signal.type === 'role.assigned') noteRole(signal.role.role, signal.role.personId);
  }

  function noteAccount({ id, lifecycleStage: stage, ownerEmail: owner }: { id: string } & AccountFields, at: EpochMs): void {
    if (stage !== undefined && (lifecycles.get(id)?.at ?? at) <= at) lifecycles.set(id, { stage, at });
    if (owner !== undefined && (accountOwners.get(id)?.at ?? at) <= at) accountOwners.set(id, { owner, at });
  }

  function noteStage(dealId: string, stage: string, at: EpochMs): void {
    const known = newest.get(dealId);
    if (known === undefined || known.at <= at) newest.set(dealId, { stage, at });
  }

  function noteMove({ dealId, stage }: { dealId: string; stage: string }, at: EpochMs): void {
    noteStage(dealId, stage, at);
    const pipeline = places.get(dealId)?.pipeline ?? null;
    const byStage = moves.get(pipeline) ?? new Map<string, number>();
    moves.set(pipeline, byStage);
    add(byStage, stage);
  }

  function noteRole(value: string, personId: string): void {
    if (saysNoRole(value) || roleOf(value, config.roles) !== null) return;
    const people = roles.get(value) ?? new Set();
    roles.set(value, people.add(personId));
  }

  function isNobody(owner: string | null): owner is string {
    return owner !== null && owner.trim() !== '' && ownerEmailOf(owner, config.owners) === null;
  }

  function isUnknown(map: JourneyMap, stage: string): boolean {
    return stageMeaning(map, source, stage).kind === 'unknown';
  }
}

const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

function ownerIn(owners: Map<string, Unmapped['owners'][number]>, value: string): Unmapped['owners'][number] {
  const known = owners.get(value) ?? { value, deals: 0, accounts: 0 };
  owners.set(value, known);
  return known;
}
