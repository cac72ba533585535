import type Sqlite from 'better-sqlite3';
import { Column, is, Param, Placeholder, SQL } from '../drizzle.ts';
import type { RowsBuilder, Values, WriteBuilder } from '../query.ts';
import { withOnePlan } from './one-plan.ts';

/**
 * Drizzle's prepared queries find out anew at every run which parameters are to be filled in and how each column is read, which on the hot
 * paths took as long as a quarter of everything. Here it is found out once. It relies on what drizzle's prepared query holds inside; the
 * contract suite would tell if that changed.
 */
type Drizzled = { stmt: Sqlite.Statement; query: { sql: string; params: unknown[] }; fields?: { path: string[]; field: unknown }[] };

/** A query that answers with rows. */
export const preparedRows = <Row>(builder: RowsBuilder<Row>): ((values: Values) => Row[]) => whenAsked(() => rowsOf(builder));

/** A query that writes, and answers with how many rows it touched. */
export const preparedWrite = (builder: WriteBuilder): ((values: Values) => number) => whenAsked(() => touchedBy(builder));

/**
 * There are more than two hundred queries, and a bot that starts asks few of them: to prepare all took a tenth of a second. What a query was built of is let go
 * once it is prepared.
 */
function whenAsked<Result>(prepare: () => (values: Values) => Result): (values: Values) => Result {
  let prepareOnce: typeof prepare | null = prepare;
  let run: ((values: Values) => Result) | null = null;
  return (values) => {
    if (prepareOnce !== null) run = prepareOnce();
    prepareOnce = null;
    return (run as (values: Values) => Result)(values);
  };
}

function rowsOf<Row>(builder: RowsBuilder<Row>): (values: Values) => Row[] {
  const drizzled = builder.prepare();
  const { stmt, fill, fields } = prepared(drizzled);
  // Nested rows are for people's questions, not for the thousands: drizzle's own way will do.
  if (fields === undefined || fields.some(({ path }) => path.length > 1)) return (values) => drizzled.all(values);
  const columns = fields.map(({ path: [name = ''], field }) => ({ name, decode: decoderOf(field) }));
  const rowOf = (raw: unknown[]): Row => {
    const row: Record<string, unknown> = {};
    let index = 0;
    for (const { name, decode } of columns) {
      const value = raw[index++];
      row[name] = value === null || decode === null ? value : decode(value);
    }
    return row as Row;
  };
  stmt.raw();
  return (values) => (stmt.all(...fill(values)) as unknown[][]).map(rowOf);
}

function touchedBy(builder: WriteBuilder): (values: Values) => number {
  const { stmt, fill } = prepared(builder.prepare());
  return (values) => stmt.run(...fill(values)).changes;
}

function prepared(drizzled: unknown): { stmt: Sqlite.Statement; fill(values: Values): unknown[]; fields: Drizzled['fields'] } {
  const { stmt, query, fields } = drizzled as Drizzled;
  const { sql, params } = withOnePlan(query);
  return { stmt: stmt.database.prepare(sql), fill: fillerOf(params), fields };
}

/** How a column's value is read; null: as it is. */
function decoderOf(field: unknown): ((value: unknown) => unknown) | null {
  if (is(field, Column)) return field.mapFromDriverValue === Column.prototype.mapFromDriverValue ? null : (value) => field.mapFromDriverValue(value);
  if (!is(field, SQL)) throw new TypeError('a query selects something that is neither a column nor SQL');
  const { decoder } = field as unknown as { decoder: { mapFromDriverValue(value: unknown): unknown } };
  return (value) => decoder.mapFromDriverValue(value);
}

/** Fills in placeholders, by themselves or encoded by a column, beside values that stay. */
function fillerOf(params: unknown[]): (values: Values) => unknown[] {
  const takers = params.map((param): ((values: Values) => unknown) => {
    if (is(param, Placeholder)) return (values) => values[param.name];
    if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
    const { encoder } = param;
    const { name } = param.value;
    return (values) => encoder.mapToDriverValue(values[name]);
  });
  return (values) => takers.map((take) => take(values));
}
