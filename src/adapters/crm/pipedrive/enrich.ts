import type { Parsed } from '../../../app/crm-source.ts';
import { CrmAwayError, CrmRefusedError } from '../../../app/errors.ts';
import type { Clock, InboxRow } from '../../../app/ports.ts';
import type { Signal } from '../../../core/journey/signal.ts';
import { type EpochMs, minuteMs } from '../../../core/time.ts';
import { activitySignals, nextStepSignals, noteSignals } from './activity-signals.ts';
import { dealSignals } from './deal-signals.ts';
import type { Directory } from './directory.ts';
import { organizationSignals, personSignals } from './people-signals.ts';
import type { PipedriveApi } from './pipedrive-api.ts';
import { type Kind, modifiedAt } from './pipedrive-objects.ts';
import { readState, type State } from './read-state.ts';
import { deletionSignal, type Told, type Want } from './read-webhook.ts';

export type ReadRow = { row: InboxRow; told: Told };

/** Pipedrive's API may lag a moment behind its webhooks. */
const lagMs = minuteMs;
const lagRetryMs = 15_000;
/** Times are kept in seconds: what was changed in this very second may be changed in it once more, and nobody could tell the two apart. */
export const secondIsOverMs = 2_000;
const refusedRetryMs = 5 * minuteMs;

/** Looks up what webhooks only hint at: all rows together, one outcome each. An object that several rows ask for is said once, by the first of them. */
export function createEnrich(api: PipedriveApi, directory: Directory, clock: Clock): (rows: ReadRow[], now: EpochMs) => Promise<Parsed[]> {
  async function enrich(rows: ReadRow[], now: EpochMs): Promise<Parsed[]> {
    const told = rows.map((row) => row.told);
    if (told.some(({ settings }) => settings)) directory.forget();
    if (told.every(({ wants, notes, nextSteps }) => wants.length === 0 && notes.length === 0 && nextSteps.length === 0))
      return told.map(({ signals }): Parsed => ({ kind: 'signals', signals }));
    let state: State;
    try {
      state = await readState(api, directory, told);
    } catch (error) {
      if (error instanceof CrmAwayError) return rows.map((): Parsed => ({ kind: 'later', retryAt: error.retryAt, error: error.message }));
      if (!(error instanceof CrmRefusedError)) throw error;
      const [row] = rows;
      if (rows.length <= 1 || row === undefined)
        return rows.map((): Parsed => ({ kind: 'later', retryAt: clock.now() + refusedRetryMs, error: error.message }));
      // Which of them it was about is not told: the others must not wait with it.
      const half = Math.ceil(rows.length / 2);
      return [...(await enrich(rows.slice(0, half), now)), ...(await enrich(rows.slice(half), now))];
    }
    const say = createSay(state, told);
    return rows.map(({ row, told: { signals, wants, notes, nextSteps } }): Parsed => {
      const retryAt = tooEarly(state, wants, row, now);
      if (retryAt !== null) return { kind: 'later', retryAt, error: 'Pipedrive does not show the change yet, or may change it again' };
      const written = notes.flatMap((note) => noteSignals(note, state.known));
      const looked = [...wants.flatMap(say.object), ...nextSteps.flatMap(({ dealId }) => say.nextStep(dealId))];
      return { kind: 'signals', signals: [...signals, ...written, ...looked] };
    });
  }
  return enrich;
}

/** When to look again; null: now is good. */
function tooEarly(state: State, wants: Want[], { attempts }: InboxRow, now: EpochMs): EpochMs | null {
  for (const { kind, id, cause, at } of wants) {
    const found = state.found[kind].get(id);
    const recent = now - at < lagMs;
    if (found === undefined || found.gone) {
      if (cause !== 'deleted' && recent && attempts < 4) return now + lagRetryMs;
      continue;
    }
    const modified = modifiedAt(found.object);
    if (cause === 'deleted' && modified < at && recent && attempts < 4) return now + lagRetryMs;
    // Not for ever, where clocks differ.
    if (now - modified < secondIsOverMs && attempts < 3) return Math.min(now + lagRetryMs, Math.max(now + 250, modified + secondIsOverMs));
  }
  return null;
}

/** What is to be said of an object that was asked for; nothing, where it has been said. */
function createSay(state: State, told: Told[]) {
  const wants = told.flatMap((one) => one.wants);
  const { found, known } = state;
  const saidAlready = new Set<string>();
  const once = (key: string, signals: () => Signal[]): Signal[] => {
    if (saidAlready.has(key)) return [];
    saidAlready.add(key);
    return signals();
  };
  const organization = (id: string | null | undefined): Signal[] => {
    const one = id == null ? undefined : found.organizations.get(id);
    if (one === undefined || one.gone) return [];
    return once(`organizations:${id}`, () => organizationSignals(one.object, state.organizationChanges.get(one.object.id) ?? [], known));
  };
  const person = (id: string | null | undefined): Signal[] => {
    const one = id == null ? undefined : found.persons.get(id);
    return one === undefined || one.gone
      ? []
      : [...once(`persons:${id}`, () => personSignals(one.object, known)), ...organization(one.object.org_id)];
  };
  const deal = (id: string): Signal[] => {
    const one = state.deals.get(id);
    if (one === undefined) return [];
    return [
      ...once(`deals:${id}`, () => dealSignals(one, known)),
      ...organization(one.deal.org_id),
      ...person(one.deal.person_id),
      ...one.participants.flatMap(({ personId }) => person(personId)),
    ];
  };
  const nextStep = (dealId: string): Signal[] => {
    const activities = state.activities.get(dealId);
    if (activities === undefined) return [];
    return once(`next-step:${dealId}`, () => [
      ...nextStepSignals(dealId, activities.all, activities.notBefore),
      ...activities.all.flatMap((one) => once(`activities:${one.id}`, () => activitySignals(one, known))),
    ]);
  };
  return {
    nextStep,
    object({ kind, id }: Want): Signal[] {
      const one = found[kind].get(id);
      if (one === undefined) return [];
      if (one.gone)
        return kind === 'activities' ? [] : once(`gone:${kind}:${id}`, () => [deletionSignal(kind, id, one.at ?? newest(wants, kind, id))]);
      switch (kind) {
        case 'deals':
          return [...deal(id), ...nextStep(id)];
        case 'persons':
          return person(id);
        case 'organizations':
          return organization(id);
        case 'activities': {
          const activity = found.activities.get(id);
          if (activity === undefined || activity.gone) return [];
          const { deal_id } = activity.object;
          return [...once(`activities:${id}`, () => activitySignals(activity.object, known)), ...(deal_id == null ? [] : nextStep(deal_id))];
        }
      }
    },
  };
}

const newest = (wants: Want[], kind: Kind, id: string): EpochMs =>
  Math.max(...wants.filter((want) => want.kind === kind && want.id === id).map(({ at }) => at));
