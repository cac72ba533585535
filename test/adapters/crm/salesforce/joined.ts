import { createCaller } from '../../../../src/adapters/crm/salesforce/call-salesforce.ts';
import { createChangeStream } from '../../../../src/adapters/crm/salesforce/change-stream.ts';
import { createSalesforceApi } from '../../../../src/adapters/crm/salesforce/salesforce-api.ts';
import { createSalesforceHistory } from '../../../../src/adapters/crm/salesforce/salesforce-history.ts';
import { createSalesforceSource } from '../../../../src/adapters/crm/salesforce/salesforce-source.ts';
import { createHttpServer } from '../../../../src/adapters/http.ts';
import { createMetrics } from '../../../../src/adapters/metrics.ts';
import type { HistoryPage } from '../../../../src/app/crm.ts';
import type { InboxEntry, InboxRow } from '../../../../src/app/ports.ts';
import type { Signal } from '../../../../src/core/journey/signal.ts';
import { startSalesforce } from '../../../salesforce/start-salesforce.ts';
import { createQuietLogger } from '../../http/quiet-logger.ts';
import { recordsOf } from '../hubspot/joined.ts';

/** A working afternoon: time moves when the test says so. */
export const monday = Date.parse('2026-06-01T12:00:00Z');

export const secret = 'a-long-word-of-our-own';

/** Salesforce and the bot's door, joined over real HTTP; the inbox is an array, and `process` is what ingest does with it. */
export async function joinSalesforce({
  withApi = true,
  withDoor = true,
  withRecordTypes = false,
  pageSize = 500,
  concurrency = 4,
  timeoutMs = 5_000,
} = {}) {
  let time = monday;
  const now = (): number => time;
  const salesforce = await startSalesforce({ now, withRecordTypes });
  const stopping = new AbortController();
  const logger = createQuietLogger();
  const ignored: string[] = [];
  const call = createCaller({
    loginUrl: salesforce.url,
    clientId: salesforce.clientId,
    clientSecret: salesforce.clientSecret,
    clock: { now },
    logger,
    timeoutMs,
    concurrency,
    stopping: stopping.signal,
  });
  const api = createSalesforceApi(call);
  const source = createSalesforceSource({
    door: withDoor ? { secret, organizationId: salesforce.organizationId } : null,
    api: withApi ? api : null,
    logger,
    onIgnored: (kind) => ignored.push(kind),
  });
  const history = createSalesforceHistory({ api, clock: { now }, organizationId: salesforce.organizationId, pageSize });
  const stream = createChangeStream({ call, clock: { now }, logger, firstWaitMs: 5 });

  const keys = new Set<string>();
  let pending: (InboxRow & { dueAt: number })[] = [];
  let isStoreDown = false;
  const dead: { row: InboxRow; error: string }[] = [];
  const signals: Signal[] = [];
  const accept = (entries: InboxEntry[]): { fresh: number } => {
    if (isStoreDown) throw new Error('the disk is full');
    const fresh = entries.filter(({ key }) => !keys.has(key));
    for (const entry of fresh) {
      keys.add(entry.key);
      pending.push({ id: keys.size, source: 'salesforce', ...entry, receivedAt: time, attempts: 0, dueAt: time });
    }
    return { fresh: fresh.length };
  };
  const server = createHttpServer({
    sources: [source].filter(({ closed }) => closed !== true),
    store: { accept: async (_from, entries) => accept(entries) },
    clock: { now },
    logger,
    metrics: createMetrics({ now }),
    health: async () => ({ ready: true, checks: {} }),
  });
  const { url } = await server.listen({ host: '127.0.0.1', port: 0 });
  const door = `${url}/webhooks/salesforce/${secret}`;

  async function process(): Promise<void> {
    const due = pending.filter((row) => row.dueAt <= time);
    pending = pending.filter((row) => row.dueAt > time);
    const outcomes = await source.parse(due, time);
    for (const [index, outcome] of outcomes.entries()) {
      const row = due[index];
      if (row === undefined) throw new Error('an outcome without its row');
      if (outcome.kind === 'signals') signals.push(...outcome.signals);
      if (outcome.kind === 'dead') dead.push({ row, error: outcome.error });
      if (outcome.kind === 'later') pending.push({ ...row, attempts: row.attempts + 1, dueAt: outcome.retryAt });
    }
  }

  return {
    salesforce,
    api,
    source,
    history,
    stream,
    url,
    door,
    ignored,
    stopping,
    logger,
    dead,
    signals,
    keys,
    pending: () => pending,
    waiting: () => pending.length,
    accept,
    now,
    tick(ms: number): void {
      time += ms;
    },
    storeDown(is: boolean): void {
      isStoreDown = is;
    },
    process,
    send: (options: Omit<Parameters<typeof salesforce.messages.send>[0], 'to'> = {}) => salesforce.messages.send({ to: door, ...options }),
    /** Sends what Salesforce has to tell, and processes it. Resolves with the answers' codes. */
    async arrive(options: Omit<Parameters<typeof salesforce.messages.send>[0], 'to'> = {}): Promise<number[]> {
      const codes = await salesforce.messages.send({ to: door, ...options });
      await process();
      return codes;
    },
    /** All pages, as an import or a comparison reads them. */
    async pages(since: number | null = null, cursor: string | null = null): Promise<HistoryPage[]> {
      const pages: HistoryPage[] = [];
      for await (const page of history.pages({ since, cursor }, stopping.signal)) pages.push(page);
      return pages;
    },
    ofType: <Type extends Signal['type']>(type: Type) => signals.filter((signal): signal is Extract<Signal, { type: Type }> => signal.type === type),
    records: (of: Signal[] = signals) => recordsOf(of),
    async close(): Promise<void> {
      stopping.abort();
      await server.close();
      await salesforce.close();
    },
  };
}

export type Joined = Awaited<ReturnType<typeof joinSalesforce>>;

/** Acme with its deal, owner, and two people. */
export function acme({ salesforce: { records, users } }: Pick<Joined, 'salesforce'>) {
  const account = records.create('Account', { Name: 'Acme GmbH & Co. <KG>', Website: 'https://www.acme.example/de', OwnerId: users.omar });
  const deal = records.create('Opportunity', {
    Name: 'Acme rollout',
    AccountId: account,
    StageName: 'Prospecting',
    Amount: 48_000,
    CloseDate: '2026-12-15',
    OwnerId: users.dana,
  });
  const priya = records.create('Contact', { FirstName: 'Priya', LastName: 'Nair', Title: 'CFO', Email: 'priya@acme.example', AccountId: account });
  const jo = records.create('Contact', { LastName: 'Jo', Email: 'jo@acme.example', AccountId: account });
  const role = records.create('OpportunityContactRole', { OpportunityId: deal, ContactId: priya, Role: 'Economic Buyer', IsPrimary: true });
  return { account, deal, priya, jo, role };
}
