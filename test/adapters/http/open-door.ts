import { createHttpServer, type HttpServerDeps } from '../../../src/adapters/http.ts';
import { createMetrics } from '../../../src/adapters/metrics.ts';
import type { CrmSource } from '../../../src/app/crm-source.ts';
import type { InboxRow, Store } from '../../../src/app/ports.ts';
import type { Source } from '../../../src/core/journey/signal.ts';
import { createQuietLogger } from './quiet-logger.ts';

/** The real server on a free port, with an inbox in memory that can be told to fail or to wait. */
export async function openDoor(sources: CrmSource[], given: Partial<HttpServerDeps> & { now?: () => number } = {}) {
  const { now = Date.now, ...deps } = given;
  const logger = createQuietLogger();
  const rows: InboxRow[] = [];
  const accepted: Source[] = [];
  const inbox: Pick<Store, 'accept'> = {
    async accept(source, entries, at, onFresh) {
      const fresh = entries.filter(({ key }) => !rows.some((row) => row.key === key && row.source === source));
      for (const entry of fresh) rows.push({ id: rows.length + 1, source, ...entry, receivedAt: at, attempts: 0 });
      if (fresh.length > 0) onFresh?.();
      return { fresh: fresh.length };
    },
  };
  const metrics = createMetrics({ now });
  const server = createHttpServer({
    sources,
    store: { accept: (...given) => inbox.accept(...given) },
    clock: { now },
    logger,
    metrics,
    health: async () => ({ ready: true, checks: { store: { ok: true } } }),
    onAccepted: (source) => accepted.push(source),
    ...deps,
  });
  const { url, port } = await server.listen({ host: '127.0.0.1', port: 0 });
  return { server, url, port, rows, accepted, inbox, metrics, lines: logger.lines, close: () => server.close() };
}
