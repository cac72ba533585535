import './unhurried.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { dayMs } from '../../../src/core/time.ts';
import { type HubspotTeller, openHubspot } from './hubspot-teller.ts';
import { openOnes } from './same-in-every-way.ts';
import { beginning, type Happening } from './the-history.ts';
import { loud } from './the-map.ts';
import { asItHappens, healed, imported, outcomeOf } from './ways.ts';

/** The bot looks after each eleven days, or each 31: what belongs together here is told apart. */
function history(): Happening[] {
  const happenings: Happening[] = [];
  const on = (day: number, tell: (to: HubspotTeller) => void): void =>
    void happenings.push({ at: beginning + day * dayMs + happenings.length * 60_000, tell: (to) => tell(to as HubspotTeller) });
  on(1, (to) => to.account('acme', { name: 'Acme', owner: 'dana' }));
  on(1, (to) => to.person('cfo', { account: 'acme', name: 'Kim Cash', title: 'CFO', role: 'economic_buyer' }));
  on(1, (to) => to.person('it', { account: 'acme', name: 'Sam Cable', title: 'Head of IT' }));
  const deals = [
    ['first', 2],
    ['again', 9],
    ['back', 3],
    ['won', 4],
  ] as const;
  for (const [deal, day] of deals) {
    on(day, (to) => to.deal(deal, { account: 'acme', name: `Deal ${deal}`, amount: 60_000, closes: '2026-09-01', owner: 'omar' }));
    on(day, (to) => to.join('cfo', deal));
  }
  on(6, (to) => to.move('first', 'decision'));
  on(12, (to) => to.talk('first', 'cfo', 'call', 'them'));
  on(13, (to) => to.talk('again', ['cfo', 'it'], 'meeting', 'them'));
  on(14, (to) => to.speakOf(['first', 'again'], 'it'));
  on(15, (to) => to.plan('visit', { deal: 'again', what: 'meeting', on: '2026-07-20' }));
  on(16, (to) => to.change('first', { amount: 70_000 }));
  on(20, (to) => to.move('again', 'consideration'));
  on(30, (to) => to.change('first', { amount: 80_000 }));
  // The newest close date of the two is not the one of the deal that is kept.
  on(25, (to) => to.change('again', { closes: '2026-10-01' }));
  on(55, (to) => to.change('first', { amount: 90_000 }));
  // Which of the two it had until then, nobody can tell afterwards.
  on(70, (to) => to.change('first', { closes: '2026-10-15' }));
  on(40, (to) => to.mergeDeals('first', 'again'));
  on(50, (to) => to.talk('first', 'cfo', 'email', 'us'));
  on(30, (to) => to.move('back', 'decision'));
  on(45, (to) => to.transfer('back', 'partners', 'consideration'));
  on(60, (to) => to.talk('back', 'it', 'call', 'them'));
  on(80, (to) => to.transfer('back', 'sales', 'decision'));
  on(33, (to) => to.transfer('won', 'partners', 'consideration'));
  on(60, (to) => to.move('won', 'won'));
  return happenings.toSorted((a, b) => a.at - b.at);
}

type Told = Awaited<ReturnType<typeof outcomeOf>>;

describe('HubSpot deals that are merged, and that change pipelines', () => {
  let live: Told;
  let late: Told;
  let read: Told;
  beforeAll(async () => {
    const [asIt, afterwards, once] = await Promise.all(
      [asItHappens(true), healed(7), imported].map((way) => outcomeOf(openHubspot, way, loud, history())),
    );
    if (asIt === undefined || afterwards === undefined || once === undefined) throw new Error('not told');
    [live, late, read] = [asIt, afterwards, once];
  }, 180_000);
  const deal = (name: string) => Object.values(read.journeys).find((row) => row.name === `Deal ${name}`)?.journey;

  it('give the same journeys and alerts in whatever way they are told', () => {
    for (const told of [live, late]) {
      expect(openOnes(told.journeys)).toEqual(read.journeys);
      expect(told.open).toEqual(read.open);
      expect(told.toDo).toEqual(read.toDo);
    }
  });

  it('have the talks of all that were merged, each once, and stay where the one was that was kept', () => {
    expect(deal('again')).toBeUndefined();
    expect(deal('first')?.touchpoints.map(({ type, personId }) => `${type} ${personId}`)).toEqual([
      'email hubspot:1002',
      'call hubspot:1003',
      'meeting hubspot:1002',
      'meeting hubspot:1003',
      'call hubspot:1002',
    ]);
    expect(deal('first')?.visits.map(({ stage }) => stage)).toEqual(['qualification', 'decision']);
    expect(deal('first')?.nextStep).toMatchObject({ due: '2026-07-20' });
  });

  it('are won in the pipeline that they were moved to, and may come back', () => {
    expect(deal('won')).toMatchObject({ outcome: { state: 'won' }, deal: { pipeline: 'partners' } });
    expect(deal('back')?.visits.map(({ stage }) => stage)).toEqual(['qualification', 'decision', null, 'decision']);
  });
});
