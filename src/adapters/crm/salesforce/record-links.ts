import type { RecordLink } from '../../../app/crm.ts';
import { isId } from '../salesforce-id.ts';
import { objectNameOfId, recordId, recordKindOf } from './object-names.ts';

const host = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:salesforce|force)\.com$/;
const id = '([A-Za-z0-9]{15}|[A-Za-z0-9]{18})';
/** Lightning with the object's name or without, the older `one.app`, and Classic. */
const paths = [
  new RegExp(`^/lightning/r/(?:[A-Za-z0-9_]+/)?${id}(?:/|$)`),
  new RegExp(`^/one/one\\.app#/sObject/${id}(?:/|$)`),
  new RegExp(`^/${id}(?:/|$)`),
];

/** The record that a page of Salesforce shows. What kind it is, its id says. */
export function salesforceLink({ hostname, pathname, hash }: URL): RecordLink | null {
  if (!host.test(hostname)) return null;
  const found = paths.map((path) => path.exec(`${pathname}${hash}`)?.[1]).find((match) => match !== undefined);
  const name = found === undefined || !isId(found) ? null : objectNameOfId(found);
  if (found === undefined || (name !== 'Opportunity' && name !== 'Account' && name !== 'Contact')) return null;
  return { kind: recordKindOf[name], id: recordId(found), place: domainOf(hostname) };
}

/**
 * The organisation's My Domain, which is the same in `acme.my.salesforce.com` and `acme.lightning.force.com`, and another one in its sandboxes. Null on
 * an instance (`eu5.salesforce.com`), which many share.
 */
function domainOf(hostname: string): string | null {
  const [first = '', ...rest] = hostname.split('.');
  return rest.length < 3 ? null : first;
}
