import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAtRest } from '../../src/app/at-rest.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { type EpochMs, hourMs } from '../../src/core/time.ts';
import { aSignal, at } from '../core/builders.ts';
import { aTeam } from './a-team.ts';
import { aSmallBot, type SmallBot } from './small-bot.ts';

const config = aTeam({ rules: { stalled: { after: '3bd' }, 'silent-role': { after: '2bd' }, 'no-activity': { after: '2bd' } } });
const start = at('2026-09-07 09:00');
const dealIds = ['d-0', 'd-1', 'd-2', 'd-3'];

/** What happens on one account, in an order; some of the deals end, and some of those go on again. */
const event: fc.Arbitrary<(when: EpochMs) => Signal> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...dealIds), fc.constantFrom('consideration', 'decision', 'closedlost', 'closedwon')).map(
      ([dealId, stage]) =>
        (when: EpochMs) =>
          aSignal('stage.entered', when, { stage: { dealId, stage } }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom('p-0', 'p-1'), fc.option(fc.constantFrom(...dealIds)), fc.constantFrom('inbound', 'outbound')).map(
      ([personId, dealId, direction]) =>
        (when: EpochMs) =>
          aSignal('touchpoint.recorded', when, {
            touchpoint: { accountId: 'a-1', personId, ...(dealId === null ? {} : { dealId }), type: 'email', direction: direction as 'inbound' },
          }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('dana@us.example', 'mia@us.example')
      .map((ownerEmail) => (when: EpochMs) => aSignal('account.upserted', when, { account: { id: 'a-1', ownerEmail } })),
  },
);

const begin: Signal[] = [
  aSignal('account.upserted', start, { account: { id: 'a-1', name: 'Acme GmbH' } }),
  ...['p-0', 'p-1'].map((id) =>
    aSignal('person.upserted', start, { person: { id, accountId: 'a-1', name: id, roles: ['champion'], dealIds: ['d-0'] } }),
  ),
  ...dealIds.map((id) => aSignal('deal.upserted', start, { deal: { id, accountId: 'a-1', name: id, stage: 'decision' } })),
];

/** Everything that a list, a card or `why` could show of it. */
const shown = async (bot: SmallBot) =>
  Promise.all(
    dealIds.map(async (id) => {
      const { row, alerts } = await bot.store.journeyState(`deal:${id}`);
      const facts = row === null ? null : [row.stage, row.outcome, row.outcomeAt, row.ownerEmail, row.accountId, row.name];
      return [facts, alerts.map(({ rule, subject, state, episode }) => [rule, subject, state, episode])];
    }),
  );

describe('a journey that has ended', () => {
  it('is left alone by what happens beside it, and says what it would say were it looked at each time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(event, fc.integer({ min: 1, max: 40 })), { minLength: 4, maxLength: 14 }), async (drawn) => {
        const bot = await aSmallBot({ config });
        await bot.live(...begin);
        let when = start;
        for (const [make, hours] of drawn) {
          when += hours * hourMs;
          await bot.at(when);
          await bot.live(make(when));
        }
        await bot.at(when);
        const before = await shown(bot);
        // A new map has every open journey looked at; a word on each of the others does the same for them.
        for (const id of dealIds) await bot.live(aSignal('deal.upserted', when, { deal: { id } }));
        expect(await shown(bot)).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  it('is not at rest while anything of it is open, settles, or is on another map', async () => {
    const bot = await aSmallBot({ config });
    await bot.live(...begin, aSignal('stage.entered', start + hourMs, { stage: { dealId: 'd-0', stage: 'closedlost' } }));
    const around = await bot.store.loadNeighbourhood([{ kind: 'deal', id: 'd-0' }]);
    const deal = around.deals.get('d-0')?.record;
    const row = around.journeys.get('deal:d-0');
    if (deal === undefined || row === undefined) throw new Error('not there');
    const resting = (traits: object, given = config) =>
      isAtRest(deal, { alerts: new Map(), journeys: new Map([[row.id, { ...row, ...traits }]]) }, given);
    expect(resting({})).toBe(true);
    expect(resting({ settlingSince: 1 })).toBe(false);
    expect(resting({ outcome: 'open' })).toBe(false);
    expect(resting({ outcome: 'won' })).toBe(false);
    expect(resting({ mapKey: 'another' })).toBe(false);
    expect(resting({}, { ...config, maps: [] })).toBe(false);
    expect(isAtRest(deal, { alerts: new Map(), journeys: new Map() }, config)).toBe(false);
  });
});
