import { z } from 'zod';
import { contactDirections, dealStatuses, recordKinds } from '../../../core/journey/signal.ts';

/**
 * The wire form of a signal, exactly as interface.md has it: unknown fields are refused, `null` empties an optional field of an upsert. Times
 * become epoch milliseconds. The bounds keep what a CRM can hold and refuse what would do harm: control characters and lone surrogates
 * (they break logs, SQL text and Slack), addresses that are not http(s), days and amounts that nobody means.
 */
const harmless = /^[^\p{Cc}\p{Cs}]*$/u;
// One check instead of three: these run for every field of every webhook.
const text = (most: number) =>
  z.string().check((said) => {
    const complaint =
      said.value === ''
        ? 'must not be empty'
        : said.value.length > most
          ? `must not be longer than ${most} characters`
          : harmless.test(said.value)
            ? null
            : 'must not hold control characters';
    if (complaint !== null) said.issues.push({ code: 'custom', message: complaint, input: said.value });
  });

const id = text(255);
const name = text(500);
const value = text(255);
const email = text(320).regex(/^[^\s@]+@[^\s@]+$/, 'expected an e-mail address');
const url = text(2_000)
  .regex(/^https?:\/\/[^\s<>|"]+$/i, 'expected an http or https address')
  .refine(URL.canParse, 'expected an http or https address');
const day = z.iso.date('expected a day such as 2026-12-15').refine(isLikelyDay, 'expected a day from 1990 to 2199');
const finite = z.number().min(-1e15).max(1e15);
/** May be missing, and may be emptied. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().exactOptional();

const said = {
  id: id.exactOptional(),
  occurredAt: z
    .preprocess(inFull, z.iso.datetime({ offset: true, error: 'expected an ISO 8601 time with an offset, such as 2026-09-01T08:00:00Z' }))
    .transform((at) => Date.parse(at)),
};
const signal = <Type extends string, Body extends z.ZodRawShape>(type: Type, body: Body) =>
  z.strictObject({ ...said, type: z.literal(type), ...body });

export const signalSchema = z.discriminatedUnion('type', [
  signal('account.upserted', {
    account: z.strictObject({
      id,
      name: optional(name),
      domain: optional(value),
      segment: optional(value),
      ownerEmail: optional(email),
      lifecycleStage: optional(value),
      renewalDate: optional(day),
      url: optional(url),
    }),
  }),
  signal('deal.upserted', {
    deal: z.strictObject({
      id,
      accountId: optional(id),
      name: optional(name),
      pipeline: optional(value),
      stage: optional(value),
      amount: optional(finite),
      currency: optional(z.string().regex(/^[A-Z]{3}$/, 'expected three capital letters, such as EUR')),
      ownerEmail: optional(email),
      closeDate: optional(day),
      status: optional(z.enum(dealStatuses)),
      url: optional(url),
    }),
  }),
  signal('person.upserted', {
    person: z.strictObject({
      id,
      accountId: optional(id),
      dealIds: optional(z.array(id).max(500)),
      name: optional(name),
      title: optional(name),
      email: optional(email),
      roles: optional(z.array(value).max(50)),
      url: optional(url),
    }),
  }),
  signal('touchpoint.recorded', {
    touchpoint: z
      .strictObject({
        accountId: optional(id),
        dealId: optional(id),
        personId: optional(id),
        type: value,
        channel: optional(value),
        direction: z.enum(contactDirections),
        asset: optional(name),
        sentiment: optional(z.number().min(-2).max(2)),
        by: optional(email),
      })
      .refine((said) => (said.accountId ?? said.dealId ?? said.personId) != null, 'needs an accountId, a dealId or a personId'),
  }),
  signal('stage.entered', { stage: z.strictObject({ dealId: id, stage: value }) }),
  signal('next-step.set', { nextStep: z.strictObject({ dealId: id, title: name.nullable(), due: optional(day) }) }),
  signal('metric.recorded', { metric: z.strictObject({ accountId: id, name: value, value: finite }) }),
  signal('milestone.completed', { milestone: z.strictObject({ accountId: id, name: value }) }),
  signal('role.assigned', { role: z.strictObject({ personId: id, role: value }) }),
  signal('record.merged', {
    merge: z
      .strictObject({ kind: z.enum(recordKinds), from: z.array(id).min(1).max(100), into: id })
      .refine((merge) => !merge.from.includes(merge.into), { path: ['from'], error: 'must not hold the id it is merged into' }),
  }),
  signal('record.deleted', { record: z.strictObject({ kind: z.enum(recordKinds), id }) }),
  signal('record.erased', { record: z.strictObject({ kind: z.enum(recordKinds), id }) }),
]);

function isLikelyDay(iso: string): boolean {
  return iso >= '1990-01-01' && iso < '2200-01-01';
}

/** ISO 8601 lets seconds and the offset's colon go (Python writes `+0200`), RFC 3339 small letters: what is well-formed otherwise is written in full. */
function inFull(said: unknown): unknown {
  if (typeof said !== 'string') return said;
  const [, day, minute, second = ':00', offset, minutes = '00'] = anyForm.exec(said) ?? [];
  return day === undefined ? said : `${day}T${minute}${second.replace(',', '.')}${offset === undefined ? 'Z' : `${offset}:${minutes}`}`;
}

const anyForm = /^(\d{4}-\d\d-\d\d)t(\d\d:\d\d)(:\d\d(?:[.,]\d+)?)?(?:z|([+-]\d\d)(?::?(\d\d))?)$/i;
