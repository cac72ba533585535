import { type AccountPeople, knownPeople, touchpointTypesOf } from '../core/account-people.ts';
import { committeeOf } from '../core/journey/committee.ts';
import { heldRoles } from '../core/journey/held-roles.ts';
import type { PersonRole } from '../core/journey/journey.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { noteRoom } from '../core/journey/note-room.ts';
import { isAlive, type PersonRecord } from '../core/journey/record.ts';
import { crmNameOf, type Signal } from '../core/journey/signal.ts';
import { dayMs, minuteMs } from '../core/time.ts';
import { createAccountOptions } from './account-options.ts';
import type { Clock, Neighbourhood, RecordRef, Store } from './ports.ts';
import type { Search } from './search.ts';
import type { ActResult, Records, TouchpointEntry } from './use-cases.ts';

type RecordDependencies = {
  store: Pick<Store, 'accept' | 'loadNeighbourhood'>;
  search: Search;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
  /** The e-mail address of a Slack user, where Slack tells it. */
  emailOf(userId: string): Promise<string | null>;
  /** Something waits in the inbox. */
  onAccepted(): void;
  takenIn: Records['takenIn'];
};

const typeRoom = 100;
/** Clocks differ. */
const aheadMs = 5 * minuteMs;
const backMs = 366 * dayMs;

/**
 * What people enter: checked against what is known, then durable in the inbox as a signal before anybody is told that it is done. The id that it comes with
 * keeps what is submitted twice from being two.
 */
