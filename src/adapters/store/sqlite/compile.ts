import type Sqlite from 'better-sqlite3';
import type { RowsBuilder, Values, WriteBuilder } from '../query.ts';

/**
 * Drizzle's own prepared statements look up again at every run what a parameter and a column are, which costs as much as SQLite's answer. Here
 * that is found out once. What is not a flat selection of columns is left to drizzle.
 */
export function compileRows<Row>(client: Sqlite.Database, builder: RowsBuilder<Row>): (values: Values) => Row[] {
  const columns = columnsOf(builder);
  if (columns === null) {
    const prepared = builder.prepare();
    return (values) => prepared.all(values);
  }
  const { statement, fill } = compile(client, builder);
  const rowsOf = statement.raw();
  return (values) => {
    const rows = rowsOf.all(...fill(values)) as unknown[][];
    return rows.map((row) => {
      const result: Record<string, unknown> = {};
      for (let index = 0; index < columns.length; index++) {
        const { name, decode } = columns[index] as CompiledColumn;
        const value = row[index];
        result[name] = value === null || decode === null ? value : decode(value);
      }
      return result as Row;
    });
  };
}

export function compileWrite(client: Sqlite.Database, builder: WriteBuilder): (values: Values) => number {
  const { statement, fill } = compile(client, builder);
  return (values) => statement.run(...fill(values)).changes;
}
