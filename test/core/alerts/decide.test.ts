import { describe, expect, it } from 'vitest';
import { mapOf } from '../../../src/core/alerts/decide.ts';
import { aConfig, aJourney, aMap, aRoute, aTouchpoint, at } from '../builders.ts';
import { createTable, onlyRules } from './decision-table.ts';

const configOf = (rules: Record<string, object>, traits: Partial<Parameters<typeof aMap>[0]> = {}) => {
  const only = onlyRules(rules);
  return aConfig({
    maps: [
      aMap({ rules: only, stages: ['awareness', 'consideration', 'decision', 'implementation'].map((key) => ({ key, rules: only })), ...traits }),
    ],
  });
};
const stalled = configOf({ stalled: { after: '15bd' } });

/** Stalled in decision since 28 September, with its card posted. */
function stalledTable() {
  const table = createTable({ config: stalled });
  table.decide('2026-09-28 09:00');
  table.post('2026-09-28 09:00');
  return table;
}

describe('the end of a journey', () => {
  it.each([
    ['won', 'the deal was won'],
    ['lost', 'the deal was lost'],
    ['deleted', 'it was deleted in the CRM'],
  ] as const)('by being %s ends all its alerts, says so, and looks no more', (state, text) => {
    const table = stalledTable();
    table.set({ journey: aJourney({ outcome: { state, at: at('2026-09-29') } }) });
    table.decide('2026-09-29 09:00');
    expect(table.alert('stalled')).toMatchObject({ state: 'resolved', resolution: { how: 'ended', text } });
    expect(table.card().content).toMatchObject({ state: 'clear', outcome: state });
    expect(table.row()).toMatchObject({ outcome: state, outcomeAt: at('2026-09-29'), recheckAt: null });
    expect(table.audit()).toEqual(['opened', 'ended']);
  });

  it('is over when the deal is open again: what is true then is a new episode', () => {
    const table = stalledTable();
    table.set({ journey: aJourney({ outcome: { state: 'lost', at: at('2026-09-29') } }) });
    table.decide('2026-09-29 09:00');
    table.set({ journey: aJourney() });
    table.decide('2026-09-30 09:00');
    expect(table.alert('stalled', 2)).toMatchObject({ state: 'open', previousId: table.alert('stalled').id });
  });
});

describe('an alert is resolved only on evidence', () => {
  it('and stays while the map does not know the stage', () => {
    const table = stalledTable();
    table.set({ journey: aJourney({ visits: [[null, at('2026-09-07 09:00')]] }) });
    table.decide('2026-09-29 09:00');
    expect(table.alert('stalled').state).toBe('open');
    expect(table.card().content.stage).toMatchObject({ label: 'custom_stage_7' });
  });

  it('such as that it has left the stage, wherever it went', () => {
    const table = stalledTable();
    table.set({
      journey: aJourney({
        visits: [
          ['decision', at('2026-09-07 09:00')],
          [null, at('2026-09-29 09:00')],
        ],
      }),
    });
    table.decide('2026-09-29 09:00');
    expect(table.alert('stalled').resolution).toMatchObject({ how: 'cleared', text: 'moved to custom_stage_7' });
    expect(table.card().content).toMatchObject({ state: 'clear', offMap: true });
  });

  it('or when its rule is switched off, which its card says', () => {
    const table = stalledTable();
    table.set({ config: configOf({}) });
    table.decide('2026-09-29 09:00');
    expect(table.alert('stalled').resolution).toMatchObject({ how: 'ended', text: 'the rule is switched off in journey.yml' });
  });

  it('or when other numbers hold for where the journey has come, or none, which its card says as well', () => {
    const inDecision = onlyRules({ ghosted: { attempts: 1, after: '1bd' } });
    const inImplementation = onlyRules({ ghosted: { attempts: 3, after: '1bd' } });
    const stages = [
      { key: 'decision', rules: inDecision },
      { key: 'implementation', rules: inImplementation },
      { key: 'growth', rules: onlyRules({}) },
    ];
    const journey = aJourney({ touchpoints: [aTouchpoint('outbound', '2026-09-07 10:00')] });
    for (const [stage, text] of [
      ['implementation', 'other limits count in Implementation'],
      ['growth', 'this rule is switched off in Growth'],
    ] as const) {
      const table = createTable({ config: aConfig({ maps: [aMap({ rules: inDecision, stages })] }), journey });
      table.decide('2026-09-14 09:00');
      expect(table.alert('ghosted').state).toBe('open');
      const visits: [string, number][] = [
        ['decision', at('2026-09-07 09:00')],
        [stage, at('2026-09-15 09:00')],
      ];
      table.set({ journey: { ...journey, visits: aJourney({ visits }).visits } });
      table.decide('2026-09-15 09:00');
      expect(table.alert('ghosted')).toMatchObject({ state: 'resolved', resolution: { text } });
    }
  });

  it('and stays while its feed is stale', () => {
    const table = createTable({ config: configOf({ 'no-activity': { after: '3bd' } }), feedStale: true });
    expect(table.decide('2026-09-14 09:00')).toEqual([]);
    expect(table.alert('no-activity')).toMatchObject({ state: 'open', inhibitedBy: 'stale-feed', saidAt: null });
    table.set({ feedStale: false });
    expect(table.decide('2026-09-15 09:00')).toHaveLength(1);
    expect(table.audit()).toEqual(['opened', 'released']);
  });
});

