import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/core/alerts/alert.ts';
import { alertLine, type DigestFacts, digestOf } from '../../src/core/digest.ts';
import type { AlertLife } from '../../src/core/insight/action-rate.ts';
import type { RouteMatch } from '../../src/core/journey/journey-map.ts';
import type { JourneyRow } from '../../src/core/journey/journey-row.ts';
import type { StageMove } from '../../src/core/journey/stage-moves.ts';
import { createTable, onlyRules } from './alerts/decision-table.ts';
import { aConfig, aMap, aRoute, at } from './builders.ts';

const rules = onlyRules({ stalled: { after: '5bd' }, 'missing-role': {} });
const config = aConfig({
  maps: [
    aMap({
      rules,
      stages: [{ key: 'decision', rules, expects: { roles: ['legal', 'champion'] } }, 'implementation'].map((stage) =>
        typeof stage === 'string' ? { key: stage, rules } : stage,
      ),
    }),
  ],
  routes: [aRoute('#deals')],
});

/** A row as a decision makes it, and its alerts. */
const decided = (() => {
  const table = createTable({ config });
  table.decide('2026-09-16 09:00');
  return { row: table.row(), alerts: table.alerts() };
})();
const row = (id: string, traits: Partial<JourneyRow> = {}): JourneyRow => ({ ...decided.row, id: `deal:${id}`, dealId: id, name: id, ...traits });
const alert = (rule: string, journeyId: string, traits: Partial<Alert> = {}): Alert => {
  const found = decided.alerts.find((candidate) => candidate.rule === rule);
  if (found === undefined) throw new Error(`no ${rule}`);
  return { ...found, id: `${journeyId} ${rule} ${found.subject}`, journeyId: `deal:${journeyId}`, ...traits };
};
const during = at('2026-09-16 09:00');
const before = at('2026-09-01 09:00');
const byHand = (reason: 'done' | 'not-useful', when = during) =>
  ({ state: 'resolved', resolution: { at: when, how: 'by-hand', by: 'U1', reason, note: null } }) as const;
const cleared = { state: 'resolved', resolution: { at: during, how: 'cleared', text: 'moved' } } as const;

const digest = (facts: Partial<DigestFacts & { stageMoves: StageMove[]; lives: AlertLife[] }>, match: RouteMatch = {}) =>
  digestOf(
    { journeys: [], alerts: [], stageMoves: [], lives: [], ...facts },
    [],
    { from: at('2026-09-14'), to: at('2026-09-21') },
    { match, timezone: 'UTC' },
    config,
  );

