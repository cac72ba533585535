import type { HistoryPage } from '../../../app/crm.ts';
import type { Clock } from '../../../app/ports.ts';
import type { Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { Directory } from './directory.ts';
import { engagementSignals } from './engagement-signals.ts';
import { deletionSignal } from './event-signals.ts';
import { overlapping, type Step } from './history-steps.ts';
import type { HubspotObject } from './hubspot-answers.ts';
import { type HubspotApi, idsAtOnceWithHistory } from './hubspot-api.ts';
import { HubspotError } from './hubspot-error.ts';
import type { HubspotLists } from './hubspot-lists.ts';
import { mergeSignals } from './merge-signals.ts';
import { concernsNextStep, isPlanned, nextStepSignals, readPlans } from './next-step.ts';
import { isEngagement, type ObjectKind, type RecordObject } from './object-kinds.ts';
import { linkObjects, readPeople, readSenders, withMerges } from './read-state.ts';
import { readHistory, readProperties, referredTo, timeOf } from './record-fields.ts';
import { linked, type State } from './state.ts';
import { recordSignals } from './state-signals.ts';

type Deps = { api: HubspotApi & HubspotLists; directory: Directory; clock: Clock };
/** `after`: where to go on within the step; null where it has ended. */
type StepPage = Pick<HistoryPage, 'signals' | 'rows' | 'refused'> & { after: string | null };

const listedAtOnce = 100;

/** Reads one page of one step. May reject with `HubspotError`. */
export function createReadStep({ api, directory, clock }: Deps): (step: Step, after: string | null, since: EpochMs | null) => Promise<StepPage> {
  let portalId: number | null = null;

  async function pageOf(step: Exclude<Step, { read: 'gone' }>, after: string | null): Promise<{ objects: HubspotObject[]; after: string | null }> {
    const { kind } = step;
    if (step.read === 'all') {
      const historyOf = readHistory[kind];
      // HubSpot takes less at once with history.
      const limit = historyOf.length === 0 ? listedAtOnce : idsAtOnceWithHistory;
      return api.listObjects(kind, { after, properties: readProperties[kind], historyOf, archived: false, limit });
    }
    const { ids, total } = await api.findObjects(kind, step.groups, after);
    // The search may lag behind what it finds, and has no histories: the objects themselves are read.
    const objects = ids.length === 0 ? [] : await api.readObjects(kind, ids, readProperties[kind], readHistory[kind]);
    return { objects, after: total > ids.length ? (ids.at(-1) ?? null) : null };
  }

  async function saidBy(kind: ObjectKind, objects: HubspotObject[], withPeople: boolean): Promise<Signal[]> {
    const state: State = {
      objects: new Map([[kind, new Map(objects.map((object) => [object.id, object]))]]),
      ...{ links: new Map(), failed: new Map(), plans: new Map() },
    };
    portalId ??= (await api.readAccount()).portalId;
    const portal = portalId;
    await linkObjects(
      api,
      state,
      kind,
      objects.map(({ id }) => id),
    );
    if (isEngagement(kind)) {
      if (kind === 'emails') await readSenders(api, state);
      const now = clock.now();
      if (kind !== 'tasks') await directory.prepare(referredTo([], objects));
      return [
        ...objects.flatMap((object) => engagementSignals(state, kind, object, directory, now)),
        ...(await nextSteps(state, kind, objects, now)),
      ];
    }
    await directory.prepare(referredTo(kind === 'deals' ? objects : [], kind === 'companies' ? objects : []));
    const said = objects.flatMap((object) => recordSignals(state, kind, object, portal, 0, directory));
    return kind === 'deals' && withPeople ? [...said, ...(await peopleOf(state, objects, portal))] : said;
  }

  /** A deal that is restored has its people back, and HubSpot does not count that as a change of theirs. */
  async function peopleOf(state: State, deals: HubspotObject[], portal: number): Promise<Signal[]> {
    await readPeople(
      api,
      state,
      deals.map(({ id }) => id),
    );
    return [...(state.objects.get('contacts')?.values() ?? [])].flatMap((person) => recordSignals(state, 'contacts', person, portal, 0, directory));
  }

  async function nextSteps(state: State, kind: ObjectKind, objects: HubspotObject[], now: EpochMs): Promise<Signal[]> {
    if (!isPlanned(kind)) return [];
    const concerned = objects.filter((object) => concernsNextStep(kind, object, now)).flatMap(({ id }) => linked(state, kind, 'deals', id));
    const plans = await readPlans(api, [...new Set(concerned)]);
    await directory.prepare({ stages: [], owners: [], days: plans.size > 0 });
    return [...plans.keys()].flatMap((deal) => nextStepSignals(deal, plans, directory));
  }

  async function gonePage(kind: RecordObject, after: string | null, since: EpochMs | null): Promise<StepPage> {
    const listed = await api.listObjects(kind, { after, properties: ['hs_merged_object_ids'], historyOf: [], archived: true, limit: listedAtOnce });
    const from = since === null ? 0 : overlapping(kind, since);
    const gone = listed.objects.filter((object) => goneAt(object) >= from);
    // One that still answers, under whatever id, was merged and not deleted: its survivor says so.
    const ids = gone.map(({ id }) => id);
    const alive = ids.length === 0 ? [] : await api.readObjects(kind, ids, ['hs_merged_object_ids']);
    const stillThere = new Set(alive.flatMap(({ id, properties }) => [id, ...(properties.hs_merged_object_ids ?? '').split(';')]));
    const deleted = gone.filter(({ id }) => !stillThere.has(id));
    // Whoever was merged into one that was deleted is in no list: it says so itself.
    const signals = (await withMerges(api, kind, deleted, true)).flatMap((object) => [
      ...mergeSignals(kind, object, goneAt(object)),
      deletionSignal(kind, object.id, goneAt(object)),
    ]);
    return { signals, rows: deleted.length, refused: [], after: listed.after };
  }

  return async (step, after, since) => {
    if (step.read === 'gone') return gonePage(step.kind, after, since);
    try {
      const page = await pageOf(step, after);
      const timeless = page.objects.filter(({ properties }) => isEngagement(step.kind) && timeOf(properties.hs_timestamp) === null);
      return {
        signals: await saidBy(step.kind, await withMerges(api, step.kind, page.objects), step.read === 'found'),
        rows: page.objects.length,
        refused: timeless.map(({ id }) => ({ where: `${step.kind} ${id}`, why: 'HubSpot has no time for it' })),
        after: page.after,
      };
    } catch (error) {
      if (!isOptional(step.kind, error)) throw error;
      return { signals: [], rows: 0, refused: [{ where: step.kind, why: error.message }], after: null };
    }
  };
}

/** One without a time is not known to be gone. */
const goneAt = ({ archivedAt, updatedAt }: HubspotObject): EpochMs => timeOf(archivedAt ?? updatedAt) ?? Number.NEGATIVE_INFINITY;

/** A team need not give us its e-mails. */
export const isOptional = (kind: ObjectKind, error: unknown): error is HubspotError =>
  kind === 'emails' && error instanceof HubspotError && error.failure.kind === 'refused' && error.failure.what === 'scope';
