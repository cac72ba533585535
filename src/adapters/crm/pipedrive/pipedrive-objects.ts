import { z } from 'zod';
import { timeOf } from './times.ts';

/**
 * Pipedrive's objects in the form of its API v2, as far as they are read; what webhooks v2 carry is the same but for details. Ids come as
 * numbers or text; what is not there says nothing, `null` is empty.
 */
export const idText = z.union([z.number().int().nonnegative().safe(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const id = idText.nullish();
const text = z.string().nullish();
const time = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => timeOf(value));
const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : value === true || value === 1 || value === '1'));
/** By the field's code. Their form depends on the field and on who tells it: see custom-fields.ts. */
const customFields = z.record(z.string(), z.unknown()).nullish();

const shared = { id: idText, add_time: time, update_time: time, is_deleted: flag };

export const dealObject = z.object({
  ...shared,
  title: text,
  owner_id: id,
  person_id: id,
  org_id: id,
  pipeline_id: id,
  stage_id: id,
  value: z.number().nullish(),
  currency: text,
  status: text,
  stage_change_time: time,
  won_time: time,
  lost_time: time,
  expected_close_date: text,
  participants_count: z.number().nullish(),
  undone_activities_count: z.number().nullish(),
});

export const personObject = z.object({
  ...shared,
  name: text,
  first_name: text,
  last_name: text,
  org_id: id,
  job_title: text,
  emails: z.array(z.object({ value: text, primary: z.boolean().nullish() })).nullish(),
  custom_fields: customFields,
});

export const organizationObject = z.object({ ...shared, name: text, owner_id: id, website: text, custom_fields: customFields });

export const activityObject = z.object({
  ...shared,
  subject: text,
  type: text,
  owner_id: id,
  deal_id: id,
  person_id: id,
  org_id: id,
  due_date: text,
  // Text in the API, an object in webhooks.
  due_time: z
    .union([z.string(), z.object({ value: text })])
    .nullish()
    .transform((value) => (typeof value === 'string' ? value : (value?.value ?? null))),
  done: flag,
  marked_as_done_time: time,
  participants: z.array(z.object({ person_id: id, primary: z.boolean().nullish() })).nullish(),
});

export const noteObject = z.object({ ...shared, user_id: id, deal_id: id, person_id: id, org_id: id, active_flag: flag });

export type Deal = z.output<typeof dealObject>;
export type PipedrivePerson = z.output<typeof personObject>;
export type Organization = z.output<typeof organizationObject>;
export type Activity = z.output<typeof activityObject>;
export type Note = z.output<typeof noteObject>;

/** By the names that the API has for them. */
export const objectSchemas = { deals: dealObject, persons: personObject, organizations: organizationObject, activities: activityObject } as const;
export type Kind = keyof typeof objectSchemas;
export type ObjectOf<Of extends Kind> = z.output<(typeof objectSchemas)[Of]>;

/** When an object was last changed: one that never was has no time of change in webhooks. */
export const modifiedAt = ({ add_time, update_time }: { add_time: number | null; update_time: number | null }): number =>
  Math.max(add_time ?? 0, update_time ?? 0);

export const bornAt = (object: { add_time: number | null; update_time: number | null }): number => object.add_time ?? modifiedAt(object);

/** Ids of the kinds overlap in Pipedrive; a record kind and this id name one thing. */
export const recordId = (own: string): string => `pipedrive:${own}`;
