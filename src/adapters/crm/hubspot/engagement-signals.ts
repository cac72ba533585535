import { touchpointId } from '../../../core/journey/happening.ts';
import type { Direction, Signal } from '../../../core/journey/signal.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { Directory } from './directory.ts';
import type { HubspotObject } from './hubspot-answers.ts';
import { type EngagementObject, recordId } from './object-kinds.ts';
import { timeOf } from './record-fields.ts';
import { isIncoming, sendersOf } from './senders.ts';
import { linked, type State } from './state.ts';

type Spoken = Exclude<EngagementObject, 'tasks'>;

const spoken: Record<Spoken, { type: string; channel: string }> = {
  calls: { type: 'call', channel: 'phone' },
  emails: { type: 'email', channel: 'email' },
  meetings: { type: 'meeting', channel: 'meeting' },
};

/**
 * A logged call, e-mail or meeting as touchpoints: for each deal it belongs to (else for its company) one of everybody who was in it, or one of nobody.
 * HubSpot forgets who was in it when they are deleted, so none of them is before the others. Their ids hold no time: an engagement that is edited
 * stays the same touchpoint. A meeting that is still to come is none yet, and a task is none even when it is done: what was done is logged as a call
 * or an e-mail.
 */
export function engagementSignals(
  state: State,
  kind: EngagementObject,
  object: HubspotObject,
  directory: Pick<Directory, 'owner'>,
  now: EpochMs,
): Signal[] {
  const { id, properties } = object;
  const at = timeOf(properties.hs_timestamp) ?? timeOf(properties.hs_meeting_start_time);
  if (kind === 'tasks' || at === null || at > now) return [];
  if (tookNoPlace(kind, properties)) return [];

  const deals = linked(state, kind, 'deals', id);
  const direction = directionOf(state, kind, object);
  const owner = properties.hubspot_owner_id ? directory.owner(properties.hubspot_owner_id) : '';
  // An owner whose address HubSpot does not tell is nobody we could name.
  const by = owner.includes('@') ? { by: owner } : {};
  const [company] = linked(state, kind, 'companies', id);
  const account = company === undefined ? {} : { accountId: recordId(company) };
  const people = [...new Set(actors(state, kind, object, direction).map(recordId))];
  const touchpoint = (about: { dealId?: string; personId?: string }): Signal => ({
    id: touchpointId(`hubspot:${spoken[kind].type}:${id}`, about.personId ?? null, about.dealId),
    source: 'hubspot',
    type: 'touchpoint.recorded',
    occurredAt: at,
    touchpoint: { ...about, ...account, ...spoken[kind], direction, ...by },
  });
  const touchpoints = (about: { dealId?: string }): Signal[] =>
    people.length === 0 ? [touchpoint(about)] : people.map((personId) => touchpoint({ ...about, personId }));
  if (deals.length > 0) return deals.flatMap((deal) => touchpoints({ dealId: recordId(deal) }));
  return company === undefined && people.length === 0 ? [] : touchpoints({});
}

/** A meeting that was called off; an e-mail that reached nobody, or has not been sent yet. */
function tookNoPlace(kind: Spoken, { hs_meeting_outcome, hs_email_status }: HubspotObject['properties']): boolean {
  if (kind === 'meetings') return ['CANCELED', 'RESCHEDULED'].includes(hs_meeting_outcome ?? '');
  return kind === 'emails' && ['BOUNCED', 'FAILED', 'SCHEDULED', 'SENDING'].includes(hs_email_status ?? '');
}

/** Everybody who was reached; of an incoming e-mail its sender alone. */
const actors = (state: State, kind: Spoken, object: HubspotObject, direction: Direction): string[] =>
  kind === 'emails' && direction === 'inbound' ? sendersOf(state, object) : linked(state, kind, 'contacts', object.id);

/**
 * HubSpot's own word where there is one. A call without it was logged by one of ours: outbound. A meeting takes two: they came, unless it
 * says that nobody did.
 */
function directionOf(state: State, kind: Spoken, object: HubspotObject): Direction {
  const { properties } = object;
  switch (kind) {
    case 'calls':
      return properties.hs_call_direction === 'INBOUND' ? 'inbound' : 'outbound';
    case 'emails':
      return isIncoming(state, object) ? 'inbound' : 'outbound';
    case 'meetings':
      return properties.hs_meeting_outcome === 'NO_SHOW' ? 'outbound' : 'inbound';
  }
}
