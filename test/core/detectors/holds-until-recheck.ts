import fc from 'fast-check';
import { expect } from 'vitest';
import { type Calendar, createCalendar } from '../../../src/core/calendar.ts';
import type { Answer, Detector } from '../../../src/core/detectors/detector.ts';
import type { Journey, Person } from '../../../src/core/journey/journey.ts';
import type { AssetDefinition, HealthDefinition, JourneyMap, TeamDefinition } from '../../../src/core/journey/journey-map.ts';
import type { Touchpoint } from '../../../src/core/journey/record.ts';
import { type EpochMs, hourMs } from '../../../src/core/time.ts';
import { aJourney, aMap, anAccount, aPerson, aTouchpoint, at, officeHours, someRoles } from '../builders.ts';
import { contextOf } from './ask.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
export const calendars: Calendar[] = [
  officeHours,
  createCalendar({
    timezone: 'Europe/Berlin',
    workdays: weekdays,
    hours: { open: '09:00', close: '18:00' },
    holidays: new Map([['2026-04-03', 'Good Friday']]),
  }),
  createCalendar({ timezone: 'America/New_York', workdays: ['sun', 'mon', 'wed'], hours: { open: '00:00', close: '24:00' }, holidays: new Map() }),
  createCalendar({ timezone: 'Pacific/Auckland', workdays: weekdays, hours: { open: '08:30', close: '12:00' }, holidays: new Map() }),
];

const stages = ['awareness', 'consideration', 'decision', 'implementation'];
const roles = someRoles.map(({ key }) => key);
const assets: AssetDefinition[] = [
  { key: 'pricing', label: 'Pricing sheet', names: ['pricing', 'Pricing sheet'], roles },
  { key: 'tour', label: 'Tour', names: ['tour'], roles: ['champion'] },
];
const onboarding: TeamDefinition = { key: 'onboarding', label: 'Onboarding', members: ['mia@us.example'], channels: [] };
const names = ['Priya Nair', 'Tom Weber', 'Ana Ruiz', 'Lee Chen'];

// Whole hours of half a year over both changes of the clock, so that instants meet each other and the limits.
export const instant = fc.integer({ min: 0, max: 4400 }).map((hours) => at('2026-03-02') + hours * hourMs);
const day = instant.map((ms) => new Date(ms).toISOString().slice(0, 10));
export const someDuration = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom('bd', 'bh', 'd', 'h', 'm'))
  .map(([amount, unit]) => `${amount}${unit}`);
export const someDays = (max: number): fc.Arbitrary<string> => fc.integer({ min: 0, max }).map((days) => `${days}d`);
export const someRole = fc.constantFrom(...roles);
export const someTypes = fc.constantFrom('email', 'question', 'call');

const person = (name: string): fc.Arbitrary<Person> =>
  fc
    .record({ held: fc.subarray(roles, { maxLength: 2 }), addedAt: instant, heardElsewhere: fc.option(instant) })
    .map(({ held, addedAt, heardElsewhere }) => aPerson(name, held, { addedAt, lastInboundAt: heardElsewhere }));

const touchpoint: fc.Arbitrary<Touchpoint> = fc
  .record({
    direction: fc.constantFrom('inbound', 'outbound'),
    when: instant,
    name: fc.option(fc.constantFrom(...names, 'Nobody Known')),
    type: someTypes,
    asset: fc.option(fc.constantFrom('Pricing sheet', 'tour'), { freq: 1 }),
    sentiment: fc.option(fc.integer({ min: -2, max: 2 })),
    by: fc.option(fc.constantFrom('mia@us.example', 'dana@us.example')),
  })
  .map(({ name, by, ...rest }) => ({ ...rest, ...(name === null ? {} : { person: name }), ...(by === null ? {} : { by }) }))
  .map(({ direction, when, ...traits }) => aTouchpoint(direction, when, traits));

export const journey: fc.Arbitrary<Journey> = fc
  .record({
    entries: fc.uniqueArray(fc.tuple(fc.constantFrom(...stages, ...stages, null), instant), { maxLength: 5, selector: ([, enteredAt]) => enteredAt }),
    startedAt: instant,
    touchpoints: fc.array(touchpoint, { maxLength: 12 }),
    committee: fc.subarray(names).chain((present) => fc.tuple(...present.map(person))),
    nextStep: fc.option(fc.record({ due: fc.option(day), setAt: instant })),
    closeDates: fc.array(fc.record({ day, setAt: instant }), { maxLength: 5 }),
    emptied: fc.boolean(),
    kind: fc.constantFrom('deal', 'deal', 'deal', 'account'),
    values: fc.array(fc.tuple(fc.constantFrom('nps', 'usage', 'open_tickets'), instant, fc.integer({ min: 0, max: 12 })), { maxLength: 24 }),
    reached: fc.array(fc.tuple(fc.constantFrom('kickoff', 'first_value'), instant), { maxLength: 2 }),
    renewalDate: fc.option(day),
    renewals: fc.array(fc.record({ startedAt: instant, state: fc.constantFrom('open', 'won', 'lost'), at: instant }), { maxLength: 1 }),
    stallLimit: fc.option(fc.record({ days: fc.integer({ min: 1, max: 40 }), since: instant })),
  })
  .map(({ entries, closeDates, emptied, stallLimit, values, reached, renewalDate, renewals, ...rest }) =>
    aJourney({
      ...rest,
      metrics: metricsOf(values),
      milestones: Object.fromEntries(reached),
      account: anAccount({ renewalDate }),
      deals: renewals.map(({ startedAt, state, at: endedAt }) => ({
        id: 'd-9',
        name: 'Renewal',
        mapKey: 'renewals',
        startedAt,
        outcome: state === 'open' ? { state } : { state, at: endedAt },
      })),
      visits: entries.sort((a, b) => a[1] - b[1]),
      deal: { closeDates, stallLimit, ...(emptied ? { closeDate: null } : {}) },
    }),
  );

