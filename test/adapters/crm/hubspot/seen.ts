import { accountJourneys, dealJourney } from '../../../../src/core/journey/assemble-journey.ts';
import type { Journey, JourneyDeal } from '../../../../src/core/journey/journey.ts';
import type { JourneyConfig } from '../../../../src/core/journey/journey-map.ts';
import { isAlive, type JourneyRecord } from '../../../../src/core/journey/record.ts';
import { aConfig, aMap } from '../../../core/builders.ts';
import type { Joined } from './joined.ts';

/** What the bot knows in the end, by `kind:id`. Of what is gone: when it went. */
export function seen(joined: Joined): Record<string, unknown> {
  const records = [...joined.records()].map(([key, record]): [string, unknown] => [
    key,
    isAlive(record) ? record : { deletedAt: record.deletedAt, erasedAt: record.erasedAt },
  ]);
  return Object.fromEntries(records.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is true in the end, without when it was said: each record's present values. */
export function valuesOf(joined: Joined): Record<string, unknown> {
  const alive = [...joined.records()].filter(([, record]) => isAlive(record));
  const values = alive.map(([key, record]): [string, unknown] => [
    key,
    Object.fromEntries(
      Object.entries(record).flatMap(([name, field]: [string, unknown]) =>
        typeof field === 'object' && field !== null && 'value' in field ? [[name, field.value]] : [],
      ),
    ),
  ]);
  return Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const config: JourneyConfig = aConfig({
  maps: [
    aMap({
      stages: [
        { key: 'awareness', from: { hubspot: ['appointmentscheduled'] } },
        { key: 'consideration', from: { hubspot: ['qualifiedtobuy'] } },
        { key: 'decision', from: { hubspot: ['contractsent'] } },
      ],
    }),
    aMap({
      key: 'customers',
      for: { kind: 'accounts' },
      stages: [
        { key: 'opportunity', from: { hubspot: ['opportunity'] } },
        { key: 'customer', from: { hubspot: ['customer'] } },
      ],
    }),
  ],
});

type Told = Omit<Journey, 'deal'> & { deal: Omit<JourneyDeal, 'closeDate'> | null };

/** The journeys that follow, without when HubSpot last said again what was known. */
export function journeysOf(joined: Joined): Told[] {
  const records = [...joined.records().values()];
  const of = <Kind extends JourneyRecord['kind']>(kind: Kind) =>
    records.filter((record): record is Extract<JourneyRecord, { kind: Kind }> => record.kind === kind);
  const deals = of('deal').flatMap((deal) => {
    const account = of('account').find(({ id }) => id === deal.accountId?.value) ?? null;
    const people = of('person').filter(({ accountId, dealIds }) => accountId?.value === account?.id || dealIds?.value?.includes(deal.id));
    return dealJourney(deal, { account, people }, config) ?? [];
  });
  const accounts = of('account').flatMap((account) =>
    accountJourneys({ account, people: of('person').filter(({ accountId }) => accountId?.value === account.id) }, config),
  );
  return [...deals, ...accounts]
    .filter(({ outcome }) => outcome.state !== 'deleted')
    .map(({ deal, ...journey }) => ({ ...journey, deal: deal === null ? null : withoutSayings(deal) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function withoutSayings({ closeDate: _, ...deal }: JourneyDeal): Omit<JourneyDeal, 'closeDate'> {
  return deal;
}
