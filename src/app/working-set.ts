import type { Fate } from '../core/alerts/retire.ts';
import type { Change } from '../core/change.ts';
import { applySignal, type RecordsAtHand } from '../core/journey/apply-signal.ts';
import { accountJourneys, dealJourney } from '../core/journey/assemble-journey.ts';
import { emptyRecord } from '../core/journey/join-records.ts';
import type { Journey } from '../core/journey/journey.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { type AccountRecord, type DealRecord, idsOf, isAlive, type JourneyRecord } from '../core/journey/record.ts';
import { sameTerms, searchTerms } from '../core/journey/search-terms.ts';
import type { RecordKind, Signal } from '../core/journey/signal.ts';
import { signalWithout } from '../core/journey/signal-without.ts';
import type { EpochMs } from '../core/time.ts';
import { isAtRest } from './at-rest.ts';
import type { Neighbourhood, RecordRef, Stored } from './ports.ts';
import { refsOf } from './refs-of.ts';
import { belongsAsBefore, sameFields } from './said-of.ts';
import { createSurroundings } from './surroundings.ts';

/** The records around some signals, while they are being applied: what was loaded, what it has become, and what to write. */
export type WorkingSet = {
  /** `late`: it tells of the past, and what it brings to light is not news yet. */
  apply(signal: Signal, late: boolean): void;
  /** Journeys whose answer may have changed: those of the accounts, deals and people touched; `late` where a late signal did. */
  touched(config: JourneyConfig): { journeys: { journey: Journey; late: boolean }[]; gone: string[] };
  /** From here on `touched` tells of what comes. */
  forgetTouched(): void;
  /** A stored journey by its id, with the config of now; null when it cannot be assembled any more. */
  journey(id: string, config: JourneyConfig): Journey | null;
  /** Why a journey that cannot be assembled cannot be. */
  fateOf(id: string): Fate;
  /** All that can be assembled. */
  journeys(config: JourneyConfig): Journey[];
  changedRecords(): JourneyRecord[];
  /** By every id of people who have been erased here. */
  erasedPeople(): ReadonlySet<string>;
  /** A signal as it may be kept: without records that are erased; null: it may not. */
  withoutErased(signal: Signal): Signal | null;
  changes(): Change[];
};

