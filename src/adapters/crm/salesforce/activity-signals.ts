import { touchpointId } from '../../../core/journey/happening.ts';
import type { Direction, Signal, TouchpointFields } from '../../../core/journey/signal.ts';
import { dayMs, type EpochMs, type IsoDay } from '../../../core/time.ts';
import { to18 } from '../salesforce-id.ts';
import { type ActivityName, objectNameOfId, recordId } from './object-names.ts';
import type { Row } from './rows.ts';
import { said } from './said.ts';

export type Activity = { name: 'Task'; row: Row<'Task'> } | { name: 'Event'; row: Row<'Event'> };

/** By id of the activity: whether an e-mail came in, and all contacts it was with. By id of the user: the e-mail address. */
export type Beside = {
  incoming: ReadonlyMap<string, boolean>;
  people: ReadonlyMap<string, readonly string[]>;
  addresses: ReadonlyMap<string, string>;
};
export const nothingBeside: Beside = { incoming: new Map(), people: new Map(), addresses: new Map() };

/**
 * What happened between them and us: a call, e-mail or meeting that was logged, or a meeting that has begun by `now`; for the deal or account
 * one touchpoint of every contact who was in it, or one of nobody. A to-do of ours is none. What was deleted afterwards has happened
 * all the same, also for whoever finds it in the recycle bin; a meeting that was deleted before it began has not. Ids hold neither time nor place: what is
 * edited, or comes to another account by a merge, stays the same touchpoint.
 */
export function touchpointSignals({ name, row }: Activity, { incoming, people, addresses }: Beside, now: EpochMs): Signal[] {
  const spoken = name === 'Task' ? taskSpoken(row, incoming) : eventSpoken(row);
  const home = homeOf(row);
  if (spoken === null || spoken.at > (row.IsDeleted ? Math.min(now, row.SystemModstamp) : now)) return [];
  const { personId, ...about } = home ?? {};
  const persons = new Set([...(personId == null ? [] : [personId]), ...(people.get(row.Id) ?? []).map(recordId)]);
  const by = row.OwnerId === null ? undefined : addresses.get(to18(row.OwnerId));
  const said = { ...spoken, ...(by === undefined ? {} : { by }) };
  if (persons.size > 0) return [...persons].map((person) => touchpoint(name, row, said, { ...about, personId: person }));
  return home === null ? [] : [touchpoint(name, row, said, about)];
}

type Spoken = { at: EpochMs; type: string; channel: string; direction: Direction; by?: string };
type Home = Pick<TouchpointFields, 'dealId' | 'accountId' | 'personId'>;
type Linked = { Id: string; WhatId: string | null; WhoId: string | null; AccountId: string | null };

/** A call, e-mail or meeting by Salesforce's own subtype, else by the standard values of its type. */
function taskSpoken(row: Row<'Task'>, incoming: Beside['incoming']): Spoken | null {
  const kind = (row.TaskSubtype ?? 'Task') === 'Task' ? (row.Type ?? '') : (row.TaskSubtype ?? '');
  if (!row.IsClosed || row.CallType === 'Internal') return null;
  const at = doneAt(row);
  switch (kind.toLowerCase()) {
    case 'call':
      return { at, type: 'call', channel: 'phone', direction: row.CallType === 'Inbound' ? 'inbound' : 'outbound' };
    case 'email':
    case 'listemail':
      return { at, type: 'email', channel: 'email', direction: incoming.get(row.Id) === true ? 'inbound' : 'outbound' };
    case 'meeting':
      return { at, type: 'meeting', channel: 'meeting', direction: 'inbound' };
    default:
      return null;
  }
}

/** When it was done; a day in the past where somebody logged it later than that day. */
function doneAt({ CompletedDateTime, ActivityDate, CreatedDate }: Row<'Task'>): EpochMs {
  const closed = CompletedDateTime ?? CreatedDate;
  const due = ActivityDate === null ? closed : noonOf(ActivityDate);
  return Math.floor(due / dayMs) < Math.floor(closed / dayMs) ? due : closed;
}

/**
 * Not the copy that each colleague who was invited has (`IsChild`), nor the pattern of a series, which stands beside its occurrences: `IsRecurrence` in
 * Classic, type 3 in Lightning (Object Reference, "Event").
 */
export const isOwnMeeting = ({ IsChild, IsRecurrence, GroupEventType }: Row<'Event'>): boolean => !IsChild && !IsRecurrence && GroupEventType !== '3';

