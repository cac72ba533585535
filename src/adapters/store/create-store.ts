import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Durable, JourneyState, Store } from '../../app/ports.ts';
import type { JourneyRow } from '../../core/journey/journey-row.ts';
import type { RecordKind } from '../../core/journey/signal.ts';
import type { EpochMs } from '../../core/time.ts';
import { createGroupCommit } from './group-commit.ts';
import { commit } from './queries/commit.ts';
import { defineIntentions } from './queries/intentions.ts';
import type { Engine, Steps } from './query.ts';

/** How many rows a long piece of work touches before others get their turn: about three milliseconds' worth. */
const sliceRows = 500;

/** A store on one database. */
export function createStore(engine: Engine): Store {
  const { read } = engine;
  const intentions = defineIntentions(engine.dialect);
  const {
    alerts,
    cardAccounts,
    cards,
    digestJourneys,
    erase,
    inbox,
    journeys,
    memory,
    neighbourhood,
    outbox,
    owned,
    pictures,
    replay,
    said,
    search,
    signals,
    subscriptions,
    travels,
    unknowns,
  } = intentions;
  const write = async <Result>(steps: Steps<Result>): Promise<Result> => {
    const result = await engine.write(steps);
    await engine.durable();
    return result;
  };
  // What comes together shares one transaction, whoever it comes from: beginning and ending one costs as much for many as for one.
  const writing = createGroupCommit((calls: (() => Steps<unknown>)[]) => engine.write(oneAfterAnother(calls)));
  /** The log may still name who is erased; at the start, too: the last process may have been killed in the middle. */
  let logNames = true;
  const together = async <Result>(steps: () => Steps<Result>, durable: Durable = 'at-once'): Promise<Result> => {
    const result = (await writing.add(steps)) as Result;
    if (durable === 'at-once') await engine.durable();
    return result;
  };

  return {
    async accept(source, entries, at, onFresh) {
      const fresh = await together(() => inbox.accept(source, entries, at), 'later');
      if (fresh > 0) onFresh?.();
      await engine.durable();
      return { fresh };
    },
    pendingInbox: (source, now, limit) => read(inbox.pending(source, now, limit)),
    inboxBacklog: () => read(inbox.backlog()),
    inboxCounts: () => read(inbox.counts()),
    deadLetters: (limit, only) => read(inbox.dead(limit, only)),
    deadLetter: (id) => read(inbox.deadOne(id)),
    replayDeadLetter: (id, now) => write(inbox.replay(id, now)),
    dropDeadLetter: (id) => write(inbox.drop(id)),

    loadNeighbourhood: (refs) => read(neighbourhood(refs)),
    dueJourneys: (now, limit, settlingBefore) => read(journeys.due(now, limit, settlingBefore)),
    nextRecheckAt: () => read(journeys.nextRecheckAt()),
    travellingAfter: (kind, afterId, limit) => read(travels.after(kind, afterId, limit)),
    peopleAfter: (afterId, limit) => read(travels.people(afterId, limit)),
    openInStage: (mapKey, stage, afterId, limit) => read(travels.inStage(mapKey, stage, afterId, limit)),
    recheckOpen: (at, inhibitedBy) => (inhibitedBy === undefined ? recheckOpen(at) : write(journeys.recheckInhibited(at, inhibitedBy))),
    journeyState: (journeyId) => read(stateOf(journeyId)),
    settling: () => read(journeys.settling()),
    knowsJourneys: () => read(journeys.isAnyKnown()),
    commit: (changes, durable) => together(() => commit(intentions, changes), durable),

    async leaseDeliveries(now, leaseUntil, limit, busyChannels) {
      const due = await read(outbox.due(now, limit, busyChannels));
      return due.length === 0 ? [] : together(() => outbox.lease(due, now, leaseUntil));
    },
    releaseLeases: () => write(outbox.release()),
    nextDeliveryAt: () => read(outbox.nextAt()),
    outboxBacklog: () => read(outbox.backlog()),
    card: (cardId) => read(cards.one(cardId)),
    heldCards: (by, channel) => read(cards.held(by, channel)),
    heldCardsAfter: (by, after, limit) => read(cards.heldAfter(by, after, limit)),
    postedSince: (channel, since) => read(cards.postedSince(channel, since)),
    receiptOf: (channel, kind, key) => read(outbox.receiptOf(channel, kind, key)),

    alert: (id) => read(alerts.one(id)),
    findByTerm: (kind, prefix, limit, gone) => read(search.byTerm(kind, prefix, limit, gone)),
    accountNames: (ids) => read(search.accountNames(ids)),
    peopleWithEmail: (email, limit, gone) => read(search.byEmail(email, limit, gone)),
    namesAfter: (kind, afterId, limit) => read(search.after(kind, afterId, limit)),
    openAlerts: (filter, limit, offset, order) => read(alerts.open(filter, limit, offset, order)),
    owners: () => read(journeys.owners()),
    accountsOnCards: (channels, ts, limit) => read(cardAccounts.inChannel(channels, ts, limit)),
    accountsOfOwner: (ownerEmail, limit, offset) => read(owned.accounts(ownerEmail, limit, offset)),
    journeysOfAccount: (accountId) => read(journeys.ofAccount(accountId)),
    audit: (journeyId, limit) => read(alerts.audit(journeyId, limit)),
    alertsOpened: (period, after, limit) => read(alerts.opened(period, after, limit)),
    rulesSeen: () => read(alerts.rules()),
    feeds: () => read(memory.feeds()),
    unknownValues: (limit) => read(unknowns.list(limit)),
    unknownOn: (value, limit) => read(unknowns.recordsOf(value, limit)),
    unknownCounts: () => read(unknowns.counts()),
    forgetUnknown: (values) => write(unknowns.forget(values)),
    signalsOf: ({ kind, id }, limit) => read(signals.of(kind, id, limit)),
    signalsAfter: (sequence, limit) => read(replay.after(sequence, limit)),
    signalsNaming: (refs) => read(replay.naming(refs)),

    async eraseSome(now) {
      const { more } = await write(erase.some(now));
      if (more) logNames = true;
      else if (logNames) logNames = !(await engine.emptyLog());
      return { more };
    },
    nextErasureAt: () => read(erase.nextAt()),
    erasureOf: ({ kind, id }) => read(erase.of(kind, id)),
    previewErasure: ({ kind, id }) => previewErasure(kind, id),
    saidBy: (deliveryId) => read(said.by(deliveryId)),

    digestJourneys: (from, to) => journeysIn({ from, to }),
    alertsOfPeriod: (period, after, limit) => read(alerts.ofPeriod(period, after, limit)),
    subscriptions: (by) => read(subscriptions.list(by ?? null)),
    subscription: (id) => read(subscriptions.one(id)),
    digestLastSent: (digestId) => read(memory.digestOf(digestId)),

    picture: (hash) => read(pictures.one(hash)),
    meta: (key) => read(memory.meta(key)),
    prune: async (before) => (await inSlices(() => inbox.prune(before, sliceRows))) + (await inSlices(() => said.prune(before, sliceRows))),
    backup: (file) => engine.backup(file),
    ping: () => engine.ping(),
    close: async () => {
      await writing.idle();
      await engine.close();
    },
  };

  function* stateOf(journeyId: string): Steps<JourneyState> {
    return { row: yield* journeys.byId(journeyId), alerts: yield* alerts.ofJourney(journeyId), cards: yield* cards.ofJourney(journeyId) };
  }

  function* oneAfterAnother(calls: (() => Steps<unknown>)[]): Steps<unknown[]> {
    const results: unknown[] = [];
    for (const steps of calls) results.push(yield* steps());
    return results;
  }

  async function recheckOpen(at: EpochMs): Promise<number> {
    let total = 0;
    for (let after = ''; ; await nextTurn()) {
      const { touched, last } = await write(journeys.recheckOpen(at, after, sliceRows));
      if (last === null) return total;
      total += touched;
      after = last;
    }
  }

  async function previewErasure(kind: RecordKind, id: string): Promise<Record<string, number>> {
    const erased = await read(erase.find(kind, id));
    const counts: Record<string, number> = {};
    for (let place = 0, after: string | null = null; ; await nextTurn()) {
      const slice: { last: string | null; touched: string[] } | null = await read(erase.preview(erased, place, after));
      if (slice === null) return counts;
      for (const what of slice.touched) counts[what] = (counts[what] ?? 0) + 1;
      after = slice.last;
      if (after === null) place++;
    }
  }

  /** Writes slice after slice until one comes back short. */
  async function inSlices(slice: () => Steps<number>): Promise<number> {
    let total = 0;
    for (;;) {
      const touched = await write(slice());
      total += touched;
      if (touched < sliceRows) return total;
      await nextTurn();
    }
  }

  async function journeysIn(period: { from: EpochMs; to: EpochMs }): Promise<JourneyRow[]> {
    const found: JourneyRow[] = [];
    for (;;) {
      const slice = await read(digestJourneys(period, found.at(-1)?.id ?? '', sliceRows));
      found.push(...slice);
      if (slice.length < sliceRows) return found;
      await nextTurn();
    }
  }
}