/** By name, newest first, one an instant. */
function metricsOf(values: [name: string, at: EpochMs, value: number][]): Journey['metrics'] {
  const byName = Map.groupBy(values, ([name]) => name);
  const entries = [...byName].map(([name, list]) => {
    const byInstant = new Map(list.map(([, when, value]) => [when, value]));
    return [name, [...byInstant].sort(([a], [b]) => b - a).map(([when, value]) => ({ at: when, value }))] as const;
  });
  return Object.fromEntries(entries);
}

const someHealth: HealthDefinition = {
  metrics: [
    { metric: 'usage', label: 'usage', weight: 2, scale: null, less: false },
    { metric: 'nps', label: 'NPS', weight: 1, scale: { bad: 0, good: 10 }, less: false },
    { metric: 'open_tickets', label: 'open tickets', weight: 1, scale: null, less: true },
  ],
  committee: { weight: 1, people: 2, withinDays: 30 },
  freshDays: 60,
  enough: 0.25,
};

export const map: fc.Arbitrary<JourneyMap> = fc
  .tuple(
    ...stages.map((key) =>
      fc.record({
        key: fc.constant(key),
        required: fc.constantFrom(true, true, false),
        expected: fc.subarray(roles, { maxLength: 2 }),
        moments: fc.subarray(['call', 'security_review'], { maxLength: 1 }),
        signs: fc.subarray(['email', 'question', 'tour'], { maxLength: 1 }),
        assets: fc.subarray(assets, { maxLength: 1 }),
        team: fc.option(fc.constant(onboarding)),
      }),
    ),
  )
  .chain((drawn) => fc.subarray(stages.flatMap((from) => stages.map((to) => ({ from, to })))).map((allowedMoves) => ({ drawn, allowedMoves })))
  .map(({ drawn, allowedMoves }) =>
    aMap({
      allowedMoves,
      health: someHealth,
      stages: drawn.map(({ expected, moments, ...stage }) => ({ ...stage, expects: { roles: expected, moments } })),
    }),
  );

/**
 * The contract of every detector, for all journeys, maps, calendars and the given parameters: asked again before `recheckAt`, with no new
 * signal, the answer is the same; a finding is true from its `dueAt` on, and not a millisecond earlier. It follows the answer's own
 * `recheckAt` through time, and so stands on every limit there is. `numRuns`: more for a rule that has seldom anything to say.
 */
export function expectToHoldUntilRecheck(detector: Detector, params: fc.Arbitrary<Record<string, unknown>>, numRuns = 200): void {
  let found = 0;
  fc.assert(
    fc.property(
      journey,
      map,
      params,
      fc.constantFrom(...calendars),
      instant,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
      (...drawn) => {
        const [drawnJourney, someMap, raw, calendar, start, fractions] = drawn;
        const someJourney: Journey = detector.only === undefined ? drawnJourney : { ...drawnJourney, kind: 'account' };
        const parsed = detector.params.parse(raw);
        const before = structuredClone(someJourney);
        const answerAt = (now: EpochMs): Answer => detector.detect(someJourney, parsed, contextOf(someJourney, { now, map: someMap, calendar }));
        let now = start;
        for (let steps = 0; steps < 40; steps += 1) {
          const answer = answerAt(now);
          found += answer.findings.length;
          expectWellFormed(answer, now, answerAt);
          const { recheckAt } = answer;
          const until = recheckAt ?? now + 400 * 24 * hourMs;
          for (const later of [until - 1, ...fractions.map((fraction) => now + Math.floor((until - 1 - now) * fraction))])
            expect(answerAt(later)).toEqual(answer);
          if (recheckAt === null) break;
          now = recheckAt;
        }
        expect(someJourney).toEqual(before);
        const closed: Journey = { ...someJourney, outcome: { state: 'lost', at: now } };
        expect(detector.detect(closed, parsed, contextOf(closed, { now, map: someMap, calendar }))).toEqual({ findings: [], recheckAt: null });
      },
    ),
    { numRuns },
  );
  // A property over journeys of which nothing is ever true would show nothing.
  expect(found).toBeGreaterThan(0);
}

function expectWellFormed(answer: Answer, now: EpochMs, answerAt: (now: EpochMs) => Answer): void {
  if (answer.recheckAt !== null) expect(answer.recheckAt).toBeGreaterThan(now);
  const subjects = answer.findings.map(({ subject }) => subject);
  expect(new Set(subjects).size).toBe(subjects.length);
  for (const { subject, since, dueAt, headline, expected, nextStep } of answer.findings) {
    expect(dueAt).toBeLessThanOrEqual(now);
    expect(since).toBeLessThanOrEqual(dueAt);
    expect(answerAt(dueAt).findings.map((finding) => finding.subject)).toContain(subject);
    expect(answerAt(dueAt - 1).findings.map((finding) => finding.subject)).not.toContain(subject);
    for (const text of [headline, expected, nextStep]) expect(text).toMatch(/^\S.*\S$/);
    expect(`${headline} ${expected} ${nextStep}`).not.toMatch(/undefined|null|NaN| {2}/);
  }
}
