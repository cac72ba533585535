import { describe, expect, it } from 'vitest';
import type { Journey } from '../../src/core/journey/journey.ts';
import { committeeRows, lastTouchpoints, summariseJourney } from '../../src/core/summarise.ts';
import { createTable, onlyRules } from './alerts/decision-table.ts';
import { aConfig, aDeal, aJourney, aMap, aPerson, aTouchpoint, at } from './builders.ts';

const rules = onlyRules({ stalled: { after: '5bd' } });
const map = aMap({
  rules,
  stages: [
    { key: 'awareness', rules },
    { key: 'consideration', rules, expects: { roles: ['champion'] } },
    { key: 'decision', rules, expects: { roles: ['legal', 'champion'] } },
    { key: 'implementation', rules: onlyRules({}), expects: { roles: ['end_user'] } },
  ],
});
const config = aConfig({ maps: [map] });
const summary = (journey: Journey, now = '2026-09-16 12:00') => summariseJourney(journey, map, [], config, at(now));

describe('the stage track', () => {
  const journey = aJourney({
    visits: [
      ['awareness', at('2026-09-01 09:00')],
      ['decision', at('2026-09-07 09:00')],
    ],
  });

  it('says of each stage where it was, how long in working days, against what is expected', () => {
    expect(summary(journey).track).toEqual([
      {
        key: 'awareness',
        label: 'Awareness',
        state: 'done',
        enteredAt: at('2026-09-01 09:00'),
        workingDays: 4,
        expected: '5 working days',
        expectedDays: 5,
        overdue: false,
        contacts: { inbound: 0, outbound: 0 },
      },
      {
        key: 'consideration',
        label: 'Consideration',
        state: 'skipped',
        enteredAt: null,
        workingDays: null,
        expected: '5 working days',
        expectedDays: 5,
        overdue: false,
      },
      {
        key: 'decision',
        label: 'Decision',
        state: 'current',
        enteredAt: at('2026-09-07 09:00'),
        workingDays: 7,
        expected: '5 working days',
        expectedDays: 5,
        overdue: true,
        contacts: { inbound: 0, outbound: 0 },
      },
      { key: 'implementation', label: 'Implementation', state: 'ahead', enteredAt: null, workingDays: null, expected: null, overdue: false },
    ]);
  });

  it('is overdue from its limit on, not before', () => {
    const overdue = (now: string) => summary(journey, now).track.find(({ key }) => key === 'decision')?.overdue;
    expect([overdue('2026-09-14 08:59'), overdue('2026-09-14 09:00')]).toEqual([false, true]);
  });

  it('calls a moment of truth of the stage that it is in missing only when the time of the stage is over, and of a skipped one never', () => {
    const stages = ['awareness', 'consideration', 'decision', 'implementation'].map((key) => ({ key, rules, expects: { moments: ['demo'] } }));
    const withMoments = aMap({ rules, stages });
    const states = (now: string) =>
      summariseJourney(journey, withMoments, [], aConfig({ maps: [withMoments] }), at(now)).track.map(({ moments }) => moments?.[0]?.state);
    expect(states('2026-09-14 08:59')).toEqual(['missing', undefined, 'ahead', 'ahead']);
    expect(states('2026-09-14 09:00')).toEqual(['missing', undefined, 'missing', 'ahead']);
  });

  it('measures the current stage by what the CRM allows in it, where the map says so, and no other stage', () => {
    const byCrm = onlyRules({ stalled: { after: 'crm', otherwise: '20bd' } });
    const crmMap = aMap({ rules: byCrm, stages: ['awareness', 'decision'].map((key) => ({ key, rules: byCrm })) });
    const track = (stallLimit: { days: number; since: number } | null) =>
      summariseJourney({ ...journey, deal: aDeal({ stallLimit }) }, crmMap, [], aConfig({ maps: [crmMap] }), at('2026-09-16 12:00')).track.map(
        ({ expected, overdue }) => [expected, overdue],
      );
    expect(track({ days: 3, since: at('2026-09-12 09:00') })).toEqual([
      [null, false],
      ['3 days', true],
    ]);
    expect(track({ days: 5, since: at('2026-09-12 09:00') })[1]).toEqual(['5 days', false]);
    expect(track(null)[1]).toEqual(['20 working days', false]);
  });

  it('has no current stage once the journey has ended, and stops counting then', () => {
    const won = { ...journey, outcome: { state: 'won', at: at('2026-09-09 09:00') } } as const;
    expect(summary(won).track.map(({ state, workingDays }) => [state, workingDays])).toEqual([
      ['done', 4],
      ['skipped', null],
      ['done', 2],
      ['ahead', null],
    ]);
  });

  it('counts the current visit of a stage that it came back to, and all visits of one it has left', () => {
    const back = aJourney({
      visits: [
        ['decision', at('2026-09-01 09:00')],
        ['awareness', at('2026-09-02 09:00')],
        ['decision', at('2026-09-03 09:00')],
        ['awareness', at('2026-09-07 09:00')],
      ],
    });
    expect(summary(back, '2026-09-08 09:00').track.map(({ key, enteredAt, workingDays }) => [key, enteredAt, workingDays])).toMatchObject([
      ['awareness', at('2026-09-07 09:00'), 1],
      ['consideration', null, null],
      ['decision', at('2026-09-01 09:00'), 3],
      ['implementation', null, null],
    ]);
  });
});

