import type { Parsed } from '../../../app/crm-source.ts';
import type { Clock, InboxRow } from '../../../app/ports.ts';
import type { Signal } from '../../../core/journey/signal.ts';
import { type EpochMs, minuteMs } from '../../../core/time.ts';
import { createDirectory, type Directory } from './directory.ts';
import { engagementSignals } from './engagement-signals.ts';
import { deletionSignal } from './event-signals.ts';
import type { HubspotObject } from './hubspot-answers.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { HubspotError } from './hubspot-error.ts';
import { mergeSignals } from './merge-signals.ts';
import { nextStepSignals } from './next-step.ts';
import { isEngagement, type ObjectKind, type RecordObject } from './object-kinds.ts';
import type { Told, Want } from './read-event.ts';
import { readState } from './read-state.ts';
import { referredTo } from './record-fields.ts';
import { linked, type State } from './state.ts';
import { modifiedAt, recordSignals } from './state-signals.ts';

export type ReadRow = { row: InboxRow; told: Told };

/** HubSpot's API may show a new record a moment after its webhooks tell of it. */
const lagMs = minuteMs;
const lagRetryMs = 15_000;

/**
 * Looks up what webhooks only hint at: all rows together, one outcome each. An object that several rows ask for is said once, by the first of
 * them; a row whose objects could not be read waits, and the others do not.
 */
export function createEnrich(api: HubspotApi, clock: Clock): (rows: ReadRow[], now: EpochMs) => Promise<Parsed[]> {
  const directory = createDirectory(api, clock);
  return async (rows, now) => {
    const wants = rows.flatMap(({ told }) => told.wants);
    if (wants.length === 0) return rows.map(({ told }) => ({ kind: 'signals', signals: told.signals }));
    const state = await readState(api, wants);
    const failed = await prepare(directory, state);
    const say = createSay(state, wants, directory, now);
    const ids = new Set<string>();
    // A merge is told by its event and by the record that survived it.
    const unsaid = (signals: Signal[]): Signal[] => signals.filter(({ id }) => !ids.has(id) && ids.add(id));
    return rows.map(({ told }) => {
      const error = told.wants.map((want) => failureOf(state, want, failed)).find((found) => found !== undefined);
      if (error !== undefined) return outcomeOf(error);
      if (told.wants.some((want) => isTooEarly(state, wants, want, now)))
        return { kind: 'later', retryAt: now + lagRetryMs, error: 'HubSpot does not show the new record yet' };
      return { kind: 'signals', signals: unsaid([...told.signals, ...told.wants.flatMap(say)]) };
    });
  };
}

const outcomeOf = ({ message, failure }: HubspotError): Parsed =>
  failure.kind === 'dead' ? { kind: 'dead', error: message } : { kind: 'later', retryAt: failure.retryAt, error: message };

async function prepare(directory: Directory, state: State): Promise<HubspotError | undefined> {
  const records = (kind: ObjectKind): HubspotObject[] => [...(state.objects.get(kind)?.values() ?? [])];
  try {
    await directory.prepare({
      ...referredTo(records('deals'), (['companies', 'calls', 'emails', 'meetings'] as const).flatMap(records)),
      days: state.plans.size > 0,
    });
    return undefined;
  } catch (error) {
    if (error instanceof HubspotError) return error;
    throw error;
  }
}

/** A deal is said with its company and contacts and with what its owner and stage are called: it needs them all. A talk is said with its owner, a task with its day. */
function failureOf(state: State, { kind }: Want, directoryFailed: HubspotError | undefined): HubspotError | undefined {
  const needs: Record<ObjectKind, ObjectKind[]> = {
    deals: ['deals', 'contacts', 'companies'],
    contacts: ['contacts', 'companies'],
    companies: ['companies'],
    calls: ['calls'],
    emails: ['emails', 'contacts'],
    meetings: ['meetings'],
    tasks: ['tasks'],
  };
  const failed = needs[kind].map((needed) => state.failed.get(needed)).find((error) => error !== undefined);
  return failed ?? directoryFailed;
}

