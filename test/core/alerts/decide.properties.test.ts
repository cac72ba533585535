import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertAction } from '../../../src/core/alerts/transition.ts';
import { createCalendar } from '../../../src/core/calendar.ts';
import type { JourneyConfig } from '../../../src/core/journey/journey-map.ts';
import { severities } from '../../../src/core/journey/journey-map.ts';
import { dayMs, type EpochMs, hourMs } from '../../../src/core/time.ts';
import { aConfig, aJourney, aMap, aPerson, aRoute, aTouchpoint, at, officeHours } from '../builders.ts';
import { step } from './a-chain.ts';
import { createTable } from './decision-table.ts';

const start = at('2026-09-01 09:00');
const instant = fc.integer({ min: 0, max: 80 * 24 }).map((hours) => start + hours * hourMs);
const stage = fc.constantFrom('awareness', 'consideration', 'decision', 'implementation', null);

const someJourney = fc
  .record({
    visits: fc.uniqueArray(fc.tuple(stage, instant), { maxLength: 4, selector: ([, when]) => when }),
    touchpoints: fc.array(
      fc.record({
        direction: fc.constantFrom('inbound', 'outbound'),
        when: instant,
        person: fc.option(fc.constantFrom('Priya Nair', 'Tom Weber')),
        type: fc.constantFrom('email', 'question'),
      }),
      { maxLength: 6 },
    ),
    committee: fc.subarray(['Priya Nair', 'Tom Weber']),
    due: fc.option(fc.constantFrom('2026-09-20', '2026-10-20')),
    closeDate: fc.option(fc.constantFrom('2026-09-15', '2026-10-15')),
    amount: fc.option(fc.constantFrom(10, 90_000)),
    outcome: fc.constantFrom('open', 'open', 'open', 'won', 'lost'),
  })
  .map(({ visits, touchpoints, committee, due, closeDate, amount, outcome }) =>
    aJourney({
      visits: visits.sort((a, b) => a[1] - b[1]),
      touchpoints: touchpoints.map(({ direction, when, person, type }) =>
        aTouchpoint(direction, when, person === null ? { type } : { type, person }),
      ),
      committee: committee.map((name, index) => aPerson(name, index === 0 ? 'champion' : [], { addedAt: start })),
      nextStep: due === null ? null : { due, setAt: start },
      deal: { amount, closeDates: closeDate === null ? [] : [{ day: closeDate, setAt: start }] },
      outcome: outcome === 'open' ? { state: 'open' } : { state: outcome, at: start },
    }),
  );

const berlin = createCalendar({
  timezone: 'Europe/Berlin',
  workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  hours: { open: '09:00', close: '18:00' },
  holidays: new Map(),
});
const map = aMap({
  stages: [
    { key: 'awareness', required: true },
    { key: 'consideration', expects: { roles: ['champion'] } },
    { key: 'decision', expects: { roles: ['legal', 'champion'] } },
    'implementation',
  ],
});
const someConfig: fc.Arbitrary<JourneyConfig> = fc
  .record({
    repeat: fc.option(fc.constantFrom({ amount: 3, unit: 'bd' } as const, { amount: 5, unit: 'h' } as const)),
    quiet: fc.option(fc.record({ from: fc.constantFrom('19:00', '12:00'), to: fc.constantFrom('08:00', '13:00'), offDays: fc.boolean() })),
    digestOnly: fc.subarray([...severities], { maxLength: 1 }),
    calendar: fc.constantFrom(officeHours, berlin),
    goesOn: fc.boolean(),
    escalate: fc.array(fc.constantFrom(step('4bh', 'manager'), step('30h', '#second', 'owner'), step('2bd', '#leads')), { maxLength: 3 }),
  })
  .map(({ calendar, goesOn, escalate, ...alerts }) =>
    aConfig({
      calendar,
      alerts,
      maps: [map],
      routes: [
        aRoute('#deals', { continue: goesOn, escalate, routes: [aRoute('#big', { match: { amount: { operator: '>', value: 1000 } } })] }),
        aRoute('#second'),
      ],
    }),
  );

const someAction: fc.Arbitrary<AlertAction> = fc.constantFrom<AlertAction>(
  { kind: 'acknowledge', ends: false },
  { kind: 'snooze', until: start + 30 * dayMs },
  { kind: 'snooze-stage', stage: 'decision' },
  { kind: 'resolve', reason: 'done', note: null },
);
const someWorld = fc.record({
  journey: someJourney,
  feedStale: fc.constantFrom(false, false, true),
  history: fc.constantFrom(false, false, true),
  mute: fc.option(
    fc.constantFrom(null, start + 20 * dayMs).map((until) => ({ accountId: 'a-1', until, reason: 'x', by: 'U1', at: start })),
    { freq: 3 },
  ),
});

describe('deciding about a journey', () => {
  it('says nothing more at the same instant, nor at any before it is to be looked at again; and that is always later', () => {
    let said = 0;
    fc.assert(
      fc.property(
        someConfig,
        fc.array(fc.record({ world: someWorld, action: fc.option(fc.tuple(fc.nat(5), someAction)), posts: fc.boolean() }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 2 }),
        (config, chapters, fractions) => {
          const table = createTable({ config });
          let now: EpochMs = start + 10 * dayMs;
          for (const { world, action, posts } of chapters) {
            table.set(world);
            for (let looks = 0; looks < 6; looks++) {
              said += table.decide(now).length;
              expect(table.changes(now)).toEqual([]);
              const { recheckAt } = table.row();
              if (recheckAt !== null) expect(recheckAt).toBeGreaterThan(now);
              const until = recheckAt ?? now + 200 * dayMs;
              for (const when of [until - 1, ...fractions.map((fraction) => Math.floor(now + (until - now) * fraction))])
                expect(table.changes(when)).toEqual([]);
              if (posts) for (const card of table.cards()) if (card.posted === null && card.hold === null) table.post(now, card.channel);
              expect(new Set(table.cards().map(({ channel }) => channel)).size).toBe(table.cards().length);
              if (recheckAt === null) break;
              now = recheckAt;
            }
            const live = table.alerts().filter(({ state }) => state !== 'resolved');
            const target = action === null ? undefined : live[action[0] % Math.max(1, live.length)];
            if (action !== null && target !== undefined && !(action[1].kind === 'acknowledge' && target.state === 'acknowledged'))
              table.act(target.id, action[1], new Date(now).toISOString().slice(0, 16).replace('T', ' '));
            now += hourMs;
          }
        },
      ),
      { numRuns: 100 },
    );
    expect(said).toBeGreaterThan(0);
  });
});
