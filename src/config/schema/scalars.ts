import { z } from 'zod';
import type { Comparison } from '../../core/journey/journey-map.ts';
import { crmSources } from '../../core/journey/signal.ts';

/** Names that people give to roles, segments, maps and stages. Never one that every JavaScript object has: they become keys. */
export const keySchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,49}$/, 'expected a name of lower-case letters, digits, `-` and `_`, such as `new-business`')
  .refine((key) => !(key in Object.prototype), 'is a reserved word; choose another name');

export const labelSchema = z.string().trim().min(1, 'must not be empty').max(80, 'is longer than 80 characters');

/** CRM ids are numbers in some CRMs and texts in others; here they are texts. */
export const idSchema = z.union([z.string().trim().min(1, 'must not be empty'), z.number()]).transform(String);

/** One, or a list of several. */
export const oneOrMore = <Item extends z.ZodType>(item: Item) =>
  z
    .union([item, z.array(item).min(1, 'must name at least one')])
    .transform((value): z.output<Item>[] => (Array.isArray(value) ? value : [value as z.output<Item>]));

const channelExpected = 'expected a channel such as "#deal-alerts" (in quotes: # starts a comment) or its id such as C0123456789';

export const channelSchema = z
  .string(channelExpected)
  .regex(/^(#[\p{Ll}\p{Lo}\p{Nd}_-]{1,80}|[CG][A-Z0-9]{8,})$/u, channelExpected)
  .meta({ id: 'channel', description: 'A Slack channel: "#name" in quotes, or its id', examples: ['#deal-alerts'] });

const comparisonText = /^(>=|<=|>|<|==)\s*(-?\d[\d_]*(?:\.\d+)?)$/;

const comparisonExpected = 'expected a comparison such as ">= 50000"';

export const comparisonSchema = z
  .string(comparisonExpected)
  .regex(comparisonText, comparisonExpected)
  .transform(readComparison)
  .meta({ id: 'comparison', description: 'A comparison with a number: ">= 50000"' });

/** A local time of day, `09:00`; `24:00` ends the day. */
const timeOfDay = '(?:[01]\\d|2[0-3]):[0-5]\\d|24:00';

/** From one local time of day to another, `09:00-18:00`. */
export const timeRangeText = new RegExp(`^(${timeOfDay})\\s*[-–]\\s*(${timeOfDay})$`);

/** Switched off: null. */
export const offSchema = z.literal(['off', false]).transform(() => null);

/** CRM stage ids by source, or a list that holds for every source. */
export const stageIdsSchema = z
  .union([oneOrMore(idSchema).transform((ids) => ({ any: ids })), z.strictObject(bySource())])
  .meta({ id: 'stageIds', description: "The CRM's own stage ids, by source; or a list that holds for every source" });

function bySource() {
  const ids = oneOrMore(idSchema).optional();
  const entries = ['any' as const, ...crmSources].map((source) => [source, ids] as const);
  return Object.fromEntries(entries) as Record<(typeof crmSources)[number] | 'any', typeof ids>;
}

function readComparison(text: string): Comparison {
  const [, operator = '', digits = ''] = comparisonText.exec(text) ?? [];
  return { operator: operator as Comparison['operator'], value: Number(digits.replaceAll('_', '')) };
}
