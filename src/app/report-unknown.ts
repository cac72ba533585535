import { newDelivery } from '../core/change.ts';
import { compareText } from '../core/compare-text.ts';
import type { Message } from '../core/delivery.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { Clock, Store } from './ports.ts';

type ReportUnknownDependencies = { store: Store; config(): JourneyConfig; clock: Clock };

const reportedAtOnce = 20;
const reportedUpTo = 'unknown-reported';

/**
 * Tells the admin channel, at most once a day, which stages, pipelines and roles of the CRM the journey map does not know: what they are, how
 * often they came, and where to add them. They are kept aside, never guessed. While history comes in it waits: nobody wants half of the list.
 */
export function createReportUnknown({ store, config, clock }: ReportUnknownDependencies): () => Promise<void> {
  return async () => {
    const { adminChannel, calendar } = config();
    if (adminChannel === null) return;
    const now = clock.now();
    const last = Number((await store.meta(reportedUpTo)) ?? 0);
    if (calendar.dayOf(last) === calendar.dayOf(now)) return;
    const fresh = (await store.unknownValues(reportedAtOnce)).filter((value) => value.lastSeenAt > last);
    if (fresh.length === 0 || (await store.settling()) > 0) return;
    fresh.sort((a, b) => b.count - a.count || compareText(a.value, b.value));
    const message: Message = {
      kind: 'notice',
      severity: 'warning',
      title: 'The CRM says things that the journey map does not know',
      lines: [
        ...fresh.map(
          ({ source, what, value, count }) => `${what} ${value} (${source}), ${count === 1 ? 'once' : `${count} times`}: ${whereToAdd[what]}`,
        ),
        'Until then they are kept aside: no rule guesses what they mean.',
      ],
    };
    await store.commit([
      newDelivery({ id: `notice:unknown:${calendar.dayOf(now)}`, channel: adminChannel, message, now }),
      { kind: 'meta.put', key: reportedUpTo, value: String(now) },
    ]);
  };
}

const whereToAdd = {
  stage: 'add it to “from” of one of the map’s stages',
  pipeline: 'name it in “for: { pipelines: […] }” of a map',
  role: 'add it to “crm” of one of the “roles”',
} as const;
