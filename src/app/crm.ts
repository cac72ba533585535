import type { RecordKind, Signal, Source } from '../core/journey/signal.ts';
import type { EpochMs } from '../core/time.ts';
import type { CrmSource } from './crm-source.ts';
import type { Clock, InboxEntry, Logger } from './ports.ts';

/** One CRM, whole: what it sends, what it can be asked, what it streams. */
export type Crm = {
  source: Source;
  webhooks: CrmSource | null;
  history: CrmHistory | null;
  stream: CrmStream | null;
};

/** What every CRM is given. */
export type CrmSurroundings = {
  clock: Clock;
  logger: Logger;
  /** An event that the bot has no use for, by its kind. */
  onIgnored(source: Source, kind: string): void;
  /** Ends what a CRM is being asked. */
  stopping: AbortSignal;
};

/**
 * A CRM's own memory, for imports and reconciliation. Everything comes as signals whose ids and times follow from the CRM's objects alone, so that what is
 * read twice, or came by webhook before, is the same fact again.
 */
export type CrmHistory = {
  source: Source;
  /**
   * All there is (`since` null), or what was created, changed, merged or deleted since then. An overlap for the CRM's own delays is the adapter's business.
   * Goes on after `cursor` (null: from the beginning), which is that of a former page with the same `since`.
   * @throws CrmAwayError, CrmRefusedError
   */
  pages(from: { since: EpochMs | null; cursor: string | null }, stopping: AbortSignal): AsyncIterable<HistoryPage>;
  /**
   * Of up to 100 people, by their records' ids, those whom the CRM does not have any more, as deletions at `at`. Not there where `pages` tells of everybody
   * who goes. @throws CrmAwayError, CrmRefusedError
   */
  gonePeople?(ids: string[], at: EpochMs): Promise<Signal[]>;
  /** What the journey map has to know. @throws CrmAwayError, CrmRefusedError */
  catalogue(): Promise<CrmCatalogue>;
  /** Tries what the bot needs, one thing after the other; does not throw. */
  probe(): Promise<Probe[]>;
};

export type HistoryPage = {
  signals: Signal[];
  /** The CRM's rows (objects) in this page, and how many there are in all where it is known. */
  rows: number;
  total: number | null;
  /** Rows that say nothing we can use: which (line, object), and why. */
  refused: { where: string; why: string }[];
  /** By their ids, signals of rows that only mention their deal, in a file that tells of no deals itself. */
  mentions?: ReadonlyMap<string, Mention>;
  /** Where to go on; opaque to everybody else. Null: this was the last page. */
  cursor: string | null;
};

/** A row that mentions a deal: where it is, and what it calls the deal. */
export type Mention = { where: string; deal: string; by: 'id' | 'name' };

export type CrmCatalogue = {
  pipelines: { id: string; name: string; stages: CrmStage[] }[];
  owners: { id: string; name: string | null; email: string | null }[];
  /** Values of the CRM's role field. */
  roles: { value: string; label: string }[];
  /** Lifecycle stages of accounts, in their order; not there where the CRM has no list of them. */
  lifecycles?: { value: string; label: string }[];
  /** The zone that the CRM itself works in, as it names it; not there where it does not say. */
  timezone?: string | null;
};

/** In the order of its pipeline. `probability` 0…1. */
export type CrmStage = { id: string; name: string; outcome: 'open' | 'won' | 'lost'; probability: number | null };

/** `fix`: what to click where, when it is not there. `retryAt`: the CRM is only away, or asked too much, and wants to be asked again then. */
export type Probe = { what: string; ok: boolean; detail: string | null; fix: string | null; retryAt?: EpochMs };

/** What a CRM sends over a connection of our own instead of a webhook: as durable as one, since it goes through the inbox. */
export type CrmStream = {
  source: Source;
  /** Resolves when the stream has ended after `stopping`; reconnects by itself until then. */
  run(inbox: StreamInbox, stopping: AbortSignal): Promise<void>;
};

export type StreamInbox = {
  /** Durable when it resolves; `position` is kept in the same breath. */
  accept(entries: InboxEntry[], position: string): Promise<void>;
  /** The newest position that was kept. */
  position(): Promise<string | null>;
  /** The CRM has forgotten what lies between: reconcile soon. */
  gap(): void;
};

/**
 * What the address of a page in a CRM says: which record it shows. `place`: whose CRM it is, where ids alone do not tell; another place is another
 * record. Null: it does not say.
 */
export type RecordLink = { kind: RecordKind; id: string; place: string | null };

/** Null for a page that shows no record. */
export type ReadLink = (url: URL) => RecordLink | null;
