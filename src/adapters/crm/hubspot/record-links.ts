import type { RecordLink } from '../../../app/crm.ts';
import { objectKindOf, recordId, recordKindOf, recordObjects } from './object-kinds.ts';

/** `app.hubspot.com`, and where the account is kept elsewhere `app-eu1.hubspot.com`, … */
const host = /^app(?:-[a-z]{2,3}\d{1,2})?\.hubspot\.com$/;
/** `/contacts/{portal}/record/0-3/{id}`, with a tab behind it or not; and as it was before: `/contacts/{portal}/deal/{id}`. */
const path = /^\/contacts\/(\d{1,20})\/(?:record\/(0-[123])|(deal|company|contact))\/(\d{1,20})(?:\/|$)/;

/** The record that a page of HubSpot shows. Ids are those of one portal: another's are another's records. */
export function hubspotLink({ hostname, pathname }: URL): RecordLink | null {
  const [, portal, type, word, id] = host.test(hostname) ? (path.exec(pathname) ?? []) : [];
  if (portal === undefined || id === undefined) return null;
  const object = recordObjects.find((known) => known === objectKindOf(type ?? word ?? ''));
  return object === undefined ? null : { kind: recordKindOf[object], id: recordId(id), place: portal };
}
