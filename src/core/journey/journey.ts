import type { EpochMs, IsoDay } from '../time.ts';
import type { LastOf } from './last-of.ts';
import type { Touchpoint } from './record.ts';
import type { Source } from './signal.ts';

/**
 * One deal, or one account after the sale, travelling one map: what detectors see. Assembled from records and the map at every
 * evaluation, never stored as such, so a changed map or a merged record changes it at once.
 */
export type Journey = {
  /** `deal:d-1`, `account:a-1:customers`: an account has one for each map that it travels. */
  id: string;
  kind: 'deal' | 'account';
  mapKey: string;
  /** Segments that hold for it, in the order of journey.yml. */
  segments: string[];
  source: Source;
  account: JourneyAccount | null;
  deal: JourneyDeal | null;
  /** The deal's name, or the account's; an id where the CRM gave none. */
  name: string;
  ownerEmail: string | null;
  /** What its own record calls its owner, where nobody knows whose e-mail address that is. */
  unknownOwner?: string;
  url: string | null;
  outcome: Outcome;
  /** When it was first spoken of. */
  startedAt: EpochMs;
  /** Oldest first; the last one is current, and has `leftAt: null` while the journey is open. A gap between two: it was won or lost, and came back. */
  visits: StageVisit[];
  nextStep: { title: string; due: IsoDay | null; setAt: EpochMs } | null;
  /** The buying committee: the account's people and the deal's, ordered by id. */
  committee: Person[];
  /** Newest first. */
  touchpoints: Touchpoint[];
  /** Where older touchpoints may have been forgotten: of those of each type when the newest one was, all the same. */
  lastOf?: LastOf;
  /** By name, newest first. */
  metrics: Record<string, { at: EpochMs; value: number }[]>;
  milestones: Record<string, EpochMs>;
  /** Of an account's journey: the account's deals that travel a map and were not deleted, by id. */
  deals?: AccountDeal[];
  /** Of an account's journey: open alerts on the other journeys of the account that are more than a hint, where somebody has looked. */
  alertsElsewhere?: number;
  /** Of an account's journey: when time alone moves it next, as the renewal comes near. One without visits has not begun yet. */
  movesAt?: EpochMs;
};

export type AccountDeal = { id: string; name: string; mapKey: string; startedAt: EpochMs; outcome: Outcome };

export type Outcome = { state: 'open' } | { state: 'won' | 'lost' | 'deleted'; at: EpochMs };

export type JourneyAccount = {
  id: string;
  name: string;
  domain: string | null;
  segment: string | null;
  ownerEmail: string | null;
  url: string | null;
  renewalDate: IsoDay | null;
};

export type JourneyDeal = {
  id: string;
  name: string;
  pipeline: string | null;
  amount: number | null;
  currency: string | null;
  closeDate: { day: IsoDay; setAt: EpochMs } | null;
  /** Every close date it has had, oldest first, without repeats of the same day in a row. */
  closeDates: { day: IsoDay; setAt: EpochMs }[];
  /** How long the CRM itself lets it stay in its present stage, and since when it is there; null where the CRM does not say. */
  stallLimit: { days: number; since: EpochMs } | null;
};

/** `stage` is null where the map does not know the CRM's stage. */
export type StageVisit = { stage: string | null; crmStage: string; source: Source; enteredAt: EpochMs; leftAt: EpochMs | null };

export type Person = {
  id: string;
  name: string;
  title: string | null;
  email: string | null;
  roles: PersonRole[];
  /** Who told of the person last. */
  source: Source;
  /** Over all of the person's touchpoints, whichever deal they name. */
  lastInboundAt: EpochMs | null;
  lastOutboundAt: EpochMs | null;
  addedAt: EpochMs;
};

/** `crm`: its role field; `assigned`: given one at a time; `title`: inferred from the title, when nothing else is known; `slack`: set there. */
export type PersonRole = { role: string } & ({ origin: 'crm' | 'assigned' | 'title' } | { origin: 'slack'; by: string; at: EpochMs });

/** Where a journey is now, or was when it ended; null where nothing was said of its stage. */
export const currentVisit = (journey: Journey): StageVisit | null => journey.visits.at(-1) ?? null;

/** Of an account: nothing but the renewal date is there, and that is far off. All else has begun by being known. */
export const hasBegun = ({ visits, movesAt }: Pick<Journey, 'visits' | 'movesAt'>): boolean => visits.length > 0 || movesAt === undefined;
