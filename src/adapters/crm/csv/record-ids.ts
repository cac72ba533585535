import { hash } from 'node:crypto';
import type { RecordKind } from '../../../core/journey/signal.ts';
import { to18 } from '../salesforce-id.ts';
import type { IdOwner } from './fields.ts';

/**
 * What a record of the file is called. An id of a CRM's is the one that its webhooks use (`hubspot:123`), so that they speak of the same
 * record. Without an id, the name makes one, with what else tells it apart: an account by its name, a deal by its name and account, a person by
 * the e-mail address, else name and account. Case and spaces do not count. Names do not show in ids: a person may have to be forgotten.
 */
export type RecordIds = {
  /** Null: it is no id of this CRM's. */
  ofId(text: string): string | null;
  ofNames(kind: RecordKind, ...names: (string | null | undefined)[]): string;
};

export const createRecordIds = (crm: IdOwner | null): RecordIds => ({
  ofId(text) {
    if (crm === null) return `csv:${text.length > 100 ? digest(text) : text}`;
    const id = forms[crm](text);
    return id === null ? null : `${crm}:${id}`;
  },
  ofNames: (kind, ...names) => `csv:${digest(JSON.stringify([kind, ...names.map(plainName)]))}`,
});

/** A spreadsheet that has read ids as numbers writes `123.0`, or loses the last digits (`1.23E+11`). */
const digits = (text: string): string | null => /^(\d{1,20})(?:[.,]0+)?$/.exec(text)?.[1] ?? null;

const forms: Record<IdOwner, (text: string) => string | null> = {
  hubspot: digits,
  pipedrive: digits,
  // Reports of Salesforce's show ids of 15 characters, its API of 18.
  salesforce: (text) => (/^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(text) ? to18(text) : null),
};

/** Whether a text is plainly no id of this CRM's, whatever a spreadsheet has done to it. */
export const isOthersId = (crm: IdOwner, text: string): boolean => forms[crm](text) === null && !/^[\d.,]+(E[+-]?\d+)?$/i.test(text);

const plainName = (name: string | null | undefined): string => (name ?? '').normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 20);
