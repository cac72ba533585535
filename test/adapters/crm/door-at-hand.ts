import { createHttpServer } from '../../../src/adapters/http.ts';
import { createMetrics } from '../../../src/adapters/metrics.ts';
import type { CrmSource } from '../../../src/app/crm-source.ts';
import type { InboxEntry, InboxRow, Logger } from '../../../src/app/ports.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';

type DoorDependencies = { source: CrmSource; now(): number; logger: Logger };

/** The bot's door for one CRM, over real HTTP; the inbox behind it is an array, and `process` is what ingest does with it. */
export async function openDoor({ source, now, logger }: DoorDependencies) {
  const keys = new Set<string>();
  let pending: (InboxRow & { dueAt: number })[] = [];
  let isBroken = false;
  const dead: { row: InboxRow; error: string }[] = [];
  const signals: Signal[] = [];

  function accept(entries: InboxEntry[]): { fresh: number } {
    if (isBroken) throw new Error('the disk is full');
    const fresh = entries.filter(({ key }) => !keys.has(key));
    for (const entry of fresh) {
      keys.add(entry.key);
      pending.push({ id: keys.size, source: source.source, ...entry, receivedAt: now(), attempts: 0, dueAt: now() });
    }
    return { fresh: fresh.length };
  }
  const server = createHttpServer({
    sources: source.closed === true ? [] : [source],
    store: { accept: async (_from, entries) => accept(entries) },
    clock: { now },
    logger,
    metrics: createMetrics({ now }),
    health: async () => ({ ready: true, checks: {} }),
  });
  const { url } = await server.listen({ host: '127.0.0.1', port: 0 });

  return {
    url,
    keys,
    dead,
    signals,
    accept,
    pending: () => pending,
    waiting: () => pending.length,
    /** The bot cannot take anything: 503. */
    breakDoor(broken: boolean): void {
      isBroken = broken;
    },
    async process(): Promise<void> {
      const due = pending.filter((row) => row.dueAt <= now());
      pending = pending.filter((row) => row.dueAt > now());
      const outcomes = await source.parse(due, now());
      for (const [index, outcome] of outcomes.entries()) {
        const row = due[index];
        if (row === undefined) throw new Error('an outcome without its row');
        if (outcome.kind === 'signals') signals.push(...outcome.signals);
        if (outcome.kind === 'dead') dead.push({ row, error: outcome.error });
        if (outcome.kind === 'later') pending.push({ ...row, attempts: row.attempts + 1, dueAt: outcome.retryAt });
      }
    },
    ofType: <Type extends Signal['type']>(type: Type) => signals.filter((signal): signal is Extract<Signal, { type: Type }> => signal.type === type),
    close: () => server.close(),
  };
}