describe('one rule that says it already', () => {
  const config = configOf({ 'no-activity': { after: '3bd' }, ghosted: { attempts: 1, after: '1bd' } });
  const tried = aJourney({ touchpoints: [aTouchpoint('outbound', '2026-09-07 10:00')] });

  it('holds the other one back, and lets it go when it ends', () => {
    const table = createTable({ config, journey: tried });
    table.decide('2026-09-11 09:00');
    table.post('2026-09-11 09:00');
    table.decide('2026-09-14 09:00');
    expect(table.alert('ghosted')).toMatchObject({ state: 'open', inhibitedBy: 'no-activity' });
    table.set({ journey: { ...tried, touchpoints: [aTouchpoint('outbound', '2026-09-14 12:00'), ...tried.touchpoints] } });
    table.decide('2026-09-14 13:00');
    expect(table.alert('no-activity').state).toBe('resolved');
    expect(table.alert('ghosted')).toMatchObject({ state: 'open', inhibitedBy: null });
  });
});

describe('where an alert goes', () => {
  it('is decided by what the journey is when it opens', () => {
    const routes = [
      aRoute('#deals', {
        routes: [aRoute('#big', { match: { amount: { operator: '>=', value: 50_000 }, stage: ['decision'], owner: ['dana@us.example'] } })],
      }),
    ];
    const table = createTable({ config: { ...stalled, routes }, journey: aJourney({ deal: { amount: 60_000 } }) });
    table.decide('2026-09-28 09:00');
    table.set({ journey: aJourney({ deal: { amount: 10 } }) });
    table.decide('2026-09-28 10:00');
    expect(table.cards().map(({ channel }) => channel)).toEqual(['#big']);
    expect(table.card('#big').content.amount).toEqual({ value: 10, currency: null });
  });

  it('is known to the cards of other channels: none of them is all clear before it is over', () => {
    const routes = [aRoute('#deals', { routes: [aRoute('#silence', { match: { rule: ['no-activity'] } })] })];
    const config = { ...configOf({ stalled: { after: '3bd' }, 'no-activity': { after: '20bd' } }), routes };
    const table = createTable({ config, journey: aJourney({ touchpoints: [aTouchpoint('outbound', '2026-09-07 10:00')] }) });
    table.decide('2026-10-06 09:00');
    expect(table.cards().map(({ channel, content }) => [channel, content.state])).toEqual([
      ['#deals', 'active'],
      ['#silence', 'active'],
    ]);
    table.set({ config: { ...config, maps: configOf({ 'no-activity': { after: '20bd' } }).maps } });
    table.decide('2026-10-06 11:00');
    expect(table.card('#deals').content).toMatchObject({ state: 'clear', elsewhere: 1 });
    table.set({ journey: aJourney({ touchpoints: [aTouchpoint('inbound', '2026-10-06 12:00')] }) });
    table.decide('2026-10-06 13:00');
    expect(table.card('#deals').content).not.toHaveProperty('elsewhere');
  });

  it('asks for the owner where a route says so', () => {
    const table = createTable({ config: { ...stalled, routes: [aRoute('#deals', { notify: ['owner'] })] } });
    table.decide('2026-09-28 09:00');
    expect(table.card().content).toMatchObject({ notifyOwner: true, ownerEmail: 'dana@us.example' });
  });
});

it('the card moves to another account together with its deal', () => {
  const table = stalledTable();
  table.set({
    journey: aJourney({ account: { id: 'a-2', name: 'Zeta', domain: null, segment: null, ownerEmail: null, url: null, renewalDate: null } }),
  });
  table.decide('2026-09-29 09:00');
  expect(table.card().content.account).toMatchObject({ id: 'a-2', name: 'Zeta' });
  expect(table.row().accountId).toBe('a-2');
  expect(table.alerts()).toHaveLength(1);
});

it('a journey is looked at again when the first of its rules, repeats, snoozes and mutes can change', () => {
  const table = createTable({ config: configOf({ stalled: { after: '15bd' }, 'no-activity': { after: '3bd' } }) });
  table.decide('2026-09-08 09:00');
  expect(table.row().recheckAt).toBe(at('2026-09-10 09:00'));
  table.decide('2026-09-10 09:00');
  expect(table.row().recheckAt).toBe(at('2026-09-15 09:00'));
  table.act('no-activity', { kind: 'snooze', until: at('2026-09-11 12:00') }, '2026-09-10 10:00');
  table.decide('2026-09-10 10:00');
  expect(table.row().recheckAt).toBe(at('2026-09-11 12:00'));
  table.set({ mute: { accountId: 'a-1', until: at('2026-09-11 08:00'), reason: 'x', by: 'U1', at: at('2026-09-10') } });
  table.decide('2026-09-10 11:00');
  expect(table.row().recheckAt).toBe(at('2026-09-11 08:00'));
});

it('a journey assembled with another map is refused', () => {
  expect(() => mapOf(aJourney({ mapKey: 'renewals' }), stalled)).toThrow(/renewals/);
});
