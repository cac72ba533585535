import type { EpochMs, IsoDay } from '../time.ts';
import type { LastOf } from './last-of.ts';
import type { DealStatus, Direction, Source } from './signal.ts';

/**
 * Records are what signals add up to. Each is a join-semilattice: applying a signal is joining a small record to a larger one, so that
 * order, repetition and lateness cannot change the result (see apply-signal.ts). They are plain JSON and are stored as such.
 */
export type AccountRecord = OfSeveral & {
  kind: 'account';
  name?: Register<string>;
  domain?: Register<string>;
  segment?: Register<string>;
  ownerEmail?: Register<string>;
  renewalDate?: Register<IsoDay>;
  url?: Register<string>;
  /** Values of the CRM's lifecycle stage, newest first; of one instant the first counts. */
  stages: StageEvent[];
  /** By name, newest first. */
  metrics: Record<string, Measurement[]>;
  /** By name: the first time it was completed. */
  milestones: Record<string, EpochMs>;
};

export type DealRecord = Shared & {
  kind: 'deal';
  accountId?: Register<string>;
  name?: Register<string>;
  pipeline?: Register<string>;
  amount?: Register<number>;
  currency?: Register<string>;
  ownerEmail?: Register<string>;
  status?: Register<DealStatus>;
  url?: Register<string>;
  /** How long the CRM itself lets the deal stay in a stage; it holds while the deal is in that one. */
  stallLimit?: Register<{ stage: string; days: number | null }>;
  /** The close dates the deal has had, by when they were said, newest first. */
  closeDates: Register<IsoDay>[];
  /** What it is by the CRM's newest word, where that is no move (see close-dates.ts). */
  closeDateNow?: Register<IsoDay>;
  /** What the CRM said of its stage, newest first; of one instant the first counts. */
  stages: StageEvent[];
  nextStep?: Register<{ title: string; due: IsoDay | null }>;
  /** Of deals that have become one: what was said of each, by the id it was said of. The rest of the record follows from them (see join-records.ts). */
  parts?: Record<string, DealRecord>;
};

export type PersonRecord = OfSeveral & {
  kind: 'person';
  accountId?: Register<string>;
  /** With `dealLinks` it follows from them. */
  dealIds?: Register<string[]>;
  /** By deal: whether the person is on it. Absent where nothing was said of one deal at a time. */
  dealLinks?: Record<string, Register<boolean>>;
  name?: Register<string>;
  title?: Register<string>;
  email?: Register<string>;
  url?: Register<string>;
  /** The CRM's role values. */
  roles?: Register<string[]>;
  /** Every set of role values that the CRM has said, as JSON: when first, and when last. It tells what the CRM repeats from what it has changed. */
  rolesSaid?: Record<string, { first: EpochMs; last: EpochMs }>;
  /** Roles that the CRM gave one at a time, by role: when first. */
  assigned: Record<string, EpochMs>;
  /** What somebody set in Slack, by role. */
  manual?: Record<string, Register<{ held: boolean; by: string }>>;
  lastInboundAt: EpochMs | null;
  lastOutboundAt: EpochMs | null;
};

export type JourneyRecord = AccountRecord | DealRecord | PersonRecord;

/** A field's newest value; a `null` value says that the CRM emptied it. */
export type Register<Value> = { value: Value | null; at: EpochMs };
export type StageEvent = { at: EpochMs; stage: string; source: Source; entered: boolean };
export type Measurement = { at: EpochMs; value: number };
/** `id` is the signal's, within the record (`idWithinDeal`). `by`: the e-mail address of our person, in lower case; not there where the CRM does not say. `note`: what somebody wrote of it in Slack. */
export type Touchpoint = {
  id: string;
  by?: string;
  note?: string;
  at: EpochMs;
  type: string;
  direction: Direction;
  channel: string | null;
  personId: string | null;
  asset: string | null;
  sentiment: number | null;
};

type Shared = {
  id: string;
  /** Where the newest upsert came from. */
  source?: Register<Source>;
  /** The earliest time that anything was said of. */
  firstSeenAt: EpochMs;
  /** Of the newest happenings the touchpoints that name this record and none that is closer (deal before account before person), newest first. */
  touchpoints: Touchpoint[];
  /** Of touchpoints of each type the newest, also of those that are forgotten. */
  lastOf?: LastOf;
  /** Merges that made this record one, oldest first. */
  merges: { from: string; into: string; at: EpochMs }[];
  deletedAt: EpochMs | null;
  /** Set for good: an erased record never comes back. */
  erasedAt: EpochMs | null;
};

type OfSeveral = Shared & {
  /** Of records that have become one: when each was deleted, by the id it was said of. `deletedAt` follows from them (see deletions.ts). */
  deletions?: Record<string, EpochMs>;
};

/** Every id that the record goes by or went by. */
export const idsOf = ({ id, merges }: JourneyRecord): Set<string> => new Set([id, ...merges.flatMap(({ from, into }) => [from, into])]);

/**
 * The deals that somebody is on, by the ids they go by now. Where a CRM tells one deal at a time, it tells of the one that is left who is on it: whoever was
 * on one that was merged into it may have left before.
 */
export function dealsOn({ dealIds, dealLinks }: PersonRecord, resolve: (dealId: string) => string): string[] {
  const on = dealIds?.value ?? [];
  return dealLinks === undefined ? on.map(resolve) : on.filter((id) => resolve(id) === id);
}

/** A touchpoint with nobody named: what was written about it is about whom it was with. */
export const ofNobody = <Said extends { personId?: string | null; note?: string | null }>({
  note,
  ...touchpoint
}: Said): Omit<Said, 'note'> & { personId: null } => ({
  ...touchpoint,
  personId: null,
});

/** Deleted means: no newer upsert has spoken of it. Erased is for good. */
export const isAlive = (record: JourneyRecord): boolean =>
  record.erasedAt === null && (record.deletedAt === null || (record.source !== undefined && record.source.at > record.deletedAt));

/**
 * How much a record remembers. The newest stay, whatever the order in which they came. (What is said again and again: see weeklyUnion.) A happening has a
 * touchpoint of each person in it: `touchpoints` is how many these may be in all. Of a metric, beside the newest measurements, the last one of each of so many
 * weeks: what is measured every day must not forget within two months what was usual.
 */
export const remembered = { happenings: 100, touchpoints: 300, moves: 300, measurements: 50, measuredWeeks: 104, roleSets: 20, types: 40 } as const;
