import type { Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import { to18 } from '../salesforce-id.ts';
import { isOwnMeeting, nextStepSignal, nothingBeside, touchpointSignals } from './activity-signals.ts';
import { objectNameOfId, recordId, recordUrl } from './object-names.ts';
import { asEvent, asTask } from './read-state.ts';
import { domainOf, enteredSignal } from './record-signals.ts';
import { dayOf, rowOf, timeOf } from './rows.ts';
import { present, said } from './said.ts';

type Fields = Record<string, string | null>;
export type Message = { origin: string; object: string; fields: Fields };

/**
 * What an outbound message says by itself, for a team that gives the bot no access to Salesforce's API: the fields that were selected for it. What
 * it does not hold stays unknown: owners' addresses, the history before the first message, deletions. Why not, where it says nothing at all.
 */
export function messageSignals({ origin, object, fields }: Message, now: EpochMs): Signal[] | string {
  const id = to18(fields.Id ?? '');
  const at = timeOf(fields.SystemModstamp) ?? timeOf(fields.LastModifiedDate);
  if (at === null) return `the outbound message of ${object} needs the field SystemModstamp or LastModifiedDate`;
  const link = (name: string): string | null | undefined => {
    const value = fields[name];
    return value === undefined || value === null ? value : recordId(value);
  };
  switch (object) {
    case 'Opportunity':
      return dealSaid(id, at, fields, origin, link('AccountId'));
    case 'Account': {
      const { Name: name, Website: website, Type: lifecycleStage } = fields;
      const domain = website === undefined ? undefined : domainOf(website);
      const account = present({ id: recordId(id), url: recordUrl(origin, id), name, domain, lifecycleStage });
      return [said({ type: 'account.upserted', occurredAt: at, account }, id)];
    }
    case 'Contact': {
      const { Title: title, Email: email } = fields;
      const parts = [fields.FirstName, fields.LastName].filter(Boolean).join(' ');
      const name = fields.Name ?? (parts || email);
      const person = present({ id: recordId(id), url: recordUrl(origin, id), name, title, email, accountId: link('AccountId') });
      return [said({ type: 'person.upserted', occurredAt: at, person }, id)];
    }
    case 'OpportunityContactRole':
      return roleSaid(id, at, fields);
    case 'Task':
    case 'Event':
      return activitySaid(object, { ...fields, Id: id, SystemModstamp: new Date(at).toISOString() }, now);
    default:
      return [];
  }
}

function dealSaid(id: string, at: EpochMs, fields: Fields, origin: string, accountId: string | null | undefined): Signal[] {
  const { Name: name, StageName: stage, CurrencyIsoCode: currency, RecordTypeId, Amount, CloseDate, IsWon, IsClosed } = fields;
  const deal = present({
    id: recordId(id),
    url: recordUrl(origin, id),
    accountId,
    name,
    stage,
    currency,
    pipeline: RecordTypeId === undefined ? undefined : (RecordTypeId ?? 'default'),
    amount: Amount === undefined ? undefined : amountOf(Amount),
    closeDate: CloseDate === undefined ? undefined : dayOf(CloseDate),
    status: IsWon === 'true' ? ('won' as const) : IsClosed === 'true' ? ('lost' as const) : IsClosed === 'false' ? ('open' as const) : undefined,
  });
  const movedAt = timeOf(fields.LastStageChangeDate);
  const entered = stage && movedAt !== null ? [enteredSignal(id, stage, movedAt)] : [];
  return [said({ type: 'deal.upserted', occurredAt: at, deal }, id), ...entered];
}

/** One row of several: it adds its deal and its role to what is known of the person. */
function roleSaid(id: string, at: EpochMs, { ContactId, OpportunityId, Role, IsDeleted }: Fields): Signal[] {
  if (!ContactId) return [];
  const personId = recordId(ContactId);
  const linked = IsDeleted !== 'true';
  return [
    ...(OpportunityId
      ? [
          said(
            { type: 'person.upserted', occurredAt: at, person: { id: personId, dealLinks: [{ dealId: recordId(OpportunityId), linked }] } } as const,
            id,
          ),
        ]
      : []),
    ...(Role && linked ? [said({ type: 'role.assigned', occurredAt: at, role: { personId, role: Role } } as const, id)] : []),
  ];
}

function activitySaid(object: 'Task' | 'Event', fields: Fields, now: EpochMs): Signal[] | string {
  const row = {
    ...fields,
    IsClosed: fields.IsClosed === 'true',
    IsDeleted: fields.IsDeleted === 'true',
    IsChild: fields.IsChild === 'true',
    IsRecurrence: fields.IsRecurrence === 'true',
    CreatedDate: fields.CreatedDate ?? fields.SystemModstamp,
  };
  const read = object === 'Task' ? rowOf.Task.safeParse(row) : rowOf.Event.safeParse(row);
  if (!read.success) return `the outbound message of ${object} cannot be read: ${read.error.issues[0]?.path.join('.')}`;
  const activity = object === 'Task' ? asTask(rowOf.Task.parse(row)) : asEvent(rowOf.Event.parse(row));
  const { WhatId, Subject, ActivityDate, SystemModstamp, IsDeleted } = activity.row;
  const start = activity.name === 'Event' ? activity.row.StartDateTime : null;
  const due = start === null ? ActivityDate : new Date(start).toISOString().slice(0, 10);
  const isAhead = activity.name === 'Task' ? !activity.row.IsClosed : start !== null && start > now && isOwnMeeting(activity.row);
  const plans = objectNameOfId(WhatId) === 'Opportunity' && WhatId !== null && due !== null && isAhead && !IsDeleted;
  return [
    ...touchpointSignals(activity, nothingBeside, now),
    ...(plans
      ? [nextStepSignal({ dealId: to18(WhatId), changedAt: SystemModstamp, open: [{ title: Subject ?? object, due, beginsAt: start }] })]
      : []),
  ];
}

const amountOf = (amount: string | null): number | null => {
  const value = Number(amount ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
};