/** A meeting takes two: they came. A type of the team's own (Demo, Security Review) is the touchpoint's type, so that the map can ask for it. */
function eventSpoken(event: Row<'Event'>): Spoken | null {
  if (!isOwnMeeting(event)) return null;
  const { StartDateTime, ActivityDate, Type } = event;
  const at = StartDateTime ?? (ActivityDate === null ? null : noonOf(ActivityDate));
  if (at === null) return null;
  const own = (Type ?? '').trim().toLowerCase();
  if (own === 'call') return { at, type: 'call', channel: 'phone', direction: 'inbound' };
  const type = own === '' || own === 'other' || own === 'email' ? 'meeting' : own.replace(/[^\p{L}\p{N}]+/gu, '_').slice(0, 60);
  return { at, type, channel: 'meeting', direction: 'inbound' };
}

/** The deal or account it is about, and the contact it was with; null where it is about nothing we know (a lead, a case). */
function homeOf({ WhatId, WhoId, AccountId }: Linked): Home | null {
  const what = objectNameOfId(WhatId);
  const account = what === 'Account' ? WhatId : AccountId;
  const home: Home = {
    ...(what === 'Opportunity' && WhatId !== null ? { dealId: recordId(WhatId) } : {}),
    ...(account === null ? {} : { accountId: recordId(account) }),
    ...(objectNameOfId(WhoId) === 'Contact' && WhoId !== null ? { personId: recordId(WhoId) } : {}),
  };
  return Object.keys(home).length === 0 ? null : home;
}

const touchpoint = (name: ActivityName, { Id }: Linked, { at, ...spoken }: Spoken, home: Home): Signal => ({
  id: touchpointId(`salesforce:${name.toLowerCase()}:${Id}`, home.personId ?? null),
  source: 'salesforce',
  type: 'touchpoint.recorded',
  occurredAt: at,
  touchpoint: { ...home, ...spoken },
});

/** Those of a deal that can be its next step, and when any of its activities was last touched. `beginsAt`: of a meeting. */
export type Plan = { dealId: string; changedAt: EpochMs; open: { title: string; due: IsoDay; beginsAt: EpochMs | null }[] };

/**
 * A deal's next step: of its open tasks with a date and its meetings the one that is furthest ahead. Nobody tells us when a meeting is over and
 * the next one counts, so with the nearest one a deal with plans would soon look as if it had none. It counts from the newest change of any
 * activity of the deal, so that one that is done or deleted makes room for the rest. A meeting that had begun by then was none: it was logged.
 */
export function nextStepSignal({ dealId, changedAt, open }: Plan): Signal {
  const ahead = open.filter(({ beginsAt }) => beginsAt === null || beginsAt > changedAt);
  const [step] = ahead.toSorted((a, b) => (a.due === b.due ? (a.title < b.title ? -1 : 1) : a.due > b.due ? -1 : 1));
  return said(
    { type: 'next-step.set', occurredAt: changedAt, nextStep: { dealId: recordId(dealId), title: step?.title ?? null, due: step?.due ?? null } },
    dealId,
  );
}

/** All activities of some deals, also deleted ones, as their plans. */
export function plansOf(activities: readonly Activity[]): Plan[] {
  const plans = new Map<string, Plan>();
  for (const activity of activities) {
    const { WhatId, SystemModstamp } = activity.row;
    if (WhatId === null || objectNameOfId(WhatId) !== 'Opportunity') continue;
    const plan = plans.get(WhatId) ?? { dealId: WhatId, changedAt: 0, open: [] };
    plans.set(WhatId, { ...plan, changedAt: Math.max(plan.changedAt, SystemModstamp), open: [...plan.open, ...planned(activity)] });
  }
  return [...plans.values()];
}

function planned({ name, row }: Activity): Plan['open'] {
  if (row.IsDeleted || (name === 'Task' ? row.IsClosed : !isOwnMeeting(row))) return [];
  const due = name === 'Event' && row.StartDateTime !== null ? new Date(row.StartDateTime).toISOString().slice(0, 10) : row.ActivityDate;
  const beginsAt = name === 'Task' ? null : (row.StartDateTime ?? null);
  return due === null ? [] : [{ title: row.Subject ?? (name === 'Task' ? 'Task' : 'Meeting'), due, beginsAt }];
}

const noonOf = (day: IsoDay): EpochMs => Date.parse(day) + dayMs / 2;
