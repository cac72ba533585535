import { z } from 'zod';
import { CrmRefusedError } from '../../../app/errors.ts';
import type { Clock } from '../../../app/ports.ts';
import { type EpochMs, hourMs } from '../../../core/time.ts';
import { slicesOf } from '../slices-of.ts';
import { byHalves } from './by-halves.ts';
import { createByTime, firstOfAll, type Span } from './by-time.ts';
import type { CallSalesforce } from './call-salesforce.ts';
import { type Described, describeAnswer, ofSomeOrgs, readColumns } from './columns.ts';
import { type Row, type RowName, rowOf, timeOf } from './rows.ts';
import { missingFields, missingObject } from './salesforce-failure.ts';

/** Rows that were read, and why others could not be. `length`: of both; `last`: the place of the last of both. */
export type Found<Name extends RowName> = { rows: Row<Name>[]; refused: { where: string; why: string }[]; length: number; last: Place | null };

/** Salesforce's API as far as it is used. Every method may reject with `CrmAwayError` or `CrmRefusedError`. Deleted rows come along. */
export type SalesforceApi = {
  /** Rows of an object of which `field` is one of `ids`; those that are not in the answer are not there (any more). */
  readBy<Name extends RowName>(name: Name, field: string, ids: Iterable<string>): Promise<Row<Name>[]>;
  /** Rows in the order of (SystemModstamp, Id), those after a place among them. */
  readAfter<Name extends RowName>(name: Name, filter: string[], after: Place | null, limit: number): Promise<Found<Name>>;
  count(name: RowName, filter: string[]): Promise<number>;
  /** Fields of an object that only some orgs have, of rows of which `field` is one of `ids` and `where` is true; none where it is not there or hidden. */
  readIfThere<Schema extends z.ZodType>(
    schema: Schema,
    from: { object: string; columns: string[]; field: string; where?: string },
    ids: Iterable<string>,
  ): Promise<z.output<Schema>[]>;
  /** All rows of a query of our own, as the schema reads them. */
  query<Schema extends z.ZodType>(schema: Schema, soql: string, about: string): Promise<z.output<Schema>[]>;
  describe(object: string): Promise<Described>;
  /** Fields we read and the run-as user may not. */
  missing(name: RowName): Promise<string[]>;
  /** Fields that the run-as user may not read either, and the bot does without. */
  without(name: RowName): Promise<string[]>;
  /** Whether Salesforce keeps what was in a field before; null where it does not say. */
  isTracked(object: string, field: string): Promise<boolean | null>;
  origin(): Promise<string>;
  organizationId(): Promise<string>;
  /** By how many milliseconds our clock is ahead of Salesforce's; 0 where it is behind. */
  aheadMs(): Promise<number>;
};

export type Place = { at: EpochMs; id: string };

const answer = z.object({ totalSize: z.number(), done: z.boolean(), nextRecordsUrl: z.string().optional(), records: z.array(z.unknown()) });
const trackedRow = z.object({ IsFieldHistoryTracked: z.boolean() });
const placeRow = z.object({ Id: z.string(), SystemModstamp: z.string().optional() });

const knownForMs = hourMs;

/** A query travels in the address, which may have 16,000 characters. */
const idsAtOnce = 400;

