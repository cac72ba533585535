import type { Parsed } from '../../../app/crm-source.ts';
import { CrmAwayError, CrmRefusedError, messageOf } from '../../../app/errors.ts';
import type { Clock, InboxRow, Logger } from '../../../app/ports.ts';
import { createSeldom } from '../../../app/seldom.ts';
import type { Signal } from '../../../core/journey/signal.ts';
import { type EpochMs, hourMs, minuteMs } from '../../../core/time.ts';
import { nextStepSignal, plansOf, touchpointSignals } from './activity-signals.ts';
import { type ObjectName, objectNames, type RecordName } from './object-names.ts';
import { dealOf, readState, type State, type Wanted } from './read-state.ts';
import { accountSignals, contactSignals, dealSignals, goneSignal } from './record-signals.ts';
import type { SalesforceApi } from './salesforce-api.ts';

/** One object that an inbox row mentions; `deletedAt` where it says that it is gone. */
export type Want = { object: ObjectName; id: string; deletedAt: EpochMs | null };
export type ReadRow = { row: InboxRow; wants: Want[] };

const refusedRetryMs = 5 * minuteMs;

/**
 * Looks up what outbound messages and change events only hint at: all rows together, one outcome each. What several rows mention is said
 * once, by the first of them.
 */
export function createEnrich(api: SalesforceApi, clock: Clock, logger: Logger): (rows: ReadRow[], now: EpochMs) => Promise<Parsed[]> {
  const seldom = createSeldom(clock, hourMs);
  return async (rows, now) => {
    const wants = rows.flatMap((row) => row.wants);
    if (wants.length === 0) return rows.map(() => ({ kind: 'signals', signals: [] }));
    try {
      const state = await readState(api, wantedBy(wants));
      const say = createSay(state, now);
      return rows.map((row) => ({ kind: 'signals', signals: row.wants.flatMap(say) }));
    } catch (error) {
      const later = outcomeOf(error, now);
      const more = error instanceof CrmRefusedError ? seldom(error.message) : null;
      if (more !== null) logger.error({ reason: messageOf(error), ...more }, 'Salesforce refuses what the bot needs');
      return rows.map((row) => (row.wants.length === 0 ? { kind: 'signals', signals: [] } : later));
    }
  };
}

function outcomeOf(error: unknown, now: EpochMs): Parsed {
  if (error instanceof CrmAwayError) return { kind: 'later', retryAt: error.retryAt, error: error.message };
  // Not the webhook's fault: it waits until somebody has granted what is missing.
  if (error instanceof CrmRefusedError) return { kind: 'later', retryAt: now + refusedRetryMs, error: error.message };
  throw error;
}

function wantedBy(wants: Want[]): Wanted {
  const wanted = Object.fromEntries(objectNames.map((name) => [name, new Set<string>()])) as Wanted;
  for (const { object, id } of wants) wanted[object].add(id);
  return wanted;
}

/** What is to be said of an object that was mentioned, with what hangs on it; nothing, where it has been said. */
function createSay(state: State, now: EpochMs): (want: Want) => Signal[] {
  const saidAlready = new Set<string>();
  const once = (key: string, signals: () => Signal[]): Signal[] => {
    if (saidAlready.has(key)) return [];
    saidAlready.add(key);
    return signals();
  };
  const plans = new Map(plansOf(state.plans).map((plan) => [plan.dealId, plan]));
  const nextStep = (dealId: string): Signal[] => {
    const plan = plans.get(dealId);
    return plan === undefined || state.deals.get(dealId)?.IsDeleted === true ? [] : once(`plan:${dealId}`, () => [nextStepSignal(plan)]);
  };
  const account = (id: string | null): Signal[] => {
    const row = id === null ? undefined : state.accounts.get(id);
    return row === undefined ? [] : once(row.Id, () => [...accountSignals(row, state.typeHistory, state.origin), ...account(row.MasterRecordId)]);
  };
  const contact = (id: string | null): Signal[] => {
    const row = id === null ? undefined : state.contacts.get(id);
    if (row === undefined) return [];
    return once(row.Id, () => [...contactSignals(row, state.roles, state.origin), ...contact(row.MasterRecordId), ...account(row.AccountId)]);
  };
  const deal = (id: string): Signal[] => {
    const row = state.deals.get(id);
    if (row === undefined) return [];
    const people = state.roles.filter(({ OpportunityId, IsDeleted }) => OpportunityId === id && !IsDeleted);
    return once(id, () => [
      ...dealSignals(row, state.history, state.origin),
      ...nextStep(id),
      ...account(row.AccountId),
      ...people.flatMap(({ ContactId }) => contact(ContactId)),
    ]);
  };
  const activity = (id: string): Signal[] => {
    const found = state.activities.get(id);
    if (found === undefined) return [];
    const dealId = dealOf(found.row);
    return once(id, () => [...touchpointSignals(found, state.beside, now), ...(dealId === null ? [] : nextStep(dealId))]);
  };
  /** Gone for good, also from the recycle bin: only who told of it knows when. */
  const orGone = (name: RecordName, { id, deletedAt }: Want, rows: ReadonlyMap<string, unknown>, signals: Signal[]): Signal[] =>
    rows.has(id) || deletedAt === null ? signals : once(`gone:${id}`, () => [goneSignal(name, id, null, deletedAt)]);

  return (want) => {
    switch (want.object) {
      case 'Opportunity':
        return orGone('Opportunity', want, state.deals, deal(want.id));
      case 'Account':
        return orGone('Account', want, state.accounts, account(want.id));
      case 'Contact':
        return orGone('Contact', want, state.contacts, contact(want.id));
      case 'OpportunityContactRole': {
        const role = state.mentionedRoles.get(want.id);
        return role === undefined ? [] : [...contact(role.ContactId), ...deal(role.OpportunityId)];
      }
      case 'Task':
      case 'Event':
        return activity(want.id);
    }
  };
}
