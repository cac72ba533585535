import { dealOutcome } from '../core/journey/assemble-journey.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { DealRecord } from '../core/journey/record.ts';
import type { Neighbourhood } from './ports.ts';

/**
 * Whether a deal's journey has ended and is known as it ended: then nothing that happens on its account changes what there is to say of it. What is said of
 * the deal itself does, and so does what is said of the account's own fields (see said-of.ts).
 */
export function isAtRest(deal: DealRecord, { journeys, alerts }: Pick<Neighbourhood, 'journeys' | 'alerts'>, config: JourneyConfig): boolean {
  const id = `deal:${deal.id}`;
  const row = journeys.get(id);
  if (row === undefined || row.outcome === 'open' || row.settlingSince !== null) return false;
  if (alerts.get(id)?.some(({ state }) => state !== 'resolved')) return false;
  const now = dealOutcome(deal, config);
  return now !== null && now.mapKey === row.mapKey && now.outcome.state === row.outcome;
}
