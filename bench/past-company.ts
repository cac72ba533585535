import type { Signal } from '../src/core/journey/signal.ts';
import { dayMs, type EpochMs } from '../src/core/time.ts';
import { ownerOf } from './company.ts';

/**
 * A made-up year of deals that have mostly ended, the same for the same index and time: deal `d-7` of account `a-7` begins somewhere in the year, goes
 * through the stages, is talked about, and is won or lost. Those that are going to be lost are talked about less and less, as in life.
 */
export function pastOf(index: number, now: EpochMs): Signal[] {
  const random = createRandom(index);
  const begunAt = now - Math.round((20 + random() * 345) * dayMs);
  const lost = random() < 0.4;
  const lasts = Math.round((30 + random() * 120) * dayMs);
  const endsAt = begunAt + lasts;
  const at = (share: number): EpochMs => Math.round(begunAt + lasts * share);
  const said = (id: string, occurredAt: EpochMs): Pick<Signal, 'id' | 'source' | 'occurredAt'> => ({
    id: `${id}-${index}`,
    source: 'signals',
    occurredAt,
  });
  const deal = (id: string, occurredAt: EpochMs, fields: Omit<Extract<Signal, { type: 'deal.upserted' }>['deal'], 'id'>): Signal => ({
    ...said(id, occurredAt),
    type: 'deal.upserted',
    deal: { id: `d-${index}`, ...fields },
  });
  const signals: Signal[] = [
    { ...said('a', begunAt - dayMs), type: 'account.upserted', account: { id: `a-${index}`, name: `Past ${index}`, ownerEmail: ownerOf(index) } },
    deal('d', begunAt, {
      ...{ accountId: `a-${index}`, name: `Past deal ${index}`, pipeline: 'default', stage: 'qualifiedtobuy', status: 'open' },
      ...{ amount: 5_000 + (index % 90) * 1_000, currency: 'EUR', ownerEmail: ownerOf(index), closeDate: dayOf(at(0.8)) },
    }),
    ...['presentationscheduled', 'decisionmakerboughtin', 'contractsent'].map(
      (stage, nth): Signal => ({
        ...said(`s${nth}`, at(0.15 + nth * 0.2 + random() * 0.15)),
        type: 'stage.entered',
        stage: { dealId: `d-${index}`, stage },
      }),
    ),
    ...people.slice(0, lost ? 2 : 4).map(
      ({ title, roles }, nth): Signal => ({
        ...said(`p${nth}`, at(nth * 0.1)),
        type: 'person.upserted',
        person: { id: `p-${index}-${nth}`, accountId: `a-${index}`, dealIds: [`d-${index}`], name: `Person ${nth} of ${index}`, title, roles },
      }),
    ),
    ...Array.from({ length: touchpoints }, (_, nth): Signal => {
      // Squares come early: then there is less and less to hear.
      const share = random();
      const direction = random() < (lost ? 0.6 : 0.4) ? 'outbound' : 'inbound';
      return {
        ...said(`t${nth}`, at(lost ? share * share : share)),
        type: 'touchpoint.recorded',
        touchpoint: {
          ...{ accountId: `a-${index}`, dealId: `d-${index}`, personId: `p-${index}-${nth % (lost ? 2 : 4)}` },
          ...{ type: types[nth % types.length] ?? 'email', channel: 'email', direction, sentiment: (nth % 3) - 1 },
        },
      };
    }),
    deal('close', at(0.5), { closeDate: dayOf(endsAt) }),
    ...(endsAt < now ? [deal('end', endsAt, { status: lost ? 'lost' : 'won' })] : []),
  ];
  return signals.filter(({ occurredAt }) => occurredAt < now);
}

const touchpoints = 60;
const types = ['email', 'call', 'meeting', 'demo', 'content_viewed', 'pricing_viewed'];
const people = [
  { title: 'Head of Operations', roles: ['Champion'] },
  { title: 'Systems Engineer', roles: [] },
  { title: 'CFO', roles: ['Economic Buyer'] },
  { title: 'Counsel', roles: ['Legal'] },
];

const dayOf = (at: EpochMs): string => new Date(at).toISOString().slice(0, 10);

/** Mulberry32: the same numbers for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed + 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
