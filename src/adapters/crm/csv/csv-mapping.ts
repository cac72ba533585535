import iconv from 'iconv-lite';
import { z } from 'zod';
import { isTimezone } from '../../../core/is-timezone.ts';
import { type Field, fieldNames, idOwners, rowKinds } from './fields.ts';

/** Which of day and month comes first where a date does not say so itself (`03/04/2026`). */
export const dateOrders = ['dmy', 'mdy'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** How numbers are written: what separates thousands and decimals. */
export const numberStyles = ['1,234.56', '1.234,56'] as const;
export type NumberStyle = (typeof numberStyles)[number];

/** By the words that a mapping file may use for them. */
export const delimiters = { comma: ',', semicolon: ';', tab: '\t', pipe: '|', ',': ',', ';': ';', '\t': '\t', '|': '|' } as const;
export type Delimiter = (typeof delimiters)[keyof typeof delimiters];

const datesSchema = z.enum(dateOrders).describe('Which comes first where a date does not say: day (`dmy`) or month (`mdy`)');
const numbersSchema = z.enum(numberStyles).describe('How numbers are written');
const columnFields = [...fieldNames, 'ignore'] as const;
const isColumnField = (name: string): name is Field | 'ignore' => columnFields.some((field) => field === name);
const fieldSchema = z
  .string()
  .refine(isColumnField, { error: 'is no field that a column can be; docs/crm/csv.md lists them', params: { known: () => [...columnFields] } })
  .transform((name) => name as Field | 'ignore');

const columnSchema = z.union([
  fieldSchema,
  z
    .strictObject({
      field: fieldSchema.optional().describe('What the column holds'),
      entered: z.string().trim().min(1).optional().describe('The column says when the deal came into this stage'),
      dates: datesSchema.optional(),
      numbers: numbersSchema.optional(),
    })
    .refine(({ field, entered }) => field === undefined || entered === undefined, 'a column is either a `field` or the time a stage was `entered`'),
]);

/** A mapping file: what a CSV file does not say itself. Everything is optional; what it says goes before what is recognised. */
export const csvMappingSchema = z.strictObject({
  rows: z.enum(rowKinds).optional().describe('What a row is about'),
  crm: z
    .enum([...idOwners, 'none'])
    .optional()
    .describe('Whose ids these are: then later webhooks meet the same records'),
  encoding: z
    .string()
    .refine((name) => iconv.encodingExists(name), 'is no encoding that is known here, such as utf-8 or windows-1252')
    .optional(),
  delimiter: z
    .enum(Object.keys(delimiters) as [keyof typeof delimiters, ...(keyof typeof delimiters)[]])
    .transform((name): Delimiter => delimiters[name])
    .optional(),
  header: z.number().int().min(1).optional().describe('The line with the names of the columns'),
  timezone: z.string().refine(isTimezone, 'is no time zone such as Europe/Berlin').optional().describe("Default: journey.yml's"),
  as_of: z.iso
    .date('expected a day such as 2026-09-01')
    .optional()
    .describe('The day of the export, for rows that do not say when they were modified. Default: the time of the file'),
  dates: datesSchema.optional(),
  numbers: numbersSchema.optional(),
  columns: z.record(z.string(), columnSchema).default({}).describe('Columns by their names in the file'),
  constants: z.partialRecord(z.enum(fieldNames), z.union([z.string(), z.number()]).transform(String)).default({}),
  values: z
    .partialRecord(z.enum(fieldNames), z.record(z.string(), z.string()))
    .default({})
    .describe("What the file's texts stand for, by field: `deal.pipeline: { Sales Pipeline: default }`"),
  deal_key: z.enum(['name+account', 'name']).default('name+account').describe('What tells deals without an id apart'),
  link_names: z.boolean().default(false).describe('A name without an id means the record of that name. Only where no two records share a name'),
});

/** A mapping file as it is written, and as it is read. */
export type CsvMappingInput = z.input<typeof csvMappingSchema>;
export type CsvMapping = z.output<typeof csvMappingSchema>;

/** Says nothing: everything is recognised. */
export const emptyMapping: CsvMapping = csvMappingSchema.parse({});

/** What the mapping says of one column. */
export type MappedColumn = { field?: Field | 'ignore'; entered?: string; dates?: DateOrder; numbers?: NumberStyle };

export function mappedColumn(mapping: CsvMapping, header: string): MappedColumn | null {
  const said = Object.hasOwn(mapping.columns, header) ? mapping.columns[header] : undefined;
  if (said === undefined) return null;
  if (typeof said === 'string') return { field: said };
  const { field, entered, dates, numbers } = said;
  return {
    ...(field === undefined ? {} : { field }),
    ...(entered === undefined ? {} : { entered }),
    ...(dates === undefined ? {} : { dates }),
    ...(numbers === undefined ? {} : { numbers }),
  };
}
