import { onTestFinished } from 'vitest';
import { createCaller } from '../../../../src/adapters/crm/salesforce/call-salesforce.ts';
import { createChangeStream } from '../../../../src/adapters/crm/salesforce/change-stream.ts';
import { createSalesforceApi } from '../../../../src/adapters/crm/salesforce/salesforce-api.ts';
import { createSalesforceHistory } from '../../../../src/adapters/crm/salesforce/salesforce-history.ts';
import { createSalesforceSource } from '../../../../src/adapters/crm/salesforce/salesforce-source.ts';
import type { HistoryPage } from '../../../../src/app/crm.ts';
import type { Signal } from '../../../../src/core/journey/signal.ts';
import { startSalesforce } from '../../../salesforce/start-salesforce.ts';
import { createQuietLogger } from '../../http/quiet-logger.ts';
import { openDoor } from '../door-at-hand.ts';
import { recordsOf } from '../records-of.ts';

/** A working afternoon: time moves when the test says so. */
export const monday = Date.parse('2026-06-01T12:00:00Z');

export const secret = 'a-long-word-of-our-own';

/** Salesforce and the bot's door, joined over real HTTP. `aheadMs`: by how much the bot's clock is. */
export async function joinSalesforce({
  withApi = true,
  withDoor = true,
  withRecordTypes = false,
  pageSize = 500,
  concurrency = 4,
  timeoutMs = 5_000,
  queryTimeoutMs = 5_000,
  aheadMs = 0,
} = {}) {
  let time = monday;
  const now = (): number => time;
  const salesforce = await startSalesforce({ now: () => now() - aheadMs, withRecordTypes });
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
    queryTimeoutMs,
    concurrency,
    stopping: stopping.signal,
  });
  const api = createSalesforceApi(call, { now });
  const source = createSalesforceSource({
    door: withDoor ? { secret, organizationId: salesforce.organizationId } : null,
    api: withApi ? api : null,
    clock: { now },
    logger,
    onIgnored: (kind) => ignored.push(kind),
  });
  const history = createSalesforceHistory({ api, clock: { now }, organizationId: salesforce.organizationId, pageSize });
  const stream = createChangeStream({ call, clock: { now }, logger, firstWaitMs: 5 });

  const inbox = await openDoor({ source, now, logger });
  const { url, signals, process } = inbox;
  const door = `${url}/webhooks/salesforce/${secret}`;

  return {
    ...inbox,
    salesforce,
    api,
    source,
    history,
    stream,
    door,
    ignored,
    stopping,
    logger,
    now,
    tick(ms: number): void {
      time += ms;
    },
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
    records: (of: Signal[] = signals) => recordsOf(of),
    async close(): Promise<void> {
      stopping.abort();
      await inbox.close();
      await salesforce.close();
    },
  };
}

export type Joined = Awaited<ReturnType<typeof joinSalesforce>>;

/** One that ends with the test. */
export async function salesforceOfTest(options?: Parameters<typeof joinSalesforce>[0]): Promise<Joined> {
  const joined = await joinSalesforce(options);
  onTestFinished(() => joined.close());
  return joined;
}

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