describe('a journey', () => {
  it('misses the roles of its stage and the earlier ones that nobody has', () => {
    expect(summary(aJourney()).missingRoles).toEqual(['Champion', 'Legal']);
    expect(summary(aJourney({ committee: [aPerson('Tom Weber', 'legal')] })).missingRoles).toEqual(['Champion']);
    expect(summary(aJourney({ visits: [['awareness', at('2026-09-01')]] })).missingRoles).toEqual([]);
    expect(summary(aJourney({ visits: [] })).missingRoles).toEqual([]);
  });

  it('in a stage that the map does not know is named as the CRM names it', () => {
    expect(summary(aJourney({ visits: [[null, at('2026-09-07')]] })).stageLabel).toBe('custom_stage_7');
    expect(summary(aJourney({ visits: [] })).stageLabel).toBeNull();
  });

  it('shows what is open and not held back by another rule, the worst first; what a mute keeps out of the channels, too', () => {
    const table = createTable({ config });
    table.decide('2026-09-16 12:00');
    const [open] = table.alerts();
    if (open === undefined) throw new Error('no alert');
    const others = [
      { ...open, id: 'held', inhibitedBy: 'no-activity' },
      { ...open, id: 'muted', inhibitedBy: 'mute' },
      { ...open, id: 'over', state: 'resolved' as const },
      { ...open, id: 'worse', finding: { ...open.finding, severity: 'critical' as const } },
    ];
    expect(summariseJourney(aJourney(), map, [open, ...others], config, at('2026-09-16 12:00')).alerts.map(({ id }) => id)).toEqual([
      'worse',
      'muted',
      open.id,
    ]);
  });
});

it('the committee is listed with whom we heard last first', () => {
  const committee = [
    aPerson('Ana Ruiz', [], { lastInboundAt: null }),
    aPerson('Priya Nair', 'economic_buyer', { lastInboundAt: at('2026-09-08'), lastOutboundAt: at('2026-09-09') }),
    aPerson('Tom Weber', 'unknown_role', { lastInboundAt: at('2026-09-10') }),
  ];
  expect(committeeRows({ committee }, config).map(({ name, roles, lastHeardAt }) => [name, roles.map(({ label }) => label), lastHeardAt])).toEqual([
    ['Tom Weber', ['unknown_role'], at('2026-09-10')],
    ['Priya Nair', ['Economic buyer'], at('2026-09-08')],
    ['Ana Ruiz', [], null],
  ]);
});

it('the committee shows how far each person’s own touchpoints have come, on every journey that goes on', () => {
  const sales = aMap({
    stages: [
      { key: 'awareness', signs: ['webinar'] },
      { key: 'decision', expects: { moments: ['security_review'] } },
    ],
  });
  const customers = aMap({ key: 'customers', stages: ['onboarding', { key: 'growth', signs: ['security_review'] }] });
  const committee = [aPerson('Priya Nair'), aPerson('Tom Weber'), aPerson('Ana Ruiz')];
  const touchpoints = [
    aTouchpoint('inbound', '2026-09-01', { type: 'security_review', person: 'Priya Nair' }),
    aTouchpoint('inbound', '2026-09-02', { type: 'webinar', person: 'Priya Nair' }),
    aTouchpoint('inbound', '2026-09-03', { type: 'webinar', person: 'Tom Weber' }),
  ];
  const journey = aJourney({ committee, touchpoints });
  const ended = aJourney({ committee, touchpoints, mapKey: 'customers', outcome: { state: 'lost', at: 0 } });
  const rows = (...journeys: Journey[]) =>
    committeeRows(journey, aConfig({ maps: [sales, customers] }), journeys).map(({ name, ownStages }) => [name, ownStages]);
  expect(rows(journey, ended)).toEqual([
    ['Tom Weber', ['Awareness']],
    ['Priya Nair', ['Decision']],
    ['Ana Ruiz', undefined],
  ]);
  expect(rows(journey, { ...ended, outcome: { state: 'open' } })).toContainEqual(['Priya Nair', ['Decision', 'Growth']]);
});

it('the last touchpoints of several journeys are the newest five, each once, with the person’s name', () => {
  const touchpoints = Array.from({ length: 7 }, (_, index) =>
    aTouchpoint('inbound', `2026-09-0${index + 1} 10:00`, { person: index === 6 ? 'Priya Nair' : 'Nobody' }),
  );
  const journey = aJourney({ touchpoints, committee: [aPerson('Priya Nair')] });
  const last = lastTouchpoints([journey, journey]);
  expect(last.map(({ at: when, personName }) => [when, personName])).toEqual([
    [at('2026-09-07 10:00'), 'Priya Nair'],
    ...[6, 5, 4, 3].map((day) => [at(`2026-09-0${day} 10:00`), null]),
  ]);
});
