import type { CrmCatalogue, CrmHistory, HistoryPage, Mention } from '../../src/app/crm.ts';
import type { Signal, Source } from '../../src/core/journey/signal.ts';
import type { EpochMs } from '../../src/core/time.ts';
import { at } from '../core/builders.ts';

/** One object of a CRM: when it was last changed, and what it says as signals. */
export type CrmObject = { changedAt: EpochMs; signals: Signal[]; refused?: { where: string; why: string }; mentions?: Mention };

export type FakeHistory = CrmHistory & {
  objects: CrmObject[];
  /** What pages throw instead of coming, once each, by their number. */
  failAt: Map<number, Error>;
  /** Each page that was given: from where it was asked, and which objects were in it. */
  given: { since: EpochMs | null; from: number; to: number }[];
};

type FakeHistoryOptions = { source?: Source; rowsAPage?: number; catalogue?: Partial<CrmCatalogue>; onPage?(page: number): void };

/** A CRM's memory as the real ones behave: pages, a cursor, changes since, refusals and outages. */
export function aFakeHistory(
  objects: CrmObject[],
  { source = 'hubspot', rowsAPage = 2, catalogue = {}, onPage = () => undefined }: FakeHistoryOptions = {},
): FakeHistory {
  const history: FakeHistory = {
    source,
    objects,
    failAt: new Map(),
    given: [],
    async *pages({ since, cursor }, stopping) {
      const wanted = history.objects.filter(({ changedAt }) => since === null || changedAt >= since);
      for (let from = Number(cursor ?? 0); from === 0 || from < wanted.length; from += rowsAPage) {
        onPage(from / rowsAPage);
        stopping.throwIfAborted();
        const failure = history.failAt.get(from / rowsAPage);
        history.failAt.delete(from / rowsAPage);
        if (failure !== undefined) throw failure;
        const rows = wanted.slice(from, from + rowsAPage);
        history.given.push({ since, from, to: from + rows.length });
        yield {
          signals: rows.flatMap(({ signals }) => signals.map((signal) => ({ ...signal, source }))),
          rows: rows.length,
          total: wanted.length,
          refused: rows.flatMap(({ refused }) => refused ?? []),
          mentions: new Map(
            rows.flatMap(({ signals, mentions }) => (mentions === undefined ? [] : signals.map(({ id }) => [id, mentions] as const))),
          ),
          cursor: from + rowsAPage < wanted.length ? String(from + rowsAPage) : null,
        } satisfies HistoryPage;
      }
    },
    catalogue: async () => ({ pipelines: [], owners: [], roles: [], ...catalogue }),
    probe: async () => [],
  };
  return history;
}

export const anObject = (changedAt: string | EpochMs, ...signals: Signal[]): CrmObject => ({
  changedAt: typeof changedAt === 'number' ? changedAt : at(changedAt),
  signals,
});