describe('a digest', () => {
  it('of nothing says so in numbers', () => {
    expect(digest({})).toEqual({
      from: at('2026-09-14'),
      to: at('2026-09-21'),
      timezone: 'UTC',
      scope: '',
      open: { journeys: 0, alerts: 0 },
      muted: 0,
      moved: [],
      won: [],
      lost: [],
      attention: [],
      openedInPeriod: 0,
      clearedInPeriod: 0,
      resolvedByHandInPeriod: 0,
      notUsefulByRule: [],
      feeds: [],
    });
  });

  it('counts what is open now, what opened, cleared and was resolved in the period', () => {
    const journeys = ['a', 'b', 'c'].map((id) => row(id));
    const alerts = [
      alert('stalled', 'a', { openedAt: before }),
      alert('missing-role', 'a', { openedAt: during }),
      alert('stalled', 'b', { openedAt: before, ...cleared }),
      alert('missing-role', 'b', { openedAt: before, ...byHand('done') }),
      alert('stalled', 'c', { openedAt: before, ...byHand('not-useful') }),
      alert('missing-role', 'c', { openedAt: during, inhibitedBy: 'mute' }),
      alert('stalled', 'unknown'),
    ];
    expect(digest({ journeys, alerts })).toMatchObject({
      open: { journeys: 1, alerts: 2 },
      muted: 1,
      openedInPeriod: 2,
      clearedInPeriod: 1,
      resolvedByHandInPeriod: 2,
      notUsefulByRule: [{ rule: 'stalled', count: 1 }],
    });
  });

  it('does not count what was resolved before or after the period', () => {
    const alerts = [alert('stalled', 'a', byHand('not-useful', at('2026-09-21'))), alert('missing-role', 'a', byHand('done', at('2026-09-13')))];
    expect(digest({ journeys: [row('a')], alerts })).toMatchObject({ resolvedByHandInPeriod: 0, notUsefulByRule: [] });
    expect(digest({ journeys: [row('a')], alerts: [alert('stalled', 'a', byHand('not-useful', at('2026-09-14')))] })).toMatchObject({
      resolvedByHandInPeriod: 1,
    });
  });

  it('names the worst of each rule, the largest amounts first, and the rule with most first', () => {
    const journeys = [row('small', { amount: 1 }), row('large', { amount: 9000 }), row('medium', { amount: 50 }), row('none', { amount: null })];
    const alerts = [...journeys.map(({ dealId }) => alert('missing-role', dealId ?? '')), alert('stalled', 'small')];
    expect(digest({ journeys, alerts }).attention).toMatchObject([
      {
        rule: 'missing-role',
        headline: 'Somebody missing on the buying committee',
        count: 4,
        worst: [{ name: 'large' }, { name: 'medium' }, { name: 'small' }],
      },
      { rule: 'stalled', headline: 'Stalled', count: 1, worst: [{ name: 'small', amount: { value: 1 } }] },
    ]);
  });

  it('tells moves of the period by their labels', () => {
    const stageMoves = [
      { journeyId: 'deal:a', from: 'decision', to: 'implementation', at: during },
      { journeyId: 'deal:a', from: 'gone_stage', to: 'decision', at: during },
      { journeyId: 'deal:a', from: 'decision', to: 'implementation', at: before },
      { journeyId: 'deal:other', from: 'decision', to: 'implementation', at: during },
    ];
    expect(digest({ journeys: [row('a')], stageMoves }).moved.map(({ from, to }) => [from, to])).toEqual([
      ['Decision', 'Implementation'],
      ['gone_stage', 'Decision'],
    ]);
  });

  it('tells what was won and lost in the period', () => {
    const journeys = [
      row('won', { outcome: 'won', outcomeAt: during, amount: 5, currency: 'EUR' }),
      row('lost', { outcome: 'lost', outcomeAt: during }),
      row('old', { outcome: 'won', outcomeAt: before }),
      row('deleted', { outcome: 'deleted', outcomeAt: during }),
    ];
    expect(digest({ journeys })).toMatchObject({
      won: [{ name: 'won', amount: { value: 5, currency: 'EUR' } }],
      lost: [{ name: 'lost', amount: null }],
    });
  });

  it('is about the journeys, and the alerts, that its match names, and says which', () => {
    const journeys = [row('a', { segments: ['enterprise'], amount: 60 }), row('b', { ownerEmail: 'lee@us.example' })];
    const alerts = ['a', 'b'].flatMap((id) => [alert('stalled', id), alert('missing-role', id)]);
    expect(digest({ journeys, alerts }, { segment: ['enterprise'] })).toMatchObject({
      scope: 'segment enterprise',
      open: { journeys: 1, alerts: 2 },
    });
    expect(digest({ journeys, alerts }, { owner: ['LEE@us.example'], rule: ['stalled'] })).toMatchObject({
      scope: 'owner LEE@us.example · rule stalled',
      open: { journeys: 1, alerts: 1 },
    });
    expect(
      digest({ journeys, alerts }, { severity: ['critical'], map: ['new-business'], stage: ['decision'], amount: { operator: '>', value: 1 } }),
    ).toMatchObject({
      scope: 'map new-business · stage decision · severity critical · amount > 1',
      open: { journeys: 0, alerts: 0 },
    });
  });
});

it('one alert in a line', () => {
  expect(alertLine(alert('stalled', 'a'), row('a', { amount: 5, currency: 'EUR' }), 'Acme')).toEqual({
    journeyId: 'deal:a',
    name: 'a',
    url: null,
    accountName: 'Acme',
    headline: 'Stalled in Decision',
    since: at('2026-09-07 09:00'),
    amount: { value: 5, currency: 'EUR' },
  });
});
