import type { Change } from '../core/change.ts';
import type { JourneyRecord } from '../core/journey/record.ts';
import { type Source, sourceNames } from '../core/journey/signal.ts';
import type { EpochMs } from '../core/time.ts';
import type { News } from './news-of.ts';
import type { Neighbourhood } from './ports.ts';
import type { Missed } from './reconcile-state.ts';

type About = {
  source: Source;
  /** What is older was not asked for: it merely came along. */
  since: EpochMs;
  /** What is younger may still be told. */
  until: EpochMs;
  /** Everything was imported once: a record that is new to us is new in the CRM. */
  whole: boolean;
  /** What was known before. */
  around: Pick<Neighbourhood, 'journeys' | 'aliases'>;
  at: EpochMs;
  newId(): string;
};

/** What an audit calls a change that a CRM had not told. */
export const fetched = 'fetched';

/** What a CRM should have told by itself, counted by kind; and a note at each journey that it concerns. */
export function missedIn({ signals, records }: News, { source, since, until, whole, around, at, newId }: About): { missed: Missed; audit: Change[] } {
  const missed: Missed = {};
  const journeys = new Map<string, number>();
  const count = (kind: keyof Missed, concerned: string[]): void => {
    missed[kind] = (missed[kind] ?? 0) + 1;
    for (const id of concerned) journeys.set(id, (journeys.get(id) ?? 0) + 1);
  };
  for (const { record, before, saidAt } of records) {
    if (saidAt > until || (before === null && !(whole && record.firstSeenAt >= since))) continue;
    count(record.kind, journeysOf(record, around));
  }
  for (const signal of signals) {
    if (signal.type !== 'touchpoint.recorded' || signal.occurredAt > until || signal.occurredAt < since) continue;
    const { dealId, accountId } = signal.touchpoint;
    count('touchpoint', dealId != null ? [`deal:${dealId}`] : accountId != null ? ofAccount(accountId, around) : []);
  }
  const audit = [...journeys].map(([journeyId, number]): Change => {
    const why = `${number === 1 ? 'a change' : `${number} changes`} that ${sourceNames[source]} had not told`;
    return { kind: 'audit.add', entry: { id: newId(), at, journeyId, alertId: null, who: 'bot', what: fetched, why } };
  });
  return { missed, audit };
}

/** Of an account its deals are not named here: what changed is the account, which has journeys of its own after the sale. */
function journeysOf(record: JourneyRecord, around: About['around']): string[] {
  switch (record.kind) {
    case 'deal':
      return [`deal:${record.id}`];
    case 'person':
      return (record.dealIds?.value ?? []).map((id) => `deal:${id}`);
    case 'account':
      return ofAccount(record.id, around);
  }
}

function ofAccount(accountId: string, { journeys, aliases }: About['around']): string[] {
  const now = aliases.get(`account:${accountId}`) ?? accountId;
  return [...journeys.values()].flatMap((row) => (row.kind === 'account' && row.accountId === now ? row.id : []));
}
