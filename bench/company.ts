import type { Signal } from '../src/core/journey/signal.ts';
import { dayMs, type EpochMs, hourMs } from '../src/core/time.ts';

/** A made-up market, the same for the same index and time: account `a-7` has deal `d-7` and four people, `p-7-0` to `p-7-3`. */

export const channels = 40;
const firstWords = ['Invented', 'Imaginary', 'Fictional', 'Sample', 'Madeup', 'Placeholder', 'Pretend', 'Notional'];
const secondWords = ['Industries', 'Logistics', 'Robotics', 'Foods', 'Energy', 'Textiles', 'Optics', 'Software', 'Motors', 'Metals', 'Paper'];
const people = [
  { title: 'CFO', roles: ['Economic Buyer'] },
  { title: 'Head of Operations', roles: ['Champion'] },
  { title: 'Systems Engineer', roles: [] },
  { title: 'Project Manager', roles: [] },
];
const types = ['email', 'call', 'meeting', 'demo', 'content_viewed'];

export const accountName = (index: number): string => `${firstWords[index % firstWords.length]} ${secondWords[index % secondWords.length]} ${index}`;
export const dealName = (index: number): string => `${accountName(index)} rollout`;
export const ownerOf = (index: number): string => `owner-${index % channels}@us.example`;

/** Two journeys in a hundred are in trouble. */
const isHealthy = (index: number): boolean => index % 50 !== 0;
/** Ten touchpoints a journey on average: most have few, some have many. */
const touchpointsOf = (index: number): number => (index % 5 === 1 ? 30 : 5);

/** All that the CRM has ever said of one account. */
export function historyOf(index: number, now: EpochMs): Signal[] {
  const age = (isHealthy(index) ? 0 : 45 * dayMs) + (index % 24) * hourMs;
  const said = (days: number, id: string): Pick<Signal, 'id' | 'source' | 'occurredAt'> => ({
    id: `${id}-${index}`,
    source: 'signals',
    occurredAt: now - age - days * dayMs,
  });
  const ownerEmail = ownerOf(index);
  return [
    {
      ...said(14, 'a'),
      type: 'account.upserted',
      account: { id: `a-${index}`, name: accountName(index), domain: `company-${index}.example`, ownerEmail },
    },
    {
      ...said(12, 'd'),
      type: 'deal.upserted',
      deal: {
        id: `d-${index}`,
        accountId: `a-${index}`,
        name: dealName(index),
        pipeline: 'default',
        stage: 'qualifiedtobuy',
        amount: 5_000 + (index % 90) * 1_000,
        currency: 'EUR',
        ownerEmail,
        closeDate: dayAfter(now, 60),
        status: 'open',
      },
    },
    { ...said(8, 's1'), type: 'stage.entered', stage: { dealId: `d-${index}`, stage: 'presentationscheduled' } },
    { ...said(3, 's2'), type: 'stage.entered', stage: { dealId: `d-${index}`, stage: 'contractsent' } },
    ...people.map(
      ({ title, roles }, person): Signal => ({
        ...said(12, `p${person}`),
        type: 'person.upserted',
        person: {
          id: `p-${index}-${person}`,
          accountId: `a-${index}`,
          dealIds: [`d-${index}`],
          name: `Person ${person} of ${index}`,
          title,
          email: `p${person}@company-${index}.example`,
          roles,
        },
      }),
    ),
    ...Array.from(
      { length: touchpointsOf(index) },
      (_, nth): Signal => ({
        ...said(1 + (nth * 9) / touchpointsOf(index), `t${nth}`),
        type: 'touchpoint.recorded',
        touchpoint: touchpoint(index, nth),
      }),
    ),
  ];
}

/** Something that happened just now, as a CRM would send it: about 530 bytes, the way machines that indent their JSON come to them. */
export const liveTouchpoint = (index: number, id: string, now: EpochMs): string =>
  JSON.stringify(
    {
      id,
      type: 'touchpoint.recorded',
      occurredAt: new Date(now).toISOString(),
      touchpoint: { ...touchpoint(index, now % 97), asset: 'pricing-and-packaging' },
    },
    null,
    10,
  );

/** A deal falls back to where it began: an alert at once. */
export const setback = (index: number, id: string, now: EpochMs): string =>
  JSON.stringify({ id, type: 'stage.entered', occurredAt: new Date(now).toISOString(), stage: { dealId: `d-${index}`, stage: 'qualifiedtobuy' } });

const touchpoint = (index: number, nth: number) =>
  ({
    accountId: `a-${index}`,
    dealId: `d-${index}`,
    personId: `p-${index}-${nth % people.length}`,
    type: types[nth % types.length] ?? 'email',
    channel: 'email',
    direction: nth % 3 === 0 ? 'outbound' : 'inbound',
    // Nothing goes badly: who is unhappy is an alert, and most accounts are to have none.
    sentiment: nth % 2,
  }) as const;

const dayAfter = (now: EpochMs, days: number): string => new Date(now + days * dayMs).toISOString().slice(0, 10);
