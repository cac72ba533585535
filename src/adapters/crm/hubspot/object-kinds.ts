import type { RecordKind } from '../../../core/journey/signal.ts';

/** HubSpot's objects that the bot reads, by their names in its API. */
export const recordObjects = ['deals', 'contacts', 'companies'] as const;
export type RecordObject = (typeof recordObjects)[number];
export const engagementObjects = ['calls', 'emails', 'meetings', 'tasks'] as const;
export type EngagementObject = (typeof engagementObjects)[number];
export type ObjectKind = RecordObject | EngagementObject;

/** Type ids of generic `object.*` events, and the prefixes of the older ones (`deal.creation`). */
const byTypeName: Record<string, ObjectKind> = {
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
  '0-27': 'tasks',
  '0-47': 'meetings',
  '0-48': 'calls',
  '0-49': 'emails',
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  meeting: 'meetings',
  call: 'calls',
  email: 'emails',
  task: 'tasks',
};

export const objectKindOf = (typeName: string): ObjectKind | null => (Object.hasOwn(byTypeName, typeName) ? (byTypeName[typeName] ?? null) : null);

export const isEngagement = (kind: ObjectKind): kind is EngagementObject => engagementObjects.some((engagement) => engagement === kind);

export const recordKindOf: Record<RecordObject, RecordKind> = { deals: 'deal', contacts: 'person', companies: 'account' };

/** The number that HubSpot's own pages have for a kind of record. */
const pageOf: Record<RecordObject, string> = { contacts: '0-1', companies: '0-2', deals: '0-3' };

/** Ids of the three kinds overlap in HubSpot; a record kind and this id name one thing. */
export const recordId = (id: string): string => `hubspot:${id}`;
/** HubSpot's own id of a record. */
export const ownId = (id: string): string => id.slice(recordId('').length);

export const recordUrl = (portalId: number, kind: RecordObject, id: string): string =>
  `https://app.hubspot.com/contacts/${portalId}/record/${pageOf[kind]}/${id}`;
