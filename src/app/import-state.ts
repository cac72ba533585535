import { type RecordKind, type Source, sources } from '../core/journey/signal.ts';
import { type EpochMs, minuteMs } from '../core/time.ts';
import type { HistoryPage } from './crm.ts';
import type { Store } from './ports.ts';
import { noStrays, type Strays } from './strays.ts';

/** Where the import of a source stands: kept with every slice, so that one that was cut off goes on. */
export type ImportState = {
  /** What is being imported, with all that changes it. Another one begins anew. */
  order: string;
  since: EpochMs | null;
  startedAt: EpochMs;
  /** After the last page that is in whole. */
  cursor: string | null;
  tally: ImportTally;
  /** How many signals of the page after the cursor are in already, and counted: whoever goes on reads it anew. */
  ofPage?: number;
  /** Until then it counts as under way, though nothing more is heard of it. */
  aliveUntil: EpochMs;
  finishedAt: EpochMs | null;
  /** How many pages had rows that were refused: each is kept under a key of its own. */
  refusedPages?: number;
};

/** `known`: signals that said nothing new. `changed`: once for each time that a record's values changed. */
export type ImportTally = {
  rows: number;
  refused: number;
  signals: number;
  known: number;
  created: Record<RecordKind, number>;
  changed: Record<RecordKind, number>;
  touchpoints: number;
  moves: number;
  /** Not there in one that was begun before these were counted. */
  strays?: Strays;
};

export const noTally: ImportTally = {
  rows: 0,
  refused: 0,
  signals: 0,
  known: 0,
  created: { account: 0, deal: 0, person: 0 },
  changed: { account: 0, deal: 0, person: 0 },
  touchpoints: 0,
  moves: 0,
  strays: noStrays,
};

/** From a sign of life on: as long as a slow CRM takes for a page, and a person to start it again. */
export const aliveForMs = 2 * minuteMs;

export const importKey = (source: Source): string => `import:${source}`;

/** The rows of a page that were refused, kept together with the page until the import has finished. */
export const refusedKey = (source: Source, page: number): string => `${importKey(source)}:refused:${page}`;

/** What was refused of the pages that are in, page by page. */
export async function* refusedOf(
  store: Pick<Store, 'meta'>,
  source: Source,
  { refusedPages = 0 }: ImportState,
): AsyncGenerator<HistoryPage['refused']> {
  for (let page = 0; page < refusedPages; page += 1) {
    const text = await store.meta(refusedKey(source, page));
    if (text !== null) yield JSON.parse(text) as HistoryPage['refused'];
  }
}

/** When the newest import of everything that finished had begun. */
export const importedKey = (source: Source): string => `imported:${source}`;

export async function importOf(store: Pick<Store, 'meta'>, source: Source): Promise<ImportState | null> {
  const text = await store.meta(importKey(source));
  return text === null ? null : (JSON.parse(text) as ImportState);
}

/** Whether history is being imported: what it brings to light is not said before all of it is in. */
export async function isImporting(store: Pick<Store, 'meta'>, now: EpochMs, among: readonly Source[] = sources): Promise<boolean> {
  for (const source of among) {
    const state = await importOf(store, source);
    if (state !== null && state.finishedAt === null && state.aliveUntil > now) return true;
  }
  return false;
}