/** `given`: what time it is, for journeys that time alone moves; without it, none has moved so. */
export function createWorkingSet(loaded: Neighbourhood, given?: EpochMs | (() => EpochMs)): WorkingSet {
  const now = (): EpochMs | undefined => (typeof given === 'function' ? given() : given);
  const aliases = new Map(loaded.aliases);
  const records = { account: plain(loaded.accounts), deal: plain(loaded.deals), person: plain(loaded.people) };
  const changed = new Map<string, JourneyRecord>();
  /** By `kind:id`. What was merged away may come back as the survivor of a later merge: `mergedAway` knows. */
  const merged = new Map<string, RecordRef>();
  const erased = new Map<string, RecordRef>();
  let hasErased: boolean | null = null;
  const touched = { account: new Map<string, boolean>(), deal: new Map<string, boolean>() };
  /** Accounts of which a deal was touched: their own journeys look at their deals. */
  const touchedByDeal = new Map<string, boolean>();
  /** Accounts of whose own fields something was said. */
  const spokenOf = new Set<string>();
  const surroundings = createSurroundings(records, resolve);

  function resolve(kind: RecordKind, id: string): string {
    return aliases.get(`${kind}:${id}`) ?? id;
  }
  const atHand: RecordsAtHand = {
    resolve,
    get: (kind, id) => records[kind].get(resolve(kind, id)),
    *all() {
      yield* records.account.values();
      yield* records.deal.values();
      yield* records.person.values();
    },
  };

  return {
    apply(signal, late) {
      const applied = applySignal(atHand, signal);
      for (const record of applied.records) {
        const before = records[record.kind].get(record.id);
        touch(before, late);
        touch(record, late);
        if (record.kind === 'account' && !sameFields(before as AccountRecord | undefined, record)) spokenOf.add(record.id);
        if (record.kind === 'person' && (applied.aliases.length > 0 || isAlive(record) !== (before === undefined || isAlive(before))))
          touchNaming(idsOf(record), late);
        (records[record.kind] as Map<string, JourneyRecord>).set(record.id, record);
        changed.set(`${record.kind}:${record.id}`, record);
        if (endsIn(record, signal)) for (const id of idsOf(record)) erased.set(`${record.kind}:${id}`, { kind: record.kind, id });
      }
      for (const { kind, from, into } of applied.aliases) {
        touch(records[kind].get(from), late);
        if (kind !== 'person') note(touched[kind], into, touched[kind].get(from) === true);
        records[kind].delete(from);
        changed.delete(`${kind}:${from}`);
        for (const [key, id] of aliases) if (id === from && key.startsWith(`${kind}:`)) aliases.set(key, into);
        aliases.set(`${kind}:${from}`, into);
        aliases.delete(`${kind}:${into}`);
        merged.set(`${kind}:${from}`, { kind, id: from });
      }
      surroundings.reset();
    },
    touched(config) {
      const journeys = new Map<string, { journey: Journey; late: boolean }>();
      const gone = new Set(
        mergedAway()
          .filter(({ kind }) => kind === 'deal')
          .map(({ id }) => `deal:${id}`),
      );
      for (const deal of records.deal.values()) {
        const late = lateness(deal);
        if (late === undefined || (maySkip(deal) && isAtRest(deal, loaded, config))) continue;
        const journey = dealJourney(deal, surroundings.of(deal), config);
        if (journey !== null) journeys.set(journey.id, { journey, late });
        else if (deal.source !== undefined || deal.erasedAt !== null) gone.add(`deal:${deal.id}`);
      }
      for (const account of records.account.values()) {
        const late = latenessOf(account.id);
        if (late === undefined) continue;
        for (const journey of accountJourneys(surroundings.ofAccount(account), config, now())) journeys.set(journey.id, { journey, late });
      }
      for (const id of journeys.keys()) gone.delete(id);
      for (const { id, kind, accountId } of loaded.journeys.values())
        if (kind === 'account' && accountId !== null && latenessOf(accountId) !== undefined && !journeys.has(id)) gone.add(id);
      return { journeys: [...journeys.values()], gone: [...gone] };
    },
    forgetTouched() {
      for (const marks of [touched.account, touched.deal, touchedByDeal, spokenOf]) marks.clear();
    },
    journey(id, config) {
      const { kind, recordId } = partsOf(id);
      if (kind === 'deal') {
        const deal = records.deal.get(resolve('deal', recordId));
        return deal === undefined || deal.id !== recordId ? null : dealJourney(deal, surroundings.of(deal), config);
      }
      for (const account of records.account.values()) {
        const found = accountJourneys(surroundings.ofAccount(account), config, now()).find((journey) => journey.id === id);
        if (found !== undefined) return found;
      }
      return null;
    },
    fateOf(id) {
      const { kind, recordId } = partsOf(id);
      const record = kind === 'deal' ? records.deal.get(recordId) : records.account.get(recordId.slice(0, recordId.lastIndexOf(':')));
      if (record === undefined) return 'merged';
      return record.erasedAt === null ? 'unmapped' : 'erased';
    },
    journeys: (config) => [
      ...[...records.deal.values()].flatMap((deal) => dealJourney(deal, surroundings.of(deal), config) ?? []),
      ...[...records.account.values()].flatMap((account) => accountJourneys(surroundings.ofAccount(account), config, now())),
    ],
    changedRecords: () => [...changed.values()],
    erasedPeople: () => new Set([...erased.values()].filter(({ kind }) => kind === 'person').map(({ id }) => id)),
    withoutErased(signal) {
      hasErased ??= [loaded.accounts, loaded.deals, loaded.people].some((kept) => [...kept.values()].some(({ record }) => record.erasedAt !== null));
      if (!hasErased && erased.size === 0) return signal;
      let rest: Signal | null = signal;
      for (const { kind, id } of refsOf(signal)) {
        if (rest !== null && atHand.get(kind, id)?.erasedAt != null) rest = signalWithout(rest, { kind, ids: new Set([id]) });
      }
      return rest;
    },
    changes() {
      const away = mergedAway();
      return [
        ...away.filter(({ kind, id }) => !loaded.aliases.has(`${kind}:${id}`)).map(lastWord),
        ...away.map(({ kind, id }): Change => ({ kind: 'record.alias', record: kind, from: id, into: resolve(kind, id) })),
        ...[...changed.values()].map(put),
        ...[...erased.values()].map(({ kind, id }): Change => ({ kind: 'record.erase', record: kind, id })),
      ];
    },
  };

  /** Notes whose journeys a record is part of. */
  function touch(record: JourneyRecord | undefined, late: boolean): void {
    if (record === undefined) return;
    if (record.kind !== 'person') {
      note(touched[record.kind], record.id, late);
      const accountId = record.kind === 'deal' ? surroundings.accountIdOf(record) : null;
      if (accountId !== null) note(touchedByDeal, accountId, late);
      return;
    }
    const accountId = surroundings.accountIdOf(record);
    if (accountId !== null) note(touched.account, accountId, late);
    for (const dealId of record.dealIds?.value ?? []) note(touched.deal, resolve('deal', dealId), late);
  }

  /** What names a person, of whatever account, reads otherwise once the person is gone, or is back. */
  function touchNaming(ids: ReadonlySet<string>, late: boolean): void {
    for (const record of [...records.deal.values(), ...records.account.values()])
      if (record.touchpoints.some(({ personId }) => personId !== null && ids.has(personId))) touch(record, late);
  }

  /** Only something happened on its account. Where somebody was merged or erased, all is looked at. */
  function maySkip(deal: DealRecord): boolean {
    const accountId = surroundings.accountIdOf(deal);
    return !touched.deal.has(deal.id) && merged.size === 0 && erased.size === 0 && accountId !== null && !spokenOf.has(accountId);
  }

  /** Whether a deal's journey was touched by something late; undefined: not touched at all. */
  function lateness(deal: DealRecord): boolean | undefined {
    const accountId = surroundings.accountIdOf(deal);
    const byAccount = accountId === null ? undefined : touched.account.get(accountId);
    const byDeal = touched.deal.get(deal.id);
    return byAccount === undefined && byDeal === undefined ? undefined : byAccount === true || byDeal === true;
  }

  function latenessOf(accountId: string): boolean | undefined {
    const own = touched.account.get(accountId);
    const byDeal = touchedByDeal.get(accountId);
    return own === undefined && byDeal === undefined ? undefined : own === true || byDeal === true;
  }

  function mergedAway(): RecordRef[] {
    return [...merged.values()].filter(({ kind, id }) => resolve(kind, id) !== id);
  }

  /** What goes is put once more as it was, which checks its revision: what somebody else has said of it meanwhile must not go with it. */
  function lastWord({ kind, id }: RecordRef): Change {
    const { record, revision } = stored(kind).get(id) ?? { record: emptyRecord(kind, id, 0), revision: 0 };
    return { kind: 'record.put', record, revision, accountId: null, terms: null };
  }

  function stored(kind: RecordKind): Map<string, Stored<JourneyRecord>> {
    return kind === 'account' ? loaded.accounts : kind === 'deal' ? loaded.deals : loaded.people;
  }

  function put(record: JourneyRecord): Change {
    const before = stored(record.kind).get(record.id);
    return {
      kind: 'record.put',
      record,
      revision: before?.revision ?? 0,
      accountId: record.kind === 'account' ? null : surroundings.accountIdOf(record),
      terms: before !== undefined && sameTerms(before.record, record) ? null : searchTerms(record),
      ...(before !== undefined && merged.size === 0 && belongsAsBefore(before.record, record) ? { stays: true } : {}),
    };
  }
}

/** `deal:d-1`, `account:a-1:customers`: what stands before the first colon is the kind. */
const partsOf = (journeyId: string) => ({ kind: journeyId.slice(0, journeyId.indexOf(':')), recordId: journeyId.slice(journeyId.indexOf(':') + 1) });

/** Whether a signal has erased a record, or found another id that an erased one went by. */
const endsIn = ({ erasedAt }: JourneyRecord, { type }: Signal): boolean =>
  erasedAt !== null && (type === 'record.erased' || type === 'record.merged');

const note = (marks: Map<string, boolean>, id: string, late: boolean): void => {
  marks.set(id, late || marks.get(id) === true);
};

const plain = <Kept extends JourneyRecord>(stored: Map<string, { record: Kept }>): Map<string, Kept> =>
  new Map([...stored].map(([id, { record }]) => [id, record]));
