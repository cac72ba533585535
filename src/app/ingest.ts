import type { Change } from '../core/change.ts';
import { mapOfDeal } from '../core/journey/assemble-journey.ts';
import { roleOf } from '../core/journey/committee.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { Signal, Source } from '../core/journey/signal.ts';
import type { EpochMs } from '../core/time.ts';
import { ConflictError, StoreError } from './errors.ts';
import { evaluateJourney, putOff, retireJourney, type Setting } from './evaluate.ts';
import { isLate } from './late.ts';
import type { Clock, CrmSource, InboxRow, Logger, Parsed, Store } from './ports.ts';
import { createWorkingSet, refsOf } from './working-set.ts';

type IngestDependencies = {
  store: Store;
  source: CrmSource;
  config(): JourneyConfig;
  clock: Clock;
  logger: Logger;
  newId(): string;
  /** Lets the event loop serve others between two slices. */
  breathe(): Promise<void>;
  onSignals?(signals: Signal[], changes: Change[]): void;
};

/** How many bodies are taken at once, and how many signals share a transaction: about three milliseconds' work. */
const bodiesAtOnce = 128;
const signalsAtOnce = 64;
const triesOnConflict = 5;

/**
 * Turns a source's inbox into journeys: parse, apply, evaluate, commit. One call works until nothing is pending. What cannot be parsed
 * becomes a dead letter; what cannot be done now stays in the inbox.
 * @throws StoreError when the store fails; call again later.
 */
export function createIngest({ store, source, config, clock, logger, newId, breathe, onSignals }: IngestDependencies): () => Promise<void> {
  const name = source.source;
  return async () => {
    for (;;) {
      const rows = await store.pendingInbox(name, clock.now(), bodiesAtOnce);
      if (rows.length === 0) return;
      const parsed = await source.parse(rows, clock.now());
      for (const slice of slicesOf(rows, parsed)) {
        await process(slice);
        await breathe();
      }
    }
  };

  /** One slice; when something in it cannot be applied, its bodies one by one, so that only the poisoned one dies. */
  async function process(slice: Slice): Promise<void> {
    try {
      await applyAndCommit(slice);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      if (slice.length > 1) {
        for (const item of slice) await process([item]);
        return;
      }
      const [item] = slice;
      logger.error({ err: error, source: name, inbox: item?.row.id }, 'a webhook body could not be applied and is a dead letter now');
      if (item !== undefined) await store.commit([{ kind: 'inbox.dead', id: item.row.id, error: String(error), at: clock.now() }]);
    }
  }

  async function applyAndCommit(slice: Slice): Promise<void> {
    const signals = slice.flatMap(({ signals, row }) => signals.map((signal) => ({ signal, receivedAt: row.receivedAt })));
    for (let tries = 1; ; tries++) {
      const setting: Setting = { config: config(), feeds: await store.feeds(), now: clock.now(), newId };
      const changes = [...(await changesOf(signals, setting)), ...slice.flatMap((item) => endOf(item, setting.now))];
      try {
        await store.commit(changes);
        onSignals?.(
          signals.map(({ signal }) => signal),
          changes,
        );
        return;
      } catch (error) {
        if (!(error instanceof ConflictError) || tries >= triesOnConflict) throw error;
      }
    }
  }

  async function changesOf(signals: { signal: Signal; receivedAt: EpochMs }[], setting: Setting): Promise<Change[]> {
    if (signals.length === 0) return [];
    const around = await store.loadNeighbourhood(signals.flatMap(({ signal }) => refsOf(signal)));
    const working = createWorkingSet(around);
    const changes: Change[] = [];
    let lateAt: EpochMs | null = null;
    for (const { signal, receivedAt } of signals) {
      const late = isLate(signal.occurredAt, receivedAt);
      working.apply(signal, late);
      changes.push({ kind: 'signal.add', signal, receivedAt });
      if (late) lateAt = Math.max(lateAt ?? 0, receivedAt);
    }
    changes.push(...working.changes(), ...unknownValues(signals, setting));
    const { journeys, gone } = working.touched(setting.config);
    const settle = setting.config.calendar.add(setting.now, setting.config.alerts.settle);
    for (const { journey, late } of journeys) {
      const settling = late || around.journeys.get(journey.id)?.settlingSince != null;
      changes.push(...(settling ? putOff(journey, around, settle, setting.now) : evaluateJourney(journey, around, false, setting)));
    }
    for (const id of gone) changes.push(...(await retireJourney(id, store, 'it was merged or erased in the CRM, or no map takes it', setting)));
    const heardAt = Math.max(...signals.map(({ receivedAt }) => receivedAt));
    changes.push({ kind: 'feed.heard', source: name, at: heardAt, lateAt });
    for (const deal of working.deals()) {
      if (deal.source !== undefined && mapOfDeal(deal, setting.config) === null) {
        changes.push({
          kind: 'unknown.seen',
          source: deal.source.value ?? name,
          what: 'pipeline',
          value: deal.pipeline?.value ?? 'default',
          journeyId: `deal:${deal.id}`,
          at: setting.now,
        });
      }
    }
    return changes;
  }
}

type Slice = { row: InboxRow; signals: Signal[]; end: Parsed | { kind: 'more' } }[];

/** Bodies in their order, together as long as they are few signals; a large body in several parts, done with the last one. */
function* slicesOf(rows: InboxRow[], parsed: Parsed[]): Iterable<Slice> {
  let slice: Slice = [];
  let size = 0;
  for (const [index, row] of rows.entries()) {
    const outcome = parsed[index] ?? { kind: 'dead', error: 'its source gave no answer' };
    const signals = outcome.kind === 'signals' ? outcome.signals : [];
    for (let from = 0; from === 0 || from < signals.length; from += signalsAtOnce) {
      const part = signals.slice(from, from + signalsAtOnce);
      slice.push({ row, signals: part, end: from + signalsAtOnce < signals.length ? { kind: 'more' } : outcome });
      size += part.length;
      if (size < signalsAtOnce) continue;
      yield slice;
      slice = [];
      size = 0;
    }
  }
  if (slice.length > 0) yield slice;
}

function endOf({ row, end }: Slice[number], now: EpochMs): Change[] {
  switch (end.kind) {
    case 'signals':
      return [{ kind: 'inbox.done', id: row.id, at: now }];
    case 'dead':
      return [{ kind: 'inbox.dead', id: row.id, error: end.error, at: now }];
    case 'later':
      return [{ kind: 'inbox.retry', id: row.id, dueAt: end.retryAt, error: end.error }];
    case 'more':
      return [];
  }
}

/** Role values that the map does not know: kept with their person, counted here, never guessed. */
function unknownValues(signals: { signal: Signal }[], { config, now }: Setting): Change[] {
  const changes: Change[] = [];
  const see = (source: Source, value: string, personId: string): void => {
    if (roleOf(value, config.roles) === null)
      changes.push({ kind: 'unknown.seen', source, what: 'role', value, journeyId: `person:${personId}`, at: now });
  };
  for (const { signal } of signals) {
    if (signal.type === 'person.upserted') for (const value of signal.person.roles ?? []) see(signal.source, value, signal.person.id);
    if (signal.type === 'role.assigned') see(signal.source, signal.role.role, signal.role.personId);
  }
  return changes;
}
