import { type Change, newDelivery } from '../core/change.ts';
import { type AccountRecord, type DealRecord, isAlive, type PersonRecord } from '../core/journey/record.ts';
import { urlTerm } from '../core/journey/search-terms.ts';
import { recordKinds } from '../core/journey/signal.ts';
import type { LinkSummary } from '../core/summary.ts';
import type { ReadLink } from './crm.ts';
import type { Clock, RecordRef, Store } from './ports.ts';
import type { Answers, Links } from './use-cases.ts';

type LinkDependencies = {
  store: Pick<Store, 'loadNeighbourhood' | 'findByTerm' | 'commit'>;
  /** Of the CRMs that are configured. */
  readers: readonly ReadLink[];
  answers: Pick<Answers, 'accountById' | 'dealById'>;
  clock: Clock;
  newId(): string;
};

type AnyRecord = AccountRecord | DealRecord | PersonRecord;
type Known = { record: AnyRecord; accountId: string | null; dealId: string | null };

/** What a link that somebody pasted shows: the account of the record, by its CRM's way of making addresses or by the address that the record carries. */
export function createLinks({ store, readers, answers, clock, newId }: LinkDependencies): Links {
  return {
    async summary(text) {
      // Slack escapes what stands in a message.
      const address = text.replaceAll('&amp;', '&');
      if (!URL.canParse(address)) return null;
      const known = (await byReading(new URL(address))) ?? (await byAddress(address));
      return known === null ? null : summaryOf(known);
    },
    async noteShown({ channelId, ts }, shown) {
      const now = clock.now();
      const id = newId();
      const changes: Change[] = [
        newDelivery({ id, channel: channelId, message: { kind: 'links', urls: [...shown.keys()], ...wordsOf([...shown.values()]) }, now }),
        { kind: 'delivery.sent', id, receipt: { channelId, ts, at: now } },
      ];
      await store.commit(changes);
    },
  };

  async function byReading(url: URL): Promise<Known | null> {
    for (const read of readers) {
      const link = read(url);
      if (link === null) continue;
      const known = await load(link);
      if (known === null || !isOfPlace(known.record, read, link.place)) return null;
      return known;
    }
    return null;
  }

  /** The very address, with a slash at its end or without. */
  async function byAddress(address: string): Promise<Known | null> {
    const bare = address.replace(/\/$/, '');
    for (const term of [urlTerm(bare), urlTerm(`${bare}/`)]) {
      for (const kind of term === null ? [] : recordKinds) {
        const [found] = await store.findByTerm(kind, term ?? '', 1);
        if (found !== undefined) return load({ kind, id: found.id });
      }
    }
    return null;
  }

  /** Null for what is not known, deleted or erased. */
  async function load({ kind, id }: RecordRef): Promise<Known | null> {
    const { accounts, deals, people, aliases } = await store.loadNeighbourhood([{ kind, id }]);
    const now = aliases.get(`${kind}:${id}`) ?? id;
    const record = (kind === 'account' ? accounts : kind === 'deal' ? deals : people).get(now)?.record;
    // Others may have named it before the CRM has told of it.
    if (record === undefined || record.source === undefined || !isAlive(record)) return null;
    const named = record.kind === 'account' ? record.id : record.accountId?.value;
    const account = named == null ? undefined : accounts.get(aliases.get(`account:${named}`) ?? named)?.record;
    return { record, accountId: account !== undefined && isAlive(account) ? account.id : null, dealId: record.kind === 'deal' ? record.id : null };
  }

  async function summaryOf({ accountId, dealId, record }: Known): Promise<LinkSummary | null> {
    const account = accountId === null ? null : await answers.accountById(accountId);
    if (account !== null) {
      const journeys = account.journeys.toSorted((a, b) => Number(isOf(b.journeyId, dealId)) - Number(isOf(a.journeyId, dealId)));
      return { account: account.account, mute: account.mute, journeys };
    }
    const deal = dealId === null ? null : await answers.dealById(dealId);
    if (deal === null || record.kind !== 'deal') return null;
    return { account: null, mute: null, journeys: [deal.journey] };
  }
}

/** All that a preview says and that may name somebody. */
function wordsOf(shown: readonly LinkSummary[]): { names: { name: string }[]; texts: string[] } {
  const journeys = shown.flatMap((summary) => summary.journeys);
  const names = [...shown.flatMap(({ account }) => account?.name ?? []), ...journeys.map(({ name }) => name)];
  const texts = [
    ...shown.flatMap(({ mute }) => mute?.reason ?? []),
    ...journeys.flatMap(({ nextStep, alerts }) => [...(nextStep === null ? [] : [nextStep.title]), ...alerts.map(({ headline }) => headline)]),
  ];
  return { names: [...new Set(names)].map((name) => ({ name })), texts: [...new Set(texts)] };
}

const isOf = (journeyId: string, dealId: string | null): boolean => dealId !== null && journeyId === `deal:${dealId}`;

/** Where the record's own address says whose CRM it is in, the link must say the same. */
function isOfPlace({ url }: AnyRecord, read: ReadLink, place: string | null): boolean {
  const own = url?.value != null && URL.canParse(url.value) ? read(new URL(url.value))?.place : null;
  return own == null || place === null || own === place;
}
