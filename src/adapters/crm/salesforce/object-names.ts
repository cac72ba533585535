import type { RecordKind } from '../../../core/journey/signal.ts';
import { to18 } from '../salesforce-id.ts';

/** Salesforce's objects that the bot reads, by their names in its API. */
export const objectNames = ['Opportunity', 'Account', 'Contact', 'OpportunityContactRole', 'Task', 'Event'] as const;
export type ObjectName = (typeof objectNames)[number];

export type RecordName = 'Opportunity' | 'Account' | 'Contact';
export type ActivityName = 'Task' | 'Event';

export const recordKindOf: Record<RecordName, RecordKind> = { Opportunity: 'deal', Account: 'account', Contact: 'person' };

/** The first three characters of every id say what it is the id of; they are the same in all of Salesforce. */
const prefixes: Record<string, ObjectName> = {
  '001': 'Account',
  '003': 'Contact',
  '006': 'Opportunity',
  '00T': 'Task',
  '00U': 'Event',
  '00K': 'OpportunityContactRole',
};

export const objectNameOfId = (id: string | null | undefined): ObjectName | null => prefixes[id?.slice(0, 3) ?? ''] ?? null;

export const isObjectName = (name: string): name is ObjectName => objectNames.some((known) => known === name);

export const recordId = (id: string): string => `salesforce:${to18(id)}`;

/** Salesforce leads from here to the page that the reader's own kind of interface has. */
export const recordUrl = (origin: string, id: string): string => `${origin}/${to18(id)}`;
