import type { ColumnKit } from './sqlite/columns.ts';
import { inputTables } from './tables/input-tables.ts';
import { journeyTables } from './tables/journey-tables.ts';
import { memoryTables } from './tables/memory-tables.ts';
import { outputTables } from './tables/output-tables.ts';
import { recordTables } from './tables/record-tables.ts';

/** Every table, once, against a column kit. Partial indexes name their state as a literal, or SQLite would not use them. */
export const defineSchema = (kit: ColumnKit) => ({
  ...inputTables(kit),
  ...recordTables(kit),
  ...journeyTables(kit),
  ...outputTables(kit),
  ...memoryTables(kit),
});

/** The tables as queries see them, in SQLite's types. */
export type Tables = ReturnType<typeof defineSchema>;
