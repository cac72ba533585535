import { newDelivery, type UnknownValue } from '../core/change.ts';
import { compareText } from '../core/compare-text.ts';
import type { Message } from '../core/delivery.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { sourceNames } from '../core/journey/signal.ts';
import type { LabelOf } from './crm-labels.ts';
import { forgetKnown } from './forget-known.ts';
import type { Clock, Store } from './ports.ts';

type ReportUnknownDependencies = {
  store: Store;
  config(): JourneyConfig;
  clock: Clock;
  readLabels(values: readonly UnknownValue[]): Promise<LabelOf>;
  /** The piece of journey.yml that makes values known. */
  pieceFor(values: readonly (UnknownValue & { label: string | null })[], config: JourneyConfig): string;
};

const reportedAtOnce = 20;
const reportedAt = 'unknown-reported';

/**
 * Tells the admin channel, at most once a day, which stages, pipelines, roles and owners of the CRM the journey map does not know: what they are, on how
 * many records, and the line to add. They are kept aside, never guessed. While history comes in it waits: nobody wants half of the list.
 */
export function createReportUnknown({ store, config, clock, readLabels, pieceFor }: ReportUnknownDependencies): () => Promise<void> {
  return async () => {
    const { adminChannel, calendar } = config();
    if (adminChannel === null) return;
    const now = clock.now();
    const last = Number((await store.meta(reportedAt)) ?? 0);
    if (calendar.dayOf(last) === calendar.dayOf(now)) return;
    const fresh = (await forgetKnown(store, config())).filter(({ toldAt }) => toldAt === null);
    if (fresh.length === 0 || (await store.settling()) > 0) return;
    fresh.sort((a, b) => b.count - a.count || compareText(a.value, b.value));
    const shown = fresh.slice(0, reportedAtOnce);
    const labelOf = await readLabels(shown);
    const named = shown.map((value) => ({ ...value, label: labelOf(value) }));
    const message: Message = {
      kind: 'notice',
      severity: 'warning',
      title: 'The CRM says things that the journey map does not know',
      lines: [
        ...named.map((value) => inWords(value, value.label)),
        ...(fresh.length > shown.length ? [`And ${fresh.length - shown.length} more: npm run journey -- quarantine lists them all.`] : []),
        'Until then they are kept aside: no rule guesses what they mean. As soon as the map knows them they count.',
        'For journey.yml, each line under the blocks that stand above it, in place of one of the same name that is there already:',
      ],
      code: pieceFor(named, config()).trimEnd().split('\n'),
    };
    await store.commit([
      newDelivery({ id: `notice:unknown:${calendar.dayOf(now)}`, channel: adminChannel, message, now }),
      { kind: 'unknown.told', values: fresh, at: now },
      { kind: 'meta.put', key: reportedAt, value: String(now) },
    ]);
  };
}

/** `stage pilot (Pilot running) of HubSpot, on 3 records` */
export function inWords({ source, what, value, count }: UnknownValue, label: string | null): string {
  const name = label === null ? value : `${value} (${label})`;
  return `${what} ${name} of ${sourceNames[source]}, on ${count === 1 ? 'one record' : count >= 1_000 ? '1,000 records or more' : `${count} records`}`;
}
