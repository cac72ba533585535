import type { Calendar } from '../../../src/core/calendar.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { dayMs, type EpochMs, hourMs } from '../../../src/core/time.ts';
import { createRandom, type Random } from '../../../src/sandbox/company/random.ts';
import type { AfterSale, Industry } from './industries.ts';

/**
 * `perfect`: in time, with everybody, answered within the hour. `healthy`: as good business goes, with delays and quiet weeks. `troubled`: one thing goes
 * wrong for good.
 */
export const manners = ['perfect', 'healthy', 'troubled'] as const;
export type Manner = (typeof manners)[number];
export type Customer = { id: string; manner: Manner; signals: Signal[] };

type Scene = { id: string; manner: Manner; industry: Industry; calendar: Calendar; random: Random; signals: Signal[]; until: EpochMs };

/** The same customer for the same seed, on every machine. `from`: the year begins; some come in it, some have been customers for a while. */
export function createCustomer(industry: Industry, manner: Manner, seed: number, calendar: Calendar, from: EpochMs): Customer {
  const random = createRandom(seed);
  const id = `${manner}-${seed}`;
  const scene: Scene = { id, manner, industry, calendar, random, signals: [], until: from + 365 * dayMs };
  const isOld = industry.after !== null && random.chance(0.5);
  const begins = workday(scene, from + (isOld ? -random.between(150, 380) : random.between(0, 250)) * dayMs);
  tell(scene, begins, 'account.upserted', { account: { id, name: `Customer ${id}`, ownerEmail: 'dana@us.example' } });
  const wonAt = sell(scene, begins, isOld || random.chance(industry.wins));
  if (wonAt !== null && industry.after !== null) serve(scene, industry.after, wonAt);
  return { id, manner, signals: scene.signals };
}

/** The deal, to its end. Null where it was lost. */
function sell(scene: Scene, begins: EpochMs, wins: boolean): EpochMs | null {
  const { id, industry, manner, random, calendar } = scene;
  const dealId = `d-${id}`;
  const stalls = manner === 'troubled' && random.chance(0.6) ? random.between(0, industry.stages.length - 1) : null;
  const stays = industry.stages.map(({ stay: [low, high] }, index) => {
    if (manner === 'perfect') return low;
    return Math.round(random.between(low, high) * (index === stalls ? 4 : random.chance(0.1) ? 1.4 : 1));
  });
  const planned = begins + stays.reduce((sum, days) => sum + days, 0) * 1.5 * dayMs;
  const closeDate = (at: EpochMs): string => calendar.dayOf(at);
  tell(scene, begins, 'deal.upserted', {
    deal: {
      id: dealId,
      accountId: id,
      name: `Deal ${id}`,
      pipeline: 'default',
      amount: random.between(5, 90) * 1000,
      currency: 'EUR',
      ownerEmail: 'dana@us.example',
      closeDate: closeDate(planned + (manner === 'perfect' ? 20 : 5) * dayMs),
      stage: industry.stages[0]?.crm ?? '',
    },
  });
  let at = begins;
  const heard = new Map<number, EpochMs>();
  for (const [index, { crm }] of industry.stages.entries()) {
    tell(scene, at, 'stage.entered', { stage: { dealId, stage: crm } });
    for (const [seat, { role, title, stage }] of industry.seats.entries()) {
      if (stage !== index) continue;
      const late = manner === 'perfect' ? 0 : random.between(0, 5);
      const missing = manner === 'troubled' && random.chance(0.4);
      if (!missing)
        tell(scene, plusDays(scene, at, late), 'person.upserted', {
          person: { id: personId(id, seat), accountId: id, dealIds: [dealId], name: `Person ${seat} of ${id}`, title, roles: [role] },
        });
    }
    const ends = plusDays(scene, at, stays[index] ?? 1);
    talk(scene, heard, { from: at, to: ends, stage: index, quiet: index === stalls });
    // A close date that was too early is moved when everybody sees it.
    if (at > planned) tell(scene, at, 'deal.upserted', { deal: { id: dealId, closeDate: closeDate(ends + 20 * dayMs) } });
    at = ends;
  }
  const outcome = wins ? 'closedwon' : 'closedlost';
  tell(scene, at, 'stage.entered', { stage: { dealId, stage: outcome } });
  return wins ? at : null;
}

/** Talks about the deal while it is in a stage: we write, they answer, they ask, we answer. */
function talk(
  scene: Scene,
  heard: Map<number, EpochMs>,
  { from, to, stage, quiet }: { from: EpochMs; to: EpochMs; stage: number; quiet: boolean },
): void {
  const { id, industry, manner, random } = scene;
  const [low, high] = industry.talks;
  const people = industry.seats.flatMap((seat, index) => (seat.stage <= stage ? [index] : []));
  const touch = (at: EpochMs, seat: number, direction: 'inbound' | 'outbound', type: string): void =>
    tell(scene, at, 'touchpoint.recorded', {
      touchpoint: { accountId: id, dealId: `d-${id}`, personId: personId(id, seat), type, channel: 'email', direction },
    });
  for (let at = from; at < to; at = plusDays(scene, at, manner === 'perfect' ? low : random.between(low, high))) {
    if (quiet && at > from + 10 * dayMs) break;
    for (const seat of people) {
      // Of whom nothing was heard for a week, one asks again.
      const isDue = (heard.get(seat) ?? from) < at - 7 * dayMs;
      if (manner !== 'perfect' && !isDue && !random.chance(0.7)) continue;
      touch(at, seat, 'outbound', 'email');
      if (manner !== 'perfect' && !random.chance(isDue ? 0.9 : 0.8)) continue;
      heard.set(seat, at);
      touch(plusHours(scene, at, random.between(1, 6)), seat, 'inbound', 'meeting');
    }
    const asker = people[random.between(0, people.length - 1)] ?? 0;
    if (random.chance(industry.asks.count / 20)) {
      const asked = plusHours(scene, at, 3);
      touch(asked, asker, 'inbound', industry.asks.type);
      touch(plusHours(scene, asked, answerHours(scene)), asker, 'outbound', 'email');
    }
  }
}

