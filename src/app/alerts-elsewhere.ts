import { warns } from '../core/alerts/warns.ts';
import type { Journey } from '../core/journey/journey.ts';
import type { Neighbourhood } from './ports.ts';

/** An account's journey that knows of the open alerts on all other journeys of the account. A deal's stays as it is: nobody praises a deal. */
export function withAlertsElsewhere(journey: Journey, { journeys, alerts }: Pick<Neighbourhood, 'journeys' | 'alerts'>): Journey {
  const accountId = journey.account?.id ?? null;
  if (journey.kind === 'deal' || accountId === null) return journey;
  let open = 0;
  for (const { id, accountId: whose } of journeys.values()) {
    if (whose !== accountId || id === journey.id) continue;
    open += (alerts.get(id) ?? []).filter(warns).length;
  }
  return open === 0 ? journey : { ...journey, alertsElsewhere: open };
}