export function createRecords({ store, search, config, clock, newId, emailOf, onAccepted, takenIn }: RecordDependencies): Records {
  return {
    async logTouchpoint(entry, by) {
      const now = clock.now();
      const type = oneLine(entry.type);
      const note = oneLine(entry.note ?? '');
      if (type === '' || type.length > typeRoom) return refuse('type', 'Say what it was: a call, a meeting, an e-mail.');
      if (note.length > noteRoom) return refuse('note', `A note has at most ${noteRoom} characters, this one has ${note.length}.`);
      if (entry.at > now + aheadMs) return refuse('at', 'This is in the future: what has happened is logged, not what is planned.');
      if (entry.at < now - backMs) return refuse('at', 'This is more than a year ago.');
      const place = await placeOf(entry);
      if ('kind' in place) return place;
      const signal: Signal = {
        id: `slack:${entry.id ?? newId()}`,
        source: 'slack',
        type: 'touchpoint.recorded',
        occurredAt: Math.min(entry.at, now),
        touchpoint: {
          accountId: entry.accountId,
          dealId: entry.dealId,
          personId: entry.personId,
          type,
          channel: entry.channel,
          direction: entry.direction,
          sentiment: entry.sentiment,
          by: await emailOf(by),
          note: note === '' ? null : note,
        },
      };
      const fresh = await accept(signal);
      const whom = place.person === null ? '' : ` with ${place.person}`;
      return { kind: 'done', message: `${fresh ? 'Logged' : 'It was logged already'}: ${type.replaceAll('_', ' ')}${whom}, ${place.name}.` };
    },
    async setRole({ personId, role, held, id }, by) {
      const definition = config().roles.find(({ key }) => key === role);
      if (definition === undefined) return refuse('role', `“${role}” is no role of the journey map.`);
      const person = personIn(await store.loadNeighbourhood([{ kind: 'person', id: personId }]), personId);
      if (person === null) return refuse('person', 'This person is not known any more: merged, deleted or erased in the CRM.');
      const name = nameOf(person);
      const has = heldRoles(person, config().roles).find((one) => one.role === role);
      if (held && has !== undefined && has.origin !== 'title')
        return refuse('role', `${name} has this role already (${fromWhere(has, person)}). Nothing was changed.`);
      if (!held && has === undefined) return refuse('role', `${name} does not have this role. Nothing was changed.`);
      await accept({
        id: `slack:${id ?? newId()}`,
        source: 'slack',
        type: 'role.set',
        occurredAt: clock.now(),
        role: { personId: person.id, role, held, by },
      });
      const said = held ? `${name} now has the role “${definition.label}”.` : `${name} no longer has the role “${definition.label}”.`;
      return { kind: 'done', message: `${said} It stays so until the CRM says something new about it.` };
    },
    findAccountOptions: createAccountOptions({ store, search }),
    peopleOfAccount: (accountId) => around({ kind: 'account', id: accountId }),
    around,
    takenIn,
  };

  async function accept(signal: Signal): Promise<boolean> {
    const { fresh } = await store.accept('slack', [{ key: signal.id, body: JSON.stringify(signal) }], clock.now());
    onAccepted();
    return fresh > 0;
  }

  async function around(ref: { kind: 'account' | 'deal'; id: string }): Promise<AccountPeople | null> {
    const known = await store.loadNeighbourhood([ref]);
    const id = known.aliases.get(`${ref.kind}:${ref.id}`) ?? ref.id;
    const deal = ref.kind === 'deal' ? known.deals.get(id)?.record : undefined;
    if (ref.kind === 'deal' && (deal === undefined || deal.erasedAt !== null)) return null;
    const said = ref.kind === 'account' ? id : deal?.accountId?.value;
    const account = said == null ? undefined : known.accounts.get(known.aliases.get(`account:${said}`) ?? said)?.record;
    if (ref.kind === 'account' && (account === undefined || account.erasedAt !== null)) return null;
    const committee = committeeOf(
      [...known.people.values()].map(({ record }) => record),
      config().roles,
    );
    const deals = [...known.deals.values()].map(({ record }) => record).filter((record) => isAlive(record) && record.source !== undefined);
    const isOver = (status: string | null | undefined): boolean => status === 'won' || status === 'lost';
    return {
      account: account === undefined ? null : { id: account.id, name: account.name?.value ?? account.domain?.value ?? account.id },
      deals: deals
        .toSorted((a, b) => Number(isOver(a.status?.value)) - Number(isOver(b.status?.value)) || (a.id < b.id ? -1 : 1))
        .map((record) => ({ id: record.id, name: record.name?.value ?? record.id })),
      people: knownPeople(committee, config()),
      roles: config().roles.map(({ key, label }) => ({ key, label })),
      touchpointTypes: touchpointTypesOf(config()),
    };
  }

  /** What an entry is about, by name; or what of it is not known. */
  async function placeOf({ accountId, dealId, personId }: TouchpointEntry): Promise<{ name: string; person: string | null } | ActResult> {
    const refs: RecordRef[] = [
      ...(accountId === null ? [] : [{ kind: 'account' as const, id: accountId }]),
      ...(dealId === null ? [] : [{ kind: 'deal' as const, id: dealId }]),
      ...(personId === null ? [] : [{ kind: 'person' as const, id: personId }]),
    ];
    if (refs.length === 0) return refuse('account', 'Say which account it was with.');
    const known = await store.loadNeighbourhood(refs);
    const now = (ref: 'account' | 'deal', id: string): string => known.aliases.get(`${ref}:${id}`) ?? id;
    const account = accountId === null ? undefined : known.accounts.get(now('account', accountId))?.record;
    const deal = dealId === null ? undefined : known.deals.get(now('deal', dealId))?.record;
    const person = personId === null ? null : personIn(known, personId);
    const missing = 'is not known any more: merged, deleted or erased in the CRM.';
    if (accountId !== null && (account === undefined || account.erasedAt !== null)) return refuse('account', `This account ${missing}`);
    if (dealId !== null && (deal === undefined || !isAlive(deal))) return refuse('deal', `This deal ${missing}`);
    if (personId !== null && person === null) return refuse('person', `This person ${missing}`);
    if (deal?.accountId?.value != null && account !== undefined && now('account', deal.accountId.value) !== account.id)
      return refuse('deal', 'This deal belongs to another account.');
    const about = account ?? deal;
    const name = about === undefined ? (person === null ? '' : nameOf(person)) : (about.name?.value ?? about.id);
    return { name, person: person === null || about === undefined ? null : nameOf(person) };
  }
}

const refuse = (about: string, message: string): ActResult => ({ kind: 'refused', message, about });

function personIn({ people, aliases }: Neighbourhood, id: string): PersonRecord | null {
  const person = people.get(aliases.get(`person:${id}`) ?? id)?.record;
  return person === undefined || !isAlive(person) || person.source === undefined ? null : person;
}

const nameOf = ({ id, name, email }: PersonRecord): string => name?.value ?? email?.value ?? id;

const fromWhere = (role: PersonRole, { source }: PersonRecord): string =>
  role.origin === 'slack' ? 'set in Slack' : `from ${crmNameOf(source?.value ?? 'signals')}`;

/** Texts are kept on one line and without what breaks lines, logs and tables. */
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
