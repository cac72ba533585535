import type { AccountFields, DealFields, PersonFields, Signal } from '../../../core/journey/signal.ts';
import { isEngagement, type RecordObject, recordId, recordKindOf, recordUrl } from './object-kinds.ts';
import { associationEnds, type Told, type Want } from './read-event.ts';
import { amountOf, dayOf, rolesOf } from './record-fields.ts';
import type { WebhookEvent } from './webhook-event.ts';

/**
 * What events say by themselves, for a team without an access token: that a record is there or gone, one property's new value, a deal's or
 * contact's company, an owner's id (journey.yml may know whose it is). What they cannot say stays unknown: a person's whole name, who else is on a deal.
 */
export function eventSignals(event: WebhookEvent, told: Told): Signal[] {
  const type = event.subscriptionType ?? event.eventType ?? '';
  if (type.endsWith('.associationChange')) return [...told.signals, ...companyLink(event, told.wants)];
  return [
    ...told.signals,
    ...told.wants.flatMap((want): Signal[] => {
      if (isEngagement(want.kind)) return [];
      return want.cause === 'deleted' ? [deletionSignal(want.kind, want.id, want.at)] : recordSaid(event, want.kind, want);
    }),
  ];
}

export const deletionSignal = (kind: RecordObject, id: string, at: number): Signal => ({
  id: `hubspot:${recordKindOf[kind]}:${id}:deleted:${at}`,
  source: 'hubspot',
  type: 'record.deleted',
  occurredAt: at,
  record: { kind: recordKindOf[kind], id: recordId(id) },
});

function recordSaid(event: WebhookEvent, kind: RecordObject, want: Want): Signal[] {
  const { propertyName = '', propertyValue } = event;
  const value = propertyValue || null;
  const base = {
    id: `hubspot:${recordKindOf[kind]}:${want.id}:${want.at}:${event.eventId}:${propertyName}`,
    source: 'hubspot',
    occurredAt: want.at,
  } as const;
  const record = { id: recordId(want.id), url: recordUrl(want.portalId, kind, want.id) };
  switch (kind) {
    case 'deals': {
      const upsert: Signal = { ...base, type: 'deal.upserted', deal: { ...record, ...dealProperty(propertyName, value) } };
      const entered: Signal = {
        ...base,
        id: `hubspot:deal:${want.id}:stage:${want.at}:${value}`,
        type: 'stage.entered',
        stage: { dealId: record.id, stage: value ?? '' },
      };
      return propertyName === 'dealstage' && value !== null ? [upsert, entered] : [upsert];
    }
    case 'contacts':
      return [{ ...base, type: 'person.upserted', person: { ...record, ...personProperty(propertyName, value) } }];
    case 'companies':
      return [{ ...base, type: 'account.upserted', account: { ...record, ...accountProperty(propertyName, value) } }];
  }
}

function dealProperty(name: string, value: string | null): DealFields {
  switch (name) {
    case 'dealname':
      return { name: value };
    case 'pipeline':
      return { pipeline: value };
    case 'amount':
      return { amount: amountOf(value) };
    case 'hubspot_owner_id':
      return { ownerEmail: value };
    case 'deal_currency_code':
      return { currency: value };
    case 'closedate':
      return { closeDate: dayOf(value) };
    case 'dealstage':
      // Only HubSpot's own two closed stages tell by their id what they are.
      return { stage: value, status: value === 'closedwon' ? 'won' : value === 'closedlost' ? 'lost' : 'open' };
    default:
      return {};
  }
}

function personProperty(name: string, value: string | null): PersonFields {
  switch (name) {
    case 'email':
      // A name is made of two properties and an event brings one: the address stands for it.
      return { email: value, name: value };
    case 'jobtitle':
      return { title: value };
    case 'hs_buying_role':
      return { roles: rolesOf(value) };
    case 'associatedcompanyid':
      return { accountId: value === null ? null : recordId(value) };
    default:
      return {};
  }
}

function accountProperty(name: string, value: string | null): AccountFields {
  switch (name) {
    case 'name':
      return { name: value };
    case 'domain':
      return { domain: value };
    case 'lifecyclestage':
      return { lifecycleStage: value };
    case 'hubspot_owner_id':
      return { ownerEmail: value };
    default:
      return {};
  }
}

/** A deal's or a contact's company, where the event is about the primary one. `wants` are the ends that are not companies. */
function companyLink(event: WebhookEvent, wants: Want[]): Signal[] {
  const { from, to } = associationEnds(event);
  const [want] = wants;
  if (wants.length !== 1 || want === undefined || event.isPrimaryAssociation !== true) return [];
  const company = want.id === from.id && to.kind === 'companies' ? to.id : from.id;
  if (company === undefined) return [];
  const accountId = event.associationRemoved === true ? null : recordId(company);
  const base = { id: `hubspot:${want.kind}:${want.id}:${want.at}:${event.eventId}:company`, source: 'hubspot', occurredAt: want.at } as const;
  if (want.kind === 'deals') return [{ ...base, type: 'deal.upserted', deal: { id: recordId(want.id), accountId } }];
  return want.kind === 'contacts' ? [{ ...base, type: 'person.upserted', person: { id: recordId(want.id), accountId } }] : [];
}
