import type { CrmHistory, HistoryPage } from '../../../app/crm.ts';
import { CrmAwayError } from '../../../app/errors.ts';
import type { Clock } from '../../../app/ports.ts';
import type { Signal } from '../../../core/journey/signal.ts';
import { type EpochMs, minuteMs } from '../../../core/time.ts';
import { type Activity, nextStepSignal, plansOf, touchpointSignals } from './activity-signals.ts';
import { createCatalogue } from './catalogue.ts';
import { type HistoryCursor, type Phase, phases, readCursor, writeCursor } from './history-cursor.ts';
import { createProbe } from './probe.ts';
import { readBeside } from './read-beside.ts';
import { asEvent, asTask, dealOf, readHistory, readPlans } from './read-state.ts';
import { accountSignals, contactSignals, dealSignals } from './record-signals.ts';
import type { Row, RowName } from './rows.ts';
import { type Found, instant, type SalesforceApi } from './salesforce-api.ts';
import { readTypeHistory } from './type-history.ts';

export type SalesforceHistoryDeps = {
  api: SalesforceApi;
  clock: Clock;
  /** `SALESFORCE_ORGANIZATION_ID`, to compare with the token's. */
  organizationId: string | null;
  /** Rows a page; as many as what hangs on them is asked for at once. */
  pageSize?: number;
};

/**
 * A transaction's `SystemModstamp` is of its middle, and nobody sees it before its end, which may be ten minutes later (the most that Salesforce lets
 * one run): so far back we look again.
 */
const overlapMs = 15 * minuteMs;

/**
 * Salesforce's own memory. Every object is read in the order of (SystemModstamp, Id), deleted rows among them: what changes while it is read comes
 * again at the end, and a page begins after the last row of the one before, whenever that was.
 */
