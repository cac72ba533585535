import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { Signal } from '../core/journey/signal.ts';
import type { EpochMs } from '../core/time.ts';
import type { CrmHistory, HistoryPage } from './crm.ts';
import { CrmAwayError } from './errors.ts';
import { mentionedDeals, noStrays, type Strays, withStrays } from './strays.ts';
import { createUnmapped, type Unmapped } from './unmapped.ts';

/** What an import would bring, and what of it journey.yml does not know. */
export type ImportPreview = {
  rows: number;
  refused: number;
  accounts: number;
  deals: number;
  people: number;
  touchpoints: number;
  moves: number;
  strays: Strays;
  unmapped: Unmapped;
};

type PreviewDependencies = {
  history: CrmHistory;
  config: JourneyConfig;
  /** Those of these deals that somebody has told of. */
  knownDeals(ids: string[]): Promise<ReadonlySet<string>>;
  /** Resolves at that instant, or when `stopping` is. */
  waitUntil(at: EpochMs, stopping: AbortSignal): Promise<void>;
};

type PreviewWatch = {
  since: EpochMs | null;
  stopping: AbortSignal;
  onPage?(page: HistoryPage, rowsSoFar: number): Promise<void> | void;
  onAway?(until: EpochMs, why: string): void;
};

/**
 * Reads all that an import would read, and writes nothing. Of what it has seen it keeps the ids. What is stopped early is told as far as it came.
 * @throws CrmRefusedError
 */
export async function previewImport({ history, config, knownDeals, waitUntil }: PreviewDependencies, watch: PreviewWatch): Promise<ImportPreview> {
  const { since, stopping, onPage, onAway } = watch;
  const unmapped = createUnmapped(config, history.source);
  const accounts = new Set<string>();
  const people = new Set<string>();
  const counted = { rows: 0, refused: 0, touchpoints: 0, moves: 0, strays: noStrays };
  const isKnown = new Map<string, boolean>();
  let cursor: string | null = null;
  let isEnd = false;
  while (!isEnd && !stopping.aborted) {
    try {
      for await (const page of history.pages({ since, cursor }, stopping)) {
        await takeIn(page);
        if (stopping.aborted) break;
      }
      isEnd = true;
    } catch (error) {
      if (stopping.aborted) break;
      if (!(error instanceof CrmAwayError)) throw error;
      onAway?.(error.retryAt, error.message);
      await waitUntil(error.retryAt, stopping);
    }
  }
  return { ...counted, accounts: accounts.size, deals: unmapped.deals(), people: people.size, unmapped: unmapped.found() };

  async function takeIn(page: HistoryPage): Promise<void> {
    counted.rows += page.rows;
    counted.refused += page.refused.length;
    for (const signal of page.signals) count(signal);
    unmapped.note(page.signals);
    await lookUp(page);
    counted.strays = withStrays(counted.strays, page.signals, page, (id) => isKnown.get(id) ?? false);
    cursor = page.cursor;
    await onPage?.(page, counted.rows);
  }

  async function lookUp(page: HistoryPage): Promise<void> {
    const ids = [...mentionedDeals(page.signals, page)].filter((id) => !isKnown.has(id));
    if (ids.length === 0) return;
    const known = await knownDeals(ids);
    for (const id of ids) isKnown.set(id, known.has(id));
  }

  function count(signal: Signal): void {
    if (signal.type === 'account.upserted') accounts.add(signal.account.id);
    if (signal.type === 'person.upserted') people.add(signal.person.id);
    if (signal.type === 'touchpoint.recorded') counted.touchpoints += 1;
    if (signal.type === 'stage.entered') counted.moves += 1;
  }
}
