import type { EpochMs, IsoDay } from '../time.ts';

/** What tells of customers by itself: the generic endpoint, or one CRM. Stage ids are looked up by it. */
export const crmSources = ['signals', 'hubspot', 'salesforce', 'pipedrive', 'csv'] as const;

/** Where a signal came in. `slack`: what people enter there. It is no feed: nothing is expected of it, and nothing is asked of it. */
export const sources = [...crmSources, 'slack'] as const;
export type Source = (typeof sources)[number];

/** As people call them, in the middle of a sentence. */
export const sourceNames: Record<Source, string> = {
  signals: 'the signals endpoint',
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
  pipedrive: 'Pipedrive',
  csv: 'CSV',
  slack: 'Slack',
};

/** As people call them, at the beginning of a sentence. */
export const sourceTitle = (source: Source): string => sourceNames[source].charAt(0).toUpperCase() + sourceNames[source].slice(1);

/** The CRM that a record is in, as people call it; the generic endpoint and files speak for one that we do not know. */
export const crmNameOf = (source: Source): string =>
  source === 'signals' || source === 'csv' || source === 'slack' ? 'the CRM' : sourceNames[source];

export const dealStatuses = ['open', 'won', 'lost'] as const;
export type DealStatus = (typeof dealStatuses)[number];

export const recordKinds = ['account', 'deal', 'person'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** inbound: they acted; outbound: we acted. */
export const contactDirections = ['inbound', 'outbound'] as const;
/** internal: somebody here noted something: neither they nor we acted, so it answers nobody and is no attempt. */
export const directions = [...contactDirections, 'internal'] as const;
export type Direction = (typeof directions)[number];

/** What an upsert may say of an account; a missing field says nothing, `null` empties it. */
export type AccountFields = {
  name?: string | null;
  domain?: string | null;
  segment?: string | null;
  ownerEmail?: string | null;
  lifecycleStage?: string | null;
  renewalDate?: IsoDay | null;
  url?: string | null;
};

export type DealFields = {
  accountId?: string | null;
  name?: string | null;
  pipeline?: string | null;
  /** The CRM's own stage id. */
  stage?: string | null;
  amount?: number | null;
  /** ISO 4217. */
  currency?: string | null;
  ownerEmail?: string | null;
  closeDate?: IsoDay | null;
  /** Its close date now, where the CRM does not tell since when, nor whose those before were: only the newest word counts, and a later one does not make it a move. */
  closeDateNow?: IsoDay | null;
  status?: DealStatus | null;
  url?: string | null;
  /** How many days the CRM itself lets a deal stay in `stage` (its own id); `days` null: as long as it likes. */
  stallLimit?: { stage: string; days: number | null } | null;
};

export type PersonFields = {
  accountId?: string | null;
  /** All of the person's deals. */
  dealIds?: string[] | null;
  /** Deals that the person was put on or taken off, where a CRM tells one deal at a time. Never beside `dealIds`; alone they do not say that there is such a person. */
  dealLinks?: { dealId: string; linked: boolean }[];
  name?: string | null;
  title?: string | null;
  email?: string | null;
  /** The CRM's own role values. */
  roles?: string[] | null;
  url?: string | null;
};

export type TouchpointFields = {
  accountId?: string | null;
  dealId?: string | null;
  personId?: string | null;
  type: string;
  channel?: string | null;
  direction: Direction;
  asset?: string | null;
  /** −2 … +2 */
  sentiment?: number | null;
  /** The e-mail address of our person in it. */
  by?: string | null;
  /** What somebody wrote about it in Slack. */
  note?: string | null;
};

type Said<Type extends string, Body> = { id: string; source: Source; type: Type; occurredAt: EpochMs } & Body;

/** One normalised fact out of a CRM: all that the core sees of one. `id` is its idempotency key. */
export type Signal =
  | Said<'account.upserted', { account: { id: string } & AccountFields }>
  | Said<'deal.upserted', { deal: { id: string } & DealFields }>
  | Said<'person.upserted', { person: { id: string } & PersonFields }>
  | Said<'touchpoint.recorded', { touchpoint: TouchpointFields }>
  | Said<'stage.entered', { stage: { dealId: string; stage: string } }>
  | Said<'next-step.set', { nextStep: { dealId: string; title: string | null; due?: IsoDay | null } }>
  | Said<'metric.recorded', { metric: { accountId: string; name: string; value: number } }>
  | Said<'milestone.completed', { milestone: { accountId: string; name: string } }>
  | Said<'role.assigned', { role: { personId: string; role: string } }>
  /** What somebody set in Slack, by a Slack user id: whether the person has the role. */
  | Said<'role.set', { role: { personId: string; role: string; held: boolean; by: string } }>
  | Said<'record.merged', { merge: { kind: RecordKind; from: string[]; into: string } }>
  | Said<'record.deleted', { record: { kind: RecordKind; id: string } }>
  | Said<'record.erased', { record: { kind: RecordKind; id: string } }>;

export type SignalType = Signal['type'];
