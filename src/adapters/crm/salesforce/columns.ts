import { z } from 'zod';
import type { RowName } from './rows.ts';

const needed = ['Id', 'IsDeleted', 'CreatedDate', 'SystemModstamp'] as const;

/**
 * What is read of each object: no other fields leave Salesforce. Without a needed one nothing is read, and we say which; optional ones are there
 * in some editions and settings only (currencies, record types), or say something that the bot can do without.
 */
export const readColumns: Record<RowName, { needed: readonly string[]; optional: readonly string[] }> = {
  Opportunity: {
    needed: [...needed, 'Name', 'AccountId', 'StageName', 'Amount', 'CloseDate', 'IsClosed', 'IsWon', 'Owner.Email'],
    optional: ['CurrencyIsoCode', 'RecordType.DeveloperName'],
  },
  Account: { needed: [...needed, 'Name', 'MasterRecordId', 'Owner.Email'], optional: ['Website', 'Type'] },
  Contact: { needed: [...needed, 'Name', 'AccountId', 'Email', 'Title', 'MasterRecordId'], optional: [] },
  OpportunityContactRole: { needed: [...needed, 'OpportunityId', 'ContactId', 'Role'], optional: [] },
  OpportunityHistory: { needed: ['Id', 'OpportunityId', 'StageName', 'CloseDate', 'CreatedDate'], optional: [] },
  Task: {
    needed: [...needed, 'WhatId', 'WhoId', 'AccountId', 'Subject', 'IsClosed', 'ActivityDate'],
    optional: ['Type', 'TaskSubtype', 'CallType', 'CompletedDateTime', 'OwnerId'],
  },
  Event: {
    needed: [...needed, 'WhatId', 'WhoId', 'AccountId', 'Subject', 'StartDateTime', 'ActivityDate'],
    optional: ['Type', 'OwnerId', 'IsChild', 'IsRecurrence', 'GroupEventType'],
  },
};

/** Those of them that are there in some editions and settings only: where they are not, nobody has to do anything. */
export const ofSomeOrgs: readonly string[] = ['CurrencyIsoCode', 'RecordType.DeveloperName', 'IsChild', 'IsRecurrence', 'GroupEventType'];

/** What Salesforce tells of an object: only what the run-as user may see of it. */
export const describeAnswer = z
  .object({
    fields: z.array(
      z.object({
        name: z.string(),
        picklistValues: z.array(z.object({ active: z.boolean(), label: z.string().nullish(), value: z.string() })).nullish(),
      }),
    ),
    recordTypeInfos: z
      .array(z.object({ active: z.boolean().nullish(), master: z.boolean(), developerName: z.string(), name: z.string() }))
      .nullish()
      .transform((infos) => infos ?? []),
  })
  .transform(({ fields, recordTypeInfos }) => ({
    fields: new Map(fields.map(({ name, picklistValues }) => [name, (picklistValues ?? []).filter(({ active }) => active)] as const)),
    recordTypes: recordTypeInfos.filter(({ active, master }) => active !== false && !master),
  }));

export type Described = z.output<typeof describeAnswer>;
