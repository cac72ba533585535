import { z } from 'zod';
import { idText } from './pipedrive-objects.ts';
import { timeOf } from './times.ts';

/** Pipedrive's answers around the objects. Lists are read one entry at a time, so that one that is odd costs no other. */
const cursor = z.object({ next_cursor: z.string().nullish() }).nullish();
const nothing = z.unknown().transform(() => null);

export const listAnswer = z.object({ data: z.array(z.unknown()).nullish(), additional_data: cursor });
export const oneAnswer = z.object({ data: z.unknown() });

const page = z.object({
  start: z.number().nullish(),
  limit: z.number().nullish(),
  more_items_in_collection: z.boolean().nullish(),
  next_start: z.number().nullish(),
});
/** v1 says where it is in `pagination`, and in one place without that wrapper. */
export const startAnswer = z.object({
  data: z.array(z.unknown()).nullish(),
  additional_data: z.union([z.object({ pagination: page }).transform(({ pagination }) => pagination), page, nothing]).nullish(),
});

const time = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => timeOf(value));
const told = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? null : String(value)));

export const changeEntry = z.object({ field_key: z.string(), old_value: told, new_value: told, time: time.pipe(z.number()) });
export type FieldChange = z.output<typeof changeEntry>;

/** A person's id is an object with `value` in v1. */
export const participantEntry = z
  .object({
    person_id: z.union([idText, z.object({ value: idText }).transform(({ value }) => value)]),
    add_time: time,
    active_flag: z.boolean().nullish(),
  })
  .transform(({ person_id, add_time }) => ({ personId: person_id, addedAt: add_time }));
export const participantChangeEntry = z
  .object({ person_id: idText, action: z.string(), time: time.pipe(z.number()) })
  .transform(({ person_id, action, time: at }) => ({ personId: person_id, added: /^add/i.test(action), at }));
export type Participant = z.output<typeof participantEntry>;
export type ParticipantChange = z.output<typeof participantChangeEntry>;

export const stageEntry = z.object({
  id: idText,
  name: z.string(),
  pipeline_id: idText,
  order_nr: z.number().nullish(),
  deal_probability: z.number().nullish(),
  is_deal_rot_enabled: z.boolean().nullish(),
  days_to_rotten: z.number().nullish(),
  is_deleted: z.boolean().nullish(),
  add_time: time,
  update_time: time,
});
export type PipedriveStage = z.output<typeof stageEntry>;

export const pipelineEntry = z.object({ id: idText, name: z.string(), order_nr: z.number().nullish(), is_deleted: z.boolean().nullish() });
export type Pipeline = z.output<typeof pipelineEntry>;

export const userEntry = z.object({ id: idText, name: z.string().nullish(), email: z.string().nullish() });
export type User = z.output<typeof userEntry>;

export const meAnswer = z.object({
  data: z.object({
    name: z.string().nullish(),
    email: z.string().nullish(),
    company_id: idText.nullish(),
    company_domain: z.string().nullish(),
    timezone_name: z.string().nullish(),
    is_admin: z.unknown(),
  }),
});

export const fieldEntry = z.object({
  field_code: z.string(),
  field_name: z.string(),
  field_type: z.string(),
  is_custom_field: z.boolean().nullish(),
  options: z.array(z.object({ id: z.union([z.string(), z.number()]).transform(String), label: z.string() })).nullish(),
});
export type Field = z.output<typeof fieldEntry>;

/** `data` is null where the object is gone for good. */
export const recentEntry = z.object({
  item: z.string(),
  id: idText,
  data: z.object({ active_flag: z.boolean().nullish(), is_deleted: z.boolean().nullish(), update_time: time, deal_id: idText.nullish() }).nullish(),
});
