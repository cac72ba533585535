import { z } from 'zod';
import type { EpochMs, IsoDay } from '../../../core/time.ts';
import { idPattern, to18 } from '../salesforce-id.ts';

const id = z.string().regex(idPattern).transform(to18);
const text = z
  .string()
  .nullish()
  .transform((value) => value || null);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const link = id.nullish().transform((value) => value ?? null);
/** `2026-06-01T12:00:00.000+0000`: Salesforce leaves out the colon that ISO 8601 wants. */
const instant = z.string().transform((value, context): EpochMs => {
  const at = timeOf(value);
  if (at !== null) return at;
  context.addIssue('not a time');
  return z.NEVER;
});
const maybeInstant = instant.nullish().transform((value) => value ?? null);
const day = z
  .string()
  .nullish()
  .transform((value): IsoDay | null => dayOf(value));

const shared = { Id: id, IsDeleted: flag, CreatedDate: instant, SystemModstamp: instant };
const owner = z.object({ Email: text }).nullish();
const activity = { ...shared, WhatId: text, WhoId: text, AccountId: link, OwnerId: text, Subject: text, Type: text, ActivityDate: day };

/** What is read of each object. A field that was not asked for (it is not there, or hidden) comes out as `null` or `undefined`. */
export const rowOf = {
  Opportunity: z.object({
    ...shared,
    Name: text,
    AccountId: link,
    StageName: text,
    Amount: z.number().nullish(),
    CurrencyIsoCode: z.string().nullish(),
    CloseDate: day,
    IsClosed: flag,
    IsWon: flag,
    RecordType: z.object({ DeveloperName: text }).nullish(),
    Owner: owner,
  }),
  Account: z.object({ ...shared, Name: text, Website: text, Type: z.string().nullish(), MasterRecordId: link, Owner: owner }),
  Contact: z.object({ ...shared, Name: text, Title: text, Email: text, AccountId: link, MasterRecordId: link }),
  OpportunityContactRole: z.object({ ...shared, OpportunityId: id, ContactId: link, Role: text }),
  OpportunityHistory: z.object({ Id: id, OpportunityId: id, StageName: text, CloseDate: day, CreatedDate: instant }),
  Task: z.object({ ...activity, TaskSubtype: text, CallType: text, IsClosed: flag, CompletedDateTime: maybeInstant }),
  Event: z.object({ ...activity, StartDateTime: maybeInstant, IsChild: flag, IsRecurrence: flag, GroupEventType: text }),
} as const;

export type RowName = keyof typeof rowOf;
export type Row<Name extends RowName> = z.output<(typeof rowOf)[Name]>;

export function timeOf(value: string | null | undefined): EpochMs | null {
  const at = Date.parse((value ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isFinite(at) ? at : null;
}

/** Salesforce's dates are days already; of an instant the day in UTC. A year such as 20026, mistyped, is none. */
export function dayOf(value: string | null | undefined): IsoDay | null {
  const [day] = /^\d{4}-\d{2}-\d{2}/.exec(value ?? '') ?? [];
  return day === undefined || !Number.isFinite(Date.parse(day)) ? null : day;
}
