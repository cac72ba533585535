import type { HubspotObject } from './hubspot-answers.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { linked, type State } from './state.ts';

/**
 * Who wrote an incoming e-mail, of the contacts it is associated with: the one who has or had the address it came from, nobody where no one has. Where HubSpot
 * names no sender it may have been any of them, and nobody is called silent who may have written. Neither depends on who else of them is still there, nor
 * on what their address is today.
 */
export function sendersOf(state: State, email: HubspotObject): string[] {
  const contacts = linked(state, 'emails', 'contacts', email.id);
  const sender = addressOf(email);
  if (sender === '') return contacts;
  return contacts.filter((contact) => addressesOf(state.objects.get('contacts')?.get(contact)).includes(sender)).slice(0, 1);
}

/** The contacts whose addresses are asked for. */
export const maySend = (state: State): string[] =>
  mayBeIncoming(state).flatMap((email) => (addressOf(email) === '' ? [] : linked(state, 'emails', 'contacts', email.id)));

/** Of e-mails that nobody's present address fits, the former ones: people change their address, most of all with their company. */
export async function readFormerAddresses(api: HubspotApi, state: State): Promise<void> {
  const unknown = mayBeIncoming(state).filter((email) => addressOf(email) !== '' && sendersOf(state, email).length === 0);
  const ids = [...new Set(unknown.flatMap(({ id }) => linked(state, 'emails', 'contacts', id)))];
  if (ids.length === 0) return;
  const known = state.objects.get('contacts') ?? new Map<string, HubspotObject>();
  for (const { id, history } of await api.readObjects('contacts', ids, [], ['email'])) {
    const contact = known.get(id);
    if (contact !== undefined) known.set(id, { ...contact, history: { ...contact.history, ...history } });
  }
}

/**
 * HubSpot's own word where there is one. An e-mail that one of us forwarded to HubSpot may be of either side: it came in where its sender is one of the
 * contacts.
 */
export function isIncoming(state: State, email: HubspotObject): boolean {
  const { hs_email_direction } = email.properties;
  if (hs_email_direction !== 'FORWARDED_EMAIL') return hs_email_direction === 'INCOMING_EMAIL';
  return addressOf(email) !== '' && sendersOf(state, email).length > 0;
}

const mayBeIncoming = (state: State): HubspotObject[] =>
  [...(state.objects.get('emails')?.values() ?? [])].filter(({ properties }) =>
    ['INCOMING_EMAIL', 'FORWARDED_EMAIL'].includes(properties.hs_email_direction ?? ''),
  );

const addressOf = ({ properties }: HubspotObject): string => plain(properties.hs_email_from_email ?? '');

function addressesOf(contact: HubspotObject | undefined): string[] {
  if (contact === undefined) return [];
  const { email, hs_additional_emails } = contact.properties;
  const former = (contact.history.email ?? []).map(({ value }) => value);
  return [email ?? '', ...(hs_additional_emails ?? '').split(';'), ...former].map(plain);
}

const plain = (address: string): string => address.trim().toLowerCase();