/** Missing, but so new that HubSpot may just not show it yet; unless it also says that it was deleted. */
function isTooEarly(state: State, wants: Want[], { kind, id }: Want, now: EpochMs): boolean {
  if (state.objects.get(kind)?.has(id) || survivorOf(state, kind, id) !== null) return false;
  const about = wants.filter((want) => want.kind === kind && want.id === id);
  return about.every((want) => want.cause !== 'deleted') && about.some((want) => now - want.at < lagMs);
}

/** What is to be said of an object that was asked for; nothing, where it has been said. */
function createSay(state: State, wants: Want[], directory: Directory, now: EpochMs): (want: Want) => Signal[] {
  const saidAlready = new Set<string>();
  const planned = new Set<string>();
  const once = (kind: ObjectKind, id: string, signals: () => Signal[]): Signal[] => {
    const key = `${kind}:${id}`;
    if (saidAlready.has(key)) return [];
    saidAlready.add(key);
    return signals();
  };
  const plannedFor = (ids: string[]): Signal[] => {
    const deals = ids.filter((deal) => !planned.has(deal) && state.plans.has(deal));
    for (const deal of deals) planned.add(deal);
    return deals.flatMap((deal) => nextStepSignals(deal, state.plans, directory));
  };
  const record = (kind: RecordObject, id: string, portalId: number): Signal[] => {
    const object = state.objects.get(kind)?.get(id);
    return object === undefined
      ? []
      : once(kind, id, () => recordSignals(state, kind, object, portalId, notBefore(state, wants, kind, id), directory));
  };
  const beside = (kind: RecordObject, id: string, portalId: number): Signal[] => {
    const contacts = kind === 'deals' ? linked(state, 'deals', 'contacts', id) : kind === 'contacts' ? [id] : [];
    const ofContacts = contacts.flatMap((contact) => state.objects.get('contacts')?.get(contact)?.properties.associatedcompanyid || []);
    const companies = [...(kind === 'deals' ? linked(state, 'deals', 'companies', id).slice(0, 1) : []), ...ofContacts];
    return [
      ...contacts.flatMap((contact) => record('contacts', contact, portalId)),
      ...companies.flatMap((company) => record('companies', company, portalId)),
    ];
  };
  return ({ kind, id, portalId }) => {
    const object = state.objects.get(kind)?.get(id);
    if (isEngagement(kind)) {
      const nextSteps = plannedFor(linked(state, kind, 'deals', id));
      return object === undefined ? [] : [...once(kind, id, () => engagementSignals(state, kind, object, directory, now)), ...nextSteps];
    }
    if (object !== undefined) return [...record(kind, id, portalId), ...beside(kind, id, portalId), ...(kind === 'deals' ? plannedFor([id]) : [])];
    return once(kind, id, () => goneSignals(state, wants, kind, id));
  };
}

/**
 * The newest event about an object that HubSpot does not count as a modification of it. A deal that is restored is its people's again, who were
 * without it as long as it was deleted.
 */
function notBefore(state: State, wants: Want[], kind: ObjectKind, id: string): EpochMs {
  const isAbout = (want: Want): boolean =>
    want.kind === kind
      ? want.id === id && (want.cause === 'linked' || want.cause === 'revived')
      : kind === 'contacts' && want.kind === 'deals' && want.cause === 'revived' && linked(state, 'deals', 'contacts', want.id).includes(id);
  return Math.max(0, ...wants.filter(isAbout).map((want) => want.at));
}

/** Not there any more: merged into one that answered in its place, or deleted. As of the newest event that spoke of it. */
function goneSignals(state: State, wants: Want[], kind: RecordObject, id: string): Signal[] {
  const at = Math.max(...wants.filter((want) => want.kind === kind && want.id === id).map((want) => want.at));
  const survivor = survivorOf(state, kind, id);
  return survivor === null ? [deletionSignal(kind, id, at)] : mergeSignals(kind, survivor, modifiedAt(survivor));
}

function survivorOf(state: State, kind: ObjectKind, id: string): HubspotObject | null {
  for (const object of state.objects.get(kind)?.values() ?? []) {
    if (object.id !== id && (object.properties.hs_merged_object_ids ?? '').split(';').includes(id)) return object;
  }
  return null;
}