export function createSalesforceHistory({ api, clock, organizationId, pageSize = 400 }: SalesforceHistoryDeps): CrmHistory {
  const catalogue = createCatalogue(api);
  return {
    source: 'salesforce',
    catalogue,
    probe: createProbe(api, organizationId),
    async *pages({ since, cursor }, stopping) {
      // Since when, by Salesforce's own clock.
      const from = since === null ? null : since - overlapMs - (await api.aheadMs());
      const plan = phases.filter((phase) => since !== null || !(phase === 'OpportunityContactRole' || phase === 'Started'));
      let at = readCursor(cursor) ?? { phase: 'Account', after: null, total: await count(plan, from, clock.now()) };
      for (;;) {
        if (stopping.aborted) throw new CrmAwayError('the bot stopped', clock.now());
        const { found, signals } = await readPage(at, from, clock.now());
        const next = placeAfter(at, found.last, plan, found.full);
        yield { signals, rows: found.rows, total: at.total, refused: found.refused, cursor: next === null ? null : writeCursor(next) };
        if (next === null) return;
        at = next;
      }
    },
  };

  async function count(plan: readonly Phase[], from: EpochMs | null, now: EpochMs): Promise<number> {
    const counts = await Promise.all(plan.map((phase) => api.count(objectOf(phase), filterOf(phase, from, now))));
    return counts.reduce((sum, one) => sum + one, 0);
  }

  async function readPage({ phase, after }: HistoryCursor, from: EpochMs | null, now: EpochMs): Promise<ReadPage> {
    const read = <Name extends RowName>(name: Name) => api.readAfter(name, filterOf(phase, from, now), after, pageSize);
    const origin = await api.origin();
    switch (phase) {
      case 'Account': {
        const found = await read('Account');
        const kept = found.rows.filter(({ IsDeleted, MasterRecordId }) => !IsDeleted || MasterRecordId !== null);
        const history = await readTypeHistory(
          api,
          kept.map(({ Id }) => Id),
        );
        return page(
          found,
          found.rows.flatMap((row) => accountSignals(row, history, origin)),
        );
      }
      case 'Contact': {
        const found = await read('Contact');
        return page(found, await contactsSaid(found.rows, origin));
      }
      case 'OpportunityContactRole': {
        const found = await read('OpportunityContactRole');
        const ids = found.rows.flatMap(({ ContactId }) => ContactId ?? []);
        return page(found, await contactsSaid(await api.readBy('Contact', 'Id', ids), origin));
      }
      case 'Opportunity': {
        const found = await read('Opportunity');
        const ids = found.rows.flatMap(({ Id, IsDeleted }) => (IsDeleted ? [] : Id));
        const [history, nextSteps] = await Promise.all([readHistory(api, ids), nextStepsOf(ids)]);
        const byDeal = Map.groupBy(history, ({ OpportunityId }) => OpportunityId);
        return page(found, [...found.rows.flatMap((row) => dealSignals(row, byDeal.get(row.Id) ?? [], origin)), ...nextSteps]);
      }
      case 'Task': {
        const found = await read('Task');
        const [touchpoints, nextSteps] = await Promise.all([touchpointsOf(found.rows.map(asTask), now), nextStepsSince(found.rows, from)]);
        return page(found, [...touchpoints, ...nextSteps]);
      }
      case 'Event': {
        const found = await read('Event');
        const [touchpoints, nextSteps] = await Promise.all([touchpointsOf(found.rows.map(asEvent), now), nextStepsSince(found.rows, from)]);
        return page(found, [...touchpoints, ...nextSteps]);
      }
      case 'Started': {
        const found = await read('Event');
        return page(found, await touchpointsOf(found.rows.map(asEvent), now));
      }
    }
  }

  async function touchpointsOf(activities: Activity[], now: EpochMs): Promise<Signal[]> {
    const beside = await readBeside(api, activities);
    return activities.flatMap((activity) => touchpointSignals(activity, beside, now));
  }

  async function contactsSaid(contacts: Row<'Contact'>[], origin: string): Promise<Signal[]> {
    const roles = await api.readBy(
      'OpportunityContactRole',
      'ContactId',
      contacts.flatMap(({ Id, IsDeleted, MasterRecordId }) => (!IsDeleted ? Id : MasterRecordId === null ? [] : [Id, MasterRecordId])),
    );
    const byContact = Map.groupBy(roles, ({ ContactId }) => ContactId ?? '');
    const rowsOf = (id: string | null) => byContact.get(id ?? '') ?? [];
    return contacts.flatMap((contact) => contactSignals(contact, [...rowsOf(contact.Id), ...rowsOf(contact.MasterRecordId)], origin));
  }

  /** Of deals that are there: what was planned for a deleted one is nobody's next step. */
  async function nextStepsOf(dealIds: string[]): Promise<Signal[]> {
    return plansOf(await readPlans(api, dealIds)).map(nextStepSignal);
  }

  /** When all is read, deals bring their next steps themselves. */
  async function nextStepsSince(activities: readonly { WhatId: string | null }[], from: EpochMs | null): Promise<Signal[]> {
    if (from === null) return [];
    const deals = await api.readBy(
      'Opportunity',
      'Id',
      activities.flatMap((row) => dealOf(row) ?? []),
    );
    return nextStepsOf(deals.flatMap(({ Id, IsDeleted }) => (IsDeleted ? [] : Id)));
  }

  function page<Name extends RowName>({ rows, refused, last, length }: Found<Name>, signals: Signal[]): ReadPage {
    return { found: { rows: rows.length + refused.length, refused, last, full: length >= pageSize }, signals };
  }
}

type ReadPage = {
  found: { rows: number; refused: HistoryPage['refused']; last: HistoryCursor['after']; full: boolean };
  signals: Signal[];
};

function placeAfter({ phase, total }: HistoryCursor, last: HistoryCursor['after'], plan: readonly Phase[], full: boolean): HistoryCursor | null {
  if (full && last !== null) return { phase, after: last, total };
  const next = plan[plan.indexOf(phase) + 1];
  return next === undefined ? null : { phase: next, after: null, total };
}

const objectOf = (phase: Phase): RowName => (phase === 'Started' ? 'Event' : phase);

function filterOf(phase: Phase, from: EpochMs | null, now: EpochMs): string[] {
  if (from === null) return [];
  return phase === 'Started'
    ? [`StartDateTime >= ${instant(from)}`, `StartDateTime <= ${instant(now)}`, `SystemModstamp < ${instant(from)}`]
    : [`SystemModstamp >= ${instant(from)}`];
}
