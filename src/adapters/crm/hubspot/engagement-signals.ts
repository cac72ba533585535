import type { Direction, Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { HubspotObject } from './hubspot-answers.ts';
import { type EngagementObject, recordId } from './object-kinds.ts';
import { linked, type State } from './read-state.ts';
import { timeOf } from './record-fields.ts';

type Spoken = Exclude<EngagementObject, 'tasks'>;

const spoken: Record<Spoken, { type: string; channel: string }> = {
  calls: { type: 'call', channel: 'phone' },
  emails: { type: 'email', channel: 'email' },
  meetings: { type: 'meeting', channel: 'meeting' },
};

/**
 * A logged call, e-mail or meeting as touchpoints: one for each deal it belongs to (else one for its company), with the person who acted, and
 * one for each further person. Their ids hold no time: an engagement that is edited stays the same touchpoint. A meeting that is still to
 * come is none yet, and a task is none even when it is done: what was done is logged as a call or an e-mail.
 */
export function engagementSignals(state: State, kind: EngagementObject, object: HubspotObject, now: EpochMs): Signal[] {
  const { id, properties } = object;
  const at = timeOf(properties.hs_timestamp) ?? timeOf(properties.hs_meeting_start_time);
  if (kind === 'tasks' || at === null || at > now) return [];
  const outcome = properties.hs_meeting_outcome ?? '';
  if (kind === 'meetings' && ['CANCELED', 'RESCHEDULED'].includes(outcome)) return [];

  const deals = linked(state, kind, 'deals', id);
  const direction = directionOf(kind, properties);
  const [actor, ...others] = actors(state, kind, object, direction);
  const [company] = linked(state, kind, 'companies', id);
  const touchpoint = (key: string, about: { dealId?: string; accountId?: string; personId?: string }): Signal => ({
    id: `hubspot:${spoken[kind].type}:${id}:${key}`,
    source: 'hubspot',
    type: 'touchpoint.recorded',
    occurredAt: at,
    touchpoint: { ...about, ...spoken[kind], direction },
  });
  const person = actor === undefined ? {} : { personId: recordId(actor) };
  const account = company === undefined ? {} : { accountId: recordId(company) };
  const main =
    deals.length > 0
      ? deals.map((deal) => touchpoint(`deal:${deal}`, { dealId: recordId(deal), ...account, ...person }))
      : company !== undefined || actor !== undefined
        ? [touchpoint('account', { ...account, ...person })]
        : [];
  return [...main, ...others.map((other) => touchpoint(`person:${other}`, { personId: recordId(other) }))];
}

/** Everybody who was reached; of an incoming e-mail its sender alone, and nobody where it cannot be told. */
function actors(state: State, kind: Spoken, { id, properties }: HubspotObject, direction: Direction): string[] {
  const contacts = linked(state, kind, 'contacts', id);
  if (kind !== 'emails' || direction === 'outbound' || contacts.length < 2) return contacts;
  const sender = (properties.hs_email_from_email ?? '').toLowerCase();
  const known = state.objects.get('contacts');
  return contacts.filter((contact) => sender !== '' && known?.get(contact)?.properties.email?.toLowerCase() === sender).slice(0, 1);
}

/**
 * HubSpot's own word where there is one. A call without it was logged by one of ours: outbound. A meeting takes two: they came, unless it
 * says that nobody did.
 */
function directionOf(kind: Spoken, properties: HubspotObject['properties']): Direction {
  switch (kind) {
    case 'calls':
      return properties.hs_call_direction === 'INBOUND' ? 'inbound' : 'outbound';
    case 'emails':
      return properties.hs_email_direction === 'INCOMING_EMAIL' ? 'inbound' : 'outbound';
    case 'meetings':
      return properties.hs_meeting_outcome === 'NO_SHOW' ? 'outbound' : 'inbound';
  }
}
