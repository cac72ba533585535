import type { LocalTime } from '../../../core/calendar/local-time.ts';
import type { AccountFields, DealFields, DealStatus, PersonFields } from '../../../core/journey/signal.ts';
import type { EpochMs, IsoDay } from '../../../core/time.ts';
import type { Directory } from './directory.ts';
import type { Stage } from './hubspot-api.ts';
import { type ObjectKind, recordId } from './object-kinds.ts';

/** HubSpot's properties as the bot's fields. A property that was not asked for says nothing, an empty one (`null`) empties its field. */
export type Properties = Record<string, string | null>;

/** The properties that are read, by kind: no others leave HubSpot. */
export const readProperties = {
  deals: [
    'dealname',
    'dealstage',
    'pipeline',
    'amount',
    'deal_currency_code',
    'closedate',
    'hubspot_owner_id',
    'hs_lastmodifieddate',
    'hs_merged_object_ids',
  ],
  contacts: [
    'firstname',
    'lastname',
    'email',
    'hs_additional_emails',
    'jobtitle',
    'hs_buying_role',
    'associatedcompanyid',
    'lastmodifieddate',
    'hs_merged_object_ids',
    'hs_calculated_merged_vids',
  ],
  companies: ['name', 'domain', 'lifecyclestage', 'hubspot_owner_id', 'hs_lastmodifieddate', 'hs_merged_object_ids'],
  calls: ['hs_timestamp', 'hs_call_direction', 'hubspot_owner_id'],
  emails: ['hs_timestamp', 'hs_email_direction', 'hs_email_status', 'hs_email_from_email', 'hubspot_owner_id'],
  meetings: ['hs_timestamp', 'hs_meeting_start_time', 'hs_meeting_outcome', 'hs_lastmodifieddate', 'hubspot_owner_id'],
  tasks: ['hs_timestamp', 'hs_task_status', 'hs_task_type', 'hs_lastmodifieddate'],
} as const;

/** The properties whose former values count, with the times they had them. */
export const readHistory = {
  deals: ['dealstage', 'closedate'],
  contacts: [],
  companies: ['lifecyclestage'],
  calls: [],
  emails: [],
  meetings: [],
  tasks: [],
} as const satisfies Record<ObjectKind, readonly string[]>;

export function dealFields(properties: Properties, id: string, directory: Directory): DealFields {
  const { dealname, dealstage, pipeline, amount, deal_currency_code, closedate, hubspot_owner_id } = properties;
  const stage = dealstage && pipeline ? directory.stage(stageKey(properties)) : undefined;
  return {
    name: dealname || `Deal ${id}`,
    pipeline: pipeline || null,
    stage: dealstage || null,
    amount: amountOf(amount),
    currency: deal_currency_code || null,
    closeDate: directory.dayOf(closedate),
    // A stage that HubSpot does not know says nothing.
    ...(stage === undefined ? {} : { status: statusOf(stage) }),
    ownerEmail: hubspot_owner_id ? directory.owner(hubspot_owner_id) : null,
  };
}

export function personFields(properties: Properties, id: string): PersonFields {
  const { firstname, lastname, email, jobtitle, associatedcompanyid } = properties;
  return {
    name: [firstname, lastname].filter(Boolean).join(' ') || email || `Contact ${id}`,
    title: jobtitle || null,
    email: email || null,
    accountId: associatedcompanyid ? recordId(associatedcompanyid) : null,
  };
}

export function accountFields(properties: Properties, id: string, directory: Directory): AccountFields {
  const { name, domain, lifecyclestage, hubspot_owner_id } = properties;
  return {
    name: name || domain || `Company ${id}`,
    domain: domain || null,
    lifecycleStage: lifecyclestage || null,
    ownerEmail: hubspot_owner_id ? directory.owner(hubspot_owner_id) : null,
  };
}

/** What has to be in the directory to say these. */
export const referredTo = (deals: { properties: Properties }[], others: { properties: Properties }[]): { stages: string[]; owners: string[] } => ({
  stages: deals.flatMap(({ properties }) => (properties.pipeline && properties.dealstage ? [stageKey(properties)] : [])),
  owners: [...deals, ...others].flatMap(({ properties }) => properties.hubspot_owner_id || []),
});

const stageKey = ({ pipeline, dealstage }: Properties): string => `${pipeline}/${dealstage}`;

export const rolesOf = (roles: string | null | undefined): string[] =>
  (roles ?? '')
    .split(';')
    .map((role) => role.trim())
    .filter((role) => role !== '');

export const amountOf = (amount: string | null | undefined): number | null => {
  const value = Number(amount || Number.NaN);
  return Number.isFinite(value) ? value : null;
};

/**
 * A close date is an instant in HubSpot, in ISO 8601 from its API and in milliseconds from its webhooks, and shown as the day of the account's zone: five in the
 * afternoon in California is the next day in UTC. A year such as 20026, mistyped, is none.
 */
export function dayOf(time: string | null | undefined, zone?: LocalTime): IsoDay | null {
  const instant = timeOf(time);
  const at = instant === null || zone === undefined ? instant : timeOf(String(zone.toLocal(instant)));
  const iso = at === null ? '' : new Date(at).toISOString();
  return /^\d{4}-/.test(iso) ? iso.slice(0, 10) : null;
}

export function timeOf(time: string | null | undefined): EpochMs | null {
  if (!time) return null;
  const at = /^-?\d+$/.test(time) ? Number(time) : Date.parse(time);
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? at : null;
}

/** HubSpot calls a stage closed, and won or lost by its probability. */
export const statusOf = ({ closed, probability }: Stage): DealStatus => (closed ? (probability === 1 ? 'won' : 'lost') : 'open');
