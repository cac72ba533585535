import { join } from 'node:path';
import { createCsvHistory } from '../../../../src/adapters/crm/csv/csv-history.ts';
import { type CsvMappingInput, csvMappingSchema } from '../../../../src/adapters/crm/csv/csv-mapping.ts';
import type { CrmHistory, HistoryPage } from '../../../../src/app/crm.ts';
import type { Signal, SignalType } from '../../../../src/core/journey/signal.ts';

export const now = Date.UTC(2026, 9, 1, 12);

export const fixture = (name: string): string => join(import.meta.dirname, '../../../fixtures/csv', name);

/** A file as a history, read on the first of October 2026 in Berlin. */
export const historyOf = (file: string, mapping: CsvMappingInput = {}, pageSignals = 2_000): CrmHistory =>
  createCsvHistory({ file, mapping: csvMappingSchema.parse(mapping), timezone: 'Europe/Berlin', clock: { now: () => now }, pageSignals });

export async function pagesOf(history: CrmHistory, cursor: string | null = null): Promise<HistoryPage[]> {
  const pages: HistoryPage[] = [];
  for await (const page of history.pages({ since: null, cursor }, new AbortController().signal)) pages.push(page);
  return pages;
}

export type Told = { signals: Signal[]; refused: HistoryPage['refused']; rows: number; total: number | null };

export async function toldOf(history: CrmHistory, cursor: string | null = null): Promise<Told> {
  const pages = await pagesOf(history, cursor);
  return {
    signals: pages.flatMap(({ signals }) => signals),
    refused: pages.flatMap(({ refused }) => refused),
    rows: pages.reduce((sum, { rows }) => sum + rows, 0),
    total: pages[0]?.total ?? null,
  };
}

/** Fixtures say when they were exported; a checkout does not keep the times of files. */
export const told = (name: string, mapping: CsvMappingInput = {}): Promise<Told> =>
  toldOf(historyOf(fixture(name), { as_of: '2026-09-25', ...mapping }));

export const ofType = <Type extends SignalType>({ signals }: Told, type: Type): Extract<Signal, { type: Type }>[] =>
  signals.filter((signal): signal is Extract<Signal, { type: Type }> => signal.type === type);

/** What a signal says, without its id: time and content. */
export const iso = (at: number): string => new Date(at).toISOString().slice(0, 16);