/** After the sale, until the year is over. */
function serve(scene: Scene, after: AfterSale, wonAt: EpochMs): void {
  const { id, manner, random, until, industry } = scene;
  const trouble = manner === 'troubled' ? wonAt + random.between(60, 200) * dayMs : null;
  const isOver = (at: EpochMs): boolean => trouble !== null && at > trouble;
  const slower = manner === 'perfect' ? 1 : manner === 'healthy' ? random.between(90, 125) / 100 : random.between(100, 180) / 100;
  for (const { stage, after: days } of after.lifecycle)
    tell(scene, wonAt + days * slower * dayMs, 'account.upserted', { account: { id, lifecycleStage: stage } });
  for (const { name, after: days } of after.milestones)
    tell(scene, wonAt + days * slower * dayMs, 'milestone.completed', { milestone: { accountId: id, name } });
  for (const { name, every, usual, varies, min, max, whole } of after.metrics) {
    const own = usual > 20 ? usual * (random.between(30, 250) / 100) : usual;
    for (let at = wonAt + every * dayMs + random.between(0, 5) * dayMs; at < until; at += every * dayMs) {
      const noise = 1 + (manner === 'perfect' ? varies / 4 : varies) * (random.next() + random.next() - 1);
      const isLess = usual < 5 && whole && name !== 'nps';
      const value = own * noise * (isOver(at) ? (isLess ? 4 : 0.45) : 1);
      const rounded = whole ? Math.round(value) : Math.round(value * 10) / 10;
      tell(scene, at, 'metric.recorded', { metric: { accountId: id, name, value: Math.min(max, Math.max(min, rounded)) } });
    }
  }
  const touch = (at: EpochMs, seat: number, direction: 'inbound' | 'outbound', type: string): void =>
    tell(scene, at, 'touchpoint.recorded', { touchpoint: { accountId: id, personId: personId(id, seat), type, channel: 'email', direction } });
  const people = industry.seats.map((_, index) => index);
  const { first, later, newFor } = after.talks;
  for (let at = plusDays(scene, wonAt, 1); at < until && !isOver(at); ) {
    for (const seat of people.slice(0, 2)) {
      touch(at, seat, 'outbound', 'email');
      touch(plusHours(scene, at, random.between(1, 8)), seat, 'inbound', 'meeting');
    }
    const [low, high] = at < wonAt + newFor * slower * dayMs ? first : later;
    at = plusDays(scene, at, manner === 'perfect' ? low : random.between(low, high));
  }
  const [soonest, latest] = after.tickets.every;
  for (let at = wonAt + random.between(soonest, latest) * dayMs; at < until; at += random.between(soonest, latest) * dayMs) {
    const asked = workday(scene, at);
    const seat = random.between(0, people.length - 1);
    touch(asked, seat, 'inbound', after.tickets.type);
    touch(plusHours(scene, asked, answerHours(scene)), seat, 'outbound', 'email');
  }
  if (after.renewal !== null) renew(scene, after.renewal, wonAt, trouble, touch);
}

function renew(
  scene: Scene,
  { type, talkedBefore: [low, high] }: NonNullable<AfterSale['renewal']>,
  wonAt: EpochMs,
  trouble: EpochMs | null,
  touch: (at: EpochMs, seat: number, direction: 'inbound' | 'outbound', type: string) => void,
): void {
  const { id, calendar, random, until, manner } = scene;
  for (let renewal = wonAt + 365 * dayMs; renewal - 400 * dayMs < until; renewal += 365 * dayMs) {
    tell(scene, renewal - 364 * dayMs, 'account.upserted', { account: { id, renewalDate: calendar.dayOf(renewal) } });
    const talkedAt = renewal - (manner === 'perfect' ? high : random.between(manner === 'healthy' ? low - 20 : 20, high)) * dayMs;
    if (trouble === null || talkedAt < trouble) touch(workday(scene, talkedAt), 0, 'outbound', type);
    if (trouble !== null && renewal > trouble) {
      tell(scene, renewal, 'account.upserted', { account: { id, lifecycleStage: 'churned' } });
      return;
    }
  }
}

/** Mostly within some hours; now and then somebody is away. */
function answerHours({ manner, random }: Scene): number {
  if (manner === 'perfect') return 1;
  if (manner === 'healthy') return random.chance(0.04) ? random.between(5, 12) : random.between(1, 3);
  return random.chance(0.3) ? random.between(9, 40) : random.between(1, 6);
}

function tell(scene: Scene, at: EpochMs, type: Signal['type'], body: Record<string, unknown>): void {
  if (at > scene.until) return;
  const { id, signals } = scene;
  signals.push({ id: `${id}-${signals.length}`, source: 'hubspot', type, occurredAt: Math.round(at), ...body } as unknown as Signal);
}

const personId = (id: string, seat: number): string => `p-${id}-${seat}`;
const workday = ({ calendar }: Scene, at: EpochMs): EpochMs => calendar.nextOpening(at) + hourMs;
const plusDays = ({ calendar }: Scene, at: EpochMs, days: number): EpochMs => calendar.add(at, { amount: days, unit: 'bd' });
const plusHours = ({ calendar }: Scene, at: EpochMs, hours: number): EpochMs => calendar.add(at, { amount: hours, unit: 'bh' });
