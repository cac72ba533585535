import type { Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import { activitySignals, nextStepSignal, nextStepSignals, noteSignals } from './activity-signals.ts';
import { dealSignals, stallLimitSignal } from './deal-signals.ts';
import type { Directory } from './directory.ts';
import { secondIsOverMs } from './enrich.ts';
import { movedByMerge } from './moved-by-merge.ts';
import type { ListPage } from './pages.ts';
import { organizationSignals, personSignals } from './people-signals.ts';
import type { Gone, ListOptions, PipedriveApi } from './pipedrive-api.ts';
import { type Activity, type Deal, modifiedAt } from './pipedrive-objects.ts';
import { knownFor, readDeals, readOrganizationChanges } from './read-state.ts';
import { deletionSignal } from './read-webhook.ts';

export type PhaseDeps = { api: PipedriveApi; directory: Directory; now: () => EpochMs };
/** What one page of a phase amounts to. */
export type PhasePage = { signals: Signal[]; rows: number; refused: ListPage<unknown>['refused']; next: string | null };
export type Phase = { limit: number; read(options: ListOptions): Promise<PhasePage> };

/** Of a deal's page each deal is asked for by itself: small pages, so that a kill costs little. */
const dealsAtOnce = 50;
const objectsAtOnce = 500;

/**
 * What there is to be read, in its order. Accounts and people come before deals, so that a journey has its names when it begins. `stages` and `gone` tell only
 * of what changed: a whole import needs neither.
 */
export function createPhases({ api, directory, now }: PhaseDeps) {
  // It comes with its webhook, or with the next reading, which begins before this one did.
  const settled = <Item extends { add_time: number | null; update_time: number | null }>(items: Item[]): Item[] =>
    items.filter((item) => now() - modifiedAt(item) >= secondIsOverMs);
  const turned = <Item>({ items, refused, next }: ListPage<Item>, signals: Signal[]): PhasePage => ({
    signals,
    rows: items.length + refused.length,
    refused,
    next,
  });

  async function deals(page: ListPage<Deal>, whole: boolean): Promise<PhasePage> {
    const states = await readDeals(api, settled(page.items));
    // An import reads all activities by themselves; here it asks for those of deals for which something is planned. A comparison reads all that a changed deal has:
    // what came with a merge Pipedrive does not call changed.
    const onDeals = await Promise.all(states.map(async ({ deal }) => (whole && deal.undone_activities_count === 0 ? [] : api.activitiesOf(deal.id))));
    const known = await knownFor(directory, page.items, onDeals.flat());
    const nextSteps = states.flatMap(({ deal }, index) => nextStepSignals(deal.id, onDeals[index] ?? [], 0));
    const happened = whole ? [] : onDeals.flat().flatMap((activity) => activitySignals(activity, known));
    return turned(page, [...states.flatMap((state) => dealSignals(state, known)), ...nextSteps, ...happened]);
  }

  /**
   * Those whom activities name and who were deleted, of whatever age: a list of persons leaves them out, and only `gone` tells of whoever was deleted since.
   */
  async function goneAmong(activities: Activity[]): Promise<Signal[]> {
    const named = activities.flatMap(({ person_id, participants }) => [person_id, ...(participants ?? []).map((one) => one.person_id)]);
    const persons = await api.read(
      'persons',
      named.filter((id) => id != null),
    );
    return [...persons].flatMap(([id, found]) => (found.gone ? [deletionSignal('persons', id, found.at ?? now())] : []));
  }

  /** What is planned for deals for which something was. */
  async function calledOff(gone: Gone[]): Promise<Signal[]> {
    const newest = new Map<string, EpochMs>();
    for (const { dealId, at } of gone) if (dealId !== null && at !== null) newest.set(dealId, Math.max(newest.get(dealId) ?? 0, at));
    const said = await Promise.all([...newest].map(async ([dealId, at]) => nextStepSignals(dealId, await api.activitiesOf(dealId), at)));
    return said.flat();
  }

  return {
    /** A stage's own limit was changed: all open deals in it are told, which Pipedrive does not count as changed. */
    stages: {
      limit: objectsAtOnce,
      async read({ updatedSince, cursor, limit }) {
        const changed = (await api.stages())
          .filter((stage) => (stage.update_time ?? 0) >= (updatedSince ?? 0))
          .sort((a, b) => Number(a.id) - Number(b.id));
        const { stage: stageId = changed[0]?.id, after = null } = cursor === null ? {} : (JSON.parse(cursor) as { stage?: string; after?: string });
        const index = changed.findIndex(({ id }) => id === stageId);
        const stage = changed[index];
        if (stage === undefined) return { signals: [], rows: 0, refused: [], next: null };
        const page = await api.list('deals', { updatedSince: null, cursor: after, limit, query: { stage_id: stage.id, status: 'open' } });
        const following = changed[index + 1];
        const next = page.next !== null ? { stage: stage.id, after: page.next } : following === undefined ? null : { stage: following.id };
        return {
          signals: page.items.map((deal) => stallLimitSignal(deal, stage)),
          rows: 0,
          refused: [],
          next: next === null ? null : JSON.stringify(next),
        };
      },
    },
    organizations: {
      limit: objectsAtOnce,
      async read(options) {
        const page = await api.list('organizations', options);
        const known = await knownFor(directory, [], page.items);
        const changes = await readOrganizationChanges(api, page.items, known);
        return turned(
          page,
          settled(page.items).flatMap((organization) => organizationSignals(organization, changes.get(organization.id) ?? [], known)),
        );
      },
    },
    persons: {
      limit: objectsAtOnce,
      async read(options) {
        const page = await api.list('persons', options);
        const known = await knownFor(directory, [], []);
        return turned(
          page,
          settled(page.items).flatMap((person) => personSignals(person, known)),
        );
      },
    },
    deals: { limit: dealsAtOnce, read: async (options) => deals(await api.list('deals', options), options.updatedSince === null) },
    'archived-deals': { limit: dealsAtOnce, read: async (options) => deals(await api.listArchived(options), options.updatedSince === null) },
    /** Pipedrive shows them for 30 days. */
    'deleted-deals': {
      limit: objectsAtOnce,
      async read(options) {
        const page = await api.list('deals', { ...options, query: { status: 'deleted' } });
        return turned(
          page,
          page.items.map((deal) => deletionSignal('deals', deal.id, modifiedAt(deal))),
        );
      },
    },
    activities: {
      limit: objectsAtOnce,
      async read(options) {
        const page = await api.list('activities', options);
        // Also those of deals that are gone: they were with people who are still there.
        const said = settled(page.items);
        const dealIds = options.updatedSince === null ? [] : [...new Set(said.flatMap(({ deal_id }) => deal_id ?? []))];
        const nextSteps = await Promise.all(dealIds.map(async (dealId) => nextStepSignals(dealId, await api.activitiesOf(dealId), 0)));
        const [gone, over] = options.updatedSince === null ? [await goneAmong(said), overSteps(said)] : [[], []];
        const known = await knownFor(directory, [], said);
        return turned(page, [...said.flatMap((activity) => activitySignals(activity, known)), ...nextSteps.flat(), ...over, ...gone]);
      },
    },
    notes: {
      limit: objectsAtOnce,
      async read(options) {
        const page = await api.listNotes(options);
        const known = await knownFor(
          directory,
          [],
          page.items.map(({ user_id }) => ({ owner_id: user_id })),
        );
        return turned(
          page,
          page.items.flatMap((note) => noteSignals(note, known)),
        );
      },
    },
    /** Persons, organizations, and what was planned: what was deleted of them is in no list. */
    gone: {
      limit: objectsAtOnce,
      async read(options) {
        const page = await api.listGone(options);
        const ids = (of: 'persons' | 'organizations') => page.items.filter(({ kind }) => kind === of).map(({ id }) => id);
        const [persons, organizations] = await Promise.all([api.read('persons', ids('persons')), api.read('organizations', ids('organizations'))]);
        const gone = [...persons].filter(([, found]) => found.gone).map(([id, found]) => ({ kind: 'persons' as const, id, at: timeIn(found) }));
        const goneToo = [...organizations]
          .filter(([, found]) => found.gone)
          .map(([id, found]) => ({ kind: 'organizations' as const, id, at: timeIn(found) }));
        const signals = [...gone, ...goneToo].map(({ kind, id, at }) => deletionSignal(kind, id, at ?? options.updatedSince ?? now()));
        const times = goneToo.flatMap(({ at }) => at ?? []);
        const moved = times.length === 0 ? [] : await movedByMerge(api, times);
        return turned(page, [...signals, ...moved, ...(await calledOff(page.items))]);
      },
    },
  } satisfies Record<string, Phase>;
}

/**
 * What was planned is over when it is done: said of each deal once a page. Where something else is planned, the deal's own next step counts, which is as new as
 * the newest of its activities.
 */
function overSteps(activities: readonly Activity[]): Signal[] {
  const newest = new Map<string, EpochMs>();
  for (const activity of activities) {
    const { deal_id, done } = activity;
    if (deal_id != null && done === true) newest.set(deal_id, Math.max(newest.get(deal_id) ?? 0, modifiedAt(activity)));
  }
  return [...newest].map(([dealId, at]) => nextStepSignal(dealId, null, at));
}

const timeIn = (found: { gone: boolean; at?: EpochMs | null }): EpochMs | null => found.at ?? null;
