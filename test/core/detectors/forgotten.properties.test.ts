import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/detectors/detector.ts';
import { detectors } from '../../../src/core/detectors/index.ts';
import { isFull, rememberedOf } from '../../../src/core/journey/happening.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import { remembered, type Touchpoint } from '../../../src/core/journey/record.ts';
import { hourMs, minuteMs } from '../../../src/core/time.ts';
import { aJourney, aPerson, aTouchpoint, at } from '../builders.ts';
import { ask, contextOf, subjectsOf } from './ask.ts';
import { calendars, instant, journey, map } from './holds-until-recheck.ts';

/** Of a busy account: as many touchpoints as are remembered, all newer than the others, so many minutes apart. */
const busy = fc
  .record({
    kinds: fc.array(
      fc.record({
        direction: fc.constantFrom('inbound', 'outbound'),
        type: fc.constantFrom('email', 'question', 'call'),
        name: fc.option(fc.constantFrom('Priya Nair', 'Tom Weber', 'Ana Ruiz')),
        asset: fc.option(fc.constantFrom('Pricing sheet', 'tour'), { freq: 1 }),
        sentiment: fc.option(fc.integer({ min: -2, max: 2 }), { freq: 1 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    apart: fc.constantFrom(20, 120, 360, 900),
  })
  .map(
    ({ kinds, apart }) =>
      (from: number): Touchpoint[] =>
        Array.from({ length: remembered.happenings }, (_, nth) => {
          const { direction, name, ...traits } = kinds[nth % kinds.length] ?? { direction: 'inbound', name: null };
          return aTouchpoint(
            direction as 'inbound' | 'outbound',
            from + nth * apart * minuteMs,
            name === null ? traits : { ...traits, person: name },
          );
        }),
  );

/** The journey with everything that ever happened, and as its records remember it. What people remember of themselves is the same. */
function wholeAndCut(drawn: Journey, filler: (from: number) => Touchpoint[]): { whole: Journey; cut: Journey } {
  const last = drawn.touchpoints[0]?.at ?? drawn.startedAt;
  const known = new Set(drawn.committee.map(({ id }) => id));
  const whole = aJourney({
    ...drawn,
    deal: drawn.deal,
    visits: drawn.visits.map(({ stage, enteredAt }) => [stage, enteredAt]),
    committee: drawn.committee.map((person) => ({ ...person, lastInboundAt: null, lastOutboundAt: null })),
    // Of people whom the CRM has not told of nothing is known but their touchpoints.
    touchpoints: [...drawn.touchpoints, ...filler(last + hourMs)].filter(({ personId }) => personId === null || known.has(personId)),
  });
  return { whole, cut: cutShort(whole) };
}

function cutShort(whole: Journey): Journey {
  const touchpoints = rememberedOf(whole.touchpoints);
  if (!isFull(touchpoints)) return whole;
  return { ...whole, touchpoints, lastOf: Object.fromEntries(whole.touchpoints.toReversed().map(({ type, at: when }) => [type, when])) };
}

/** Where the defaults have nothing to do with what is drawn here. */
const parameters: Record<string, Record<string, unknown>> = {
  'no-activity': { ignore: ['email'] },
  'content-gap': { within: '0d' },
  'role-lag': { after: '0d', stages: 1, roles: ['champion', 'economic_buyer', 'legal'] },
  'onboarding-overdue': { milestones: { kickoff: '5bd' } },
  'renewal-due': { types: ['call'] },
  'advocacy-ready': { happy: { nps: 5, usage: 2 }, health: 0, after: '1d', asked: ['call'], cooldown: '20d' },
  'moment-missed': { moments: ['call'], within: '0d' },
};

/** Rules that are undecided about most of what is drawn here need more of it. */
const runs: Record<string, number> = { 'moment-negative': 600, 'role-lag': 1_500, 'health-drop': 1_500 };

const isUndecided = ({ undecided }: Answer, subject: string): boolean => undecided === 'all' || (undecided?.includes(subject) ?? false);

describe('what is forgotten of a busy account', () => {
  it.each(detectors.map((detector) => [detector.name, detector] as const))('%s: gives no other answer than the whole, or none', (name, detector) => {
    let compared = 0;
    fc.assert(
      fc.property(journey, busy, map, fc.constantFrom(...calendars), instant, (drawn, filler, someMap, calendar, start) => {
        const { whole, cut } = wholeAndCut(detector.only === undefined ? drawn : { ...drawn, kind: 'account' }, filler);
        const newest = whole.touchpoints[0]?.at ?? start;
        for (const now of [newest + minuteMs, newest + 20 * 24 * hourMs]) {
          const params = detector.params.parse(parameters[detector.name] ?? {});
          const [told, remembers] = [whole, cut].map((each) => detector.detect(each, params, contextOf(each, { now, map: someMap, calendar })));
          if (told === undefined || remembers === undefined) throw new Error('no answer');
          for (const subject of new Set([...subjectsOf(told), ...subjectsOf(remembers)])) {
            if (isUndecided(remembers, subject)) continue;
            compared += 1;
            expect({ subject, found: subjectsOf(remembers).includes(subject) }).toEqual({ subject, found: subjectsOf(told).includes(subject) });
          }
        }
      }),
      { numRuns: runs[name] ?? 150 },
    );
    // A property over rules that never speak would show nothing.
    expect(compared).toBeGreaterThan(0);
  });
});

describe('a busy account, talked with in both directions', () => {
  const people = [aPerson('Priya Nair', 'champion'), aPerson('Tom Weber', 'economic_buyer'), aPerson('Ana Ruiz', 'legal')];
  const names = people.map(({ name }) => name);
  const begun = at('2026-09-07 09:00');
  const talks = Array.from({ length: 240 }, (_, nth) =>
    aTouchpoint(nth % 2 === 0 ? 'inbound' : 'outbound', begun + nth * hourMs, {
      type: nth % 6 === 0 ? 'question' : 'email',
      person: names[Math.floor(nth / 2) % names.length] ?? '',
    }),
  );
  const whole = aJourney({ committee: people, touchpoints: talks });
  const cut = cutShort(whole);

  it.each(['no-activity', 'ghosted', 'silent-role', 'response-gap', 'single-threaded', 'handoff-gap', 'sentiment-drop', 'stalled', 'close-date'])(
    '%s is never undecided for want of memory',
    (name) => {
      const detector = detectors.find((each) => each.name === name);
      if (detector === undefined) throw new Error(`no rule ${name}`);
      for (const days of [0, 1, 5, 12, 40]) {
        const now = (talks.at(-1)?.at ?? begun) + days * 24 * hourMs;
        expect(ask(detector, cut, { now })).toEqual(ask(detector, whole, { now }));
      }
    },
  );
});
