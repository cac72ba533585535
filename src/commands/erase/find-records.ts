import { isId, to18 } from '../../adapters/crm/salesforce-id.ts';
import type { RecordRef, Store } from '../../app/ports.ts';
import type { JourneyRecord } from '../../core/journey/record.ts';
import { foldText } from '../../core/journey/search-terms.ts';
import { type RecordKind, sources } from '../../core/journey/signal.ts';

const most = 20;

/**
 * By id first (with or without its source in front: `hubspot:123`; Salesforce's of 15 characters, as its reports have them, or of 18), then by e-mail
 * address, then by name; also who was deleted in the CRM, of whom all is known still. Several: a name or an address can be anybody's.
 * `whole`: the very id, address or name; else only a part of it, or another word that it is found by.
 */
export async function findRecords(store: Store, kind: RecordKind, query: string): Promise<{ refs: RecordRef[]; whole: boolean }> {
  const ids = [...new Set([query, ...sources.map((source) => `${source}:${query}`), ...salesforceIds(query)])];
  const known = await Promise.all(ids.map((id) => recordOf(store, { kind, id })));
  const byId = ids.filter((_, index) => known[index] !== null).map((id) => ({ kind, id }));
  if (byId.length > 0) return { refs: byId, whole: true };
  if (kind === 'person' && query.includes('@'))
    return { refs: (await store.peopleWithEmail(query, most, true)).map((id) => ({ kind, id })), whole: true };
  const wanted = foldText(query);
  const found = await store.findByTerm(kind, wanted, most, true);
  const exact = found.filter(({ name }) => foldText(name) === wanted);
  const whole = exact.length > 0;
  return { refs: (whole ? exact : found).map(({ id }) => ({ kind, id })), whole };
}

function salesforceIds(query: string): string[] {
  const own = query.replace(/^salesforce:/, '');
  return isId(own) ? [`salesforce:${to18(own)}`] : [];
}

/** `person hubspot:123 “Ann Lee” ann@acme.example, of Acme GmbH` */
export async function describeRecord(store: Store, ref: RecordRef): Promise<string> {
  const record = await recordOf(store, ref);
  const parts = [`${ref.kind} ${ref.id}`];
  if (record?.name?.value != null) parts.push(`“${record.name.value}”`);
  if (record?.kind === 'person' && record.email?.value != null) parts.push(record.email.value);
  const accountId = record === null || record.kind === 'account' ? null : (record.accountId?.value ?? null);
  const account = accountId === null ? null : await recordOf(store, { kind: 'account', id: accountId });
  return `${parts.join(' ')}${account?.name?.value == null ? '' : `, of ${account.name.value}`}`;
}

async function recordOf(store: Store, { kind, id }: RecordRef): Promise<JourneyRecord | null> {
  const { accounts, deals, people, aliases } = await store.loadNeighbourhood([{ kind, id }]);
  const now = aliases.get(`${kind}:${id}`) ?? id;
  const stored = kind === 'account' ? accounts.get(now) : kind === 'deal' ? deals.get(now) : people.get(now);
  return stored?.record ?? null;
}