export function createSalesforceApi(call: CallSalesforce, clock: Clock): SalesforceApi {
  const ask = (object: string): Promise<Described> => call.get(describeAnswer, `/sobjects/${object}/describe`, object);
  const described = createMemory(clock, ask);
  /** What is hidden, or not there in this edition, has no fields. */
  const shown = createMemory(clock, (object) =>
    ask(object).catch((error: unknown): Pick<Described, 'fields'> => {
      if (error instanceof CrmRefusedError) return { fields: new Map() };
      throw error;
    }),
  );
  const describe = described.ask;
  const byTime = createByTime();
  const isThere = async (object: string, columns: string[]): Promise<boolean> => {
    const { fields } = await shown.ask(object);
    return columns.every((column) => fields.has(column));
  };
  const missing = async (name: RowName): Promise<string[]> => {
    const { fields } = await describe(name);
    return readColumns[name].needed.filter((column) => !fields.has(fieldOf(column)));
  };
  const columnsOf = async (name: RowName): Promise<string[]> => {
    const lacking = await missing(name);
    if (lacking.length > 0) {
      described.forget(name);
      throw new CrmRefusedError(missingFields(name, lacking));
    }
    const { fields } = await describe(name);
    const { needed, optional } = readColumns[name];
    return [...needed, ...optional.filter((column) => fields.has(fieldOf(column)))];
  };
  const all = async (soql: string, about: string): Promise<unknown[]> => {
    const rows: unknown[] = [];
    for (let path: string | undefined = `/queryAll?q=${encodeURIComponent(soql)}`; path !== undefined; ) {
      const page: z.output<typeof answer> = await call.get(answer, path, about);
      rows.push(...page.records);
      path = page.done ? undefined : page.nextRecordsUrl;
    }
    return rows;
  };

  return {
    describe,
    missing,
    async without(name) {
      const { fields } = await describe(name);
      return readColumns[name].optional.filter((column) => !fields.has(fieldOf(column)) && !ofSomeOrgs.includes(column));
    },
    origin: () => call.origin(),
    organizationId: () => call.organizationId(),
    aheadMs: () => call.aheadMs(),

    async readBy(name, field, ids) {
      const slices = slicesOf([...new Set(ids)], idsAtOnce);
      if (slices.length === 0) return [];
      const columns = await columnsOf(name);
      const ask = (some: readonly string[]) => all(`SELECT ${columns.join(', ')} FROM ${name}${whereOf([isOneOf(field, some)])}`, name);
      const answers = await Promise.all(slices.map((slice) => byHalves(slice, ask)));
      return sortOut(name, answers.flat()).rows;
    },

    async readAfter(name, filter, after, limit) {
      const columns = await columnsOf(name);
      const beyond =
        after === null ? [] : [`(SystemModstamp > ${instant(after.at)} OR (SystemModstamp = ${instant(after.at)} AND Id > ${quoted(after.id)}))`];
      const found: unknown[] = [];
      const ask = (span: Span | null): Promise<unknown[]> => {
        const where = whereOf([...filter, ...beyond, ...within(span)]);
        return all(`SELECT ${columns.join(', ')} FROM ${name}${where} ORDER BY SystemModstamp, Id LIMIT ${limit - found.length}`, name);
      };
      for await (const rows of byTime(remembered(name, filter), { start: after?.at ?? firstOfAll, now: clock.now() }, ask)) {
        found.push(...rows);
        if (found.length >= limit) break;
      }
      return sortOut(name, found);
    },

    async count(name, filter) {
      const ask = (span: Span | null) =>
        call.get(answer, `/queryAll?q=${encodeURIComponent(`SELECT COUNT() FROM ${name}${whereOf([...filter, ...within(span)])}`)}`, name);
      let count = 0;
      for await (const { totalSize } of byTime(remembered(name, filter), { start: firstOfAll, now: clock.now() }, ask)) count += totalSize;
      return count;
    },

    async readIfThere(schema, { object, columns, field, where }, ids) {
      const slices = slicesOf([...new Set(ids)], idsAtOnce);
      if (slices.length === 0 || !(await isThere(object, [...columns, field]))) return [];
      const ask = (some: readonly string[]) =>
        all(`SELECT ${columns.join(', ')} FROM ${object}${whereOf([isOneOf(field, some), ...(where === undefined ? [] : [where])])}`, object);
      const answers = await Promise.all(slices.map((slice) => byHalves(slice, ask)));
      return answers.flat().flatMap((row) => {
        const read = schema.safeParse(row);
        return read.success ? [read.data] : [];
      });
    },

    async isTracked(object, field) {
      const soql = `SELECT IsFieldHistoryTracked FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = ${quoted(object)} AND QualifiedApiName = ${quoted(field)}`;
      const found = await call.get(answer, `/query?q=${encodeURIComponent(soql)}`, 'FieldDefinition').catch((error: unknown) => {
        if (error instanceof CrmRefusedError) return null;
        throw error;
      });
      return trackedRow.safeParse(found?.records[0]).data?.IsFieldHistoryTracked ?? null;
    },

    async query(schema, soql, about) {
      const rows = z.array(schema).safeParse(await all(soql, about));
      if (!rows.success) throw new CrmRefusedError(missingObject(about));
      return rows.data;
    },
  };
}

/** Keeps answers for a while: nobody has to restart the bot when the run-as user may see more. What was refused is asked again at once. */
function createMemory<Answer>(clock: Clock, ask: (name: string) => Promise<Answer>) {
  const known = new Map<string, { until: EpochMs; answer: Promise<Answer> }>();
  const forget = (name: string): void => void known.delete(name);
  return {
    forget,
    ask(name: string): Promise<Answer> {
      const before = known.get(name);
      if (before !== undefined && clock.now() < before.until) return before.answer;
      const answer = ask(name);
      known.set(name, { until: clock.now() + knownForMs, answer });
      answer.catch(() => forget(name));
      return answer;
    },
  };
}

function sortOut<Name extends RowName>(name: Name, found: unknown[]): Found<Name> {
  const rows: Row<Name>[] = [];
  const refused: { where: string; why: string }[] = [];
  for (const one of found) {
    const read = rowOf[name].safeParse(one);
    if (read.success) rows.push(read.data as Row<Name>);
    else {
      const [issue] = read.error.issues;
      refused.push({ where: `${name} ${placeRow.safeParse(one).data?.Id ?? ''}`.trim(), why: `${issue?.path.join('.')}: ${issue?.message}` });
    }
  }
  const last = placeRow.safeParse(found.at(-1)).data;
  const at = timeOf(last?.SystemModstamp);
  return { rows, refused, length: found.length, last: last === undefined || at === null ? null : { at, id: last.Id } };
}

const isOneOf = (field: string, ids: readonly string[]): string => `${field} IN (${ids.map(quoted).join(', ')})`;
const whereOf = (conditions: readonly string[]): string => (conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`);
/** What has changed lately is less than everything. */
const remembered = (name: RowName, filter: readonly string[]): string => `${name} with ${filter.length} filters`;
const within = (span: Span | null): string[] =>
  span === null ? [] : [`SystemModstamp >= ${instant(span.from)}`, ...(span.until === null ? [] : [`SystemModstamp < ${instant(span.until)}`])];

/** SOQL writes instants without quotes. */
export const instant = (at: EpochMs): string => new Date(at).toISOString();
const quoted = (id: string): string => `'${id.replace(/[\\']/g, '\\$&')}'`;

/** `Owner.Email` hangs on the field `OwnerId`, `RecordType.DeveloperName` on `RecordTypeId`. */
const fieldOf = (column: string): string => (column.includes('.') ? `${column.split('.', 1)[0]}Id` : column);
