import { describe, expect, it } from 'vitest';
import { alertLine } from '../../../src/core/alerts/alert-line.ts';
import { dayMs } from '../../../src/core/time.ts';
import { at } from '../builders.ts';
import { alert, before, byHand, cleared, digest, during, period, row } from './digest-facts.ts';

const nothing = { now: 0, before: null, usual: null };

describe('a digest', () => {
  it('of nothing says so in numbers, and nothing follows', () => {
    expect(digest({})).toEqual({
      digest: {
        ...period,
        timezone: 'UTC',
        scope: '',
        stray: [],
        open: { journeys: 0, alerts: 0 },
        muted: 0,
        held: 0,
        first: [],
        counts: { moved: nothing, won: nothing, lost: nothing, late: nothing, opened: nothing, stalled: nothing, missing: nothing, silent: nothing },
        wonAmounts: [],
        lostAmounts: [],
        fates: { told: 0, acted: 0, cleared: 0, ignored: 0, 'not-useful': 0, fresh: 0 },
        feeds: [],
      },
      details: [],
    });
  });

  it('counts what is open now, and what is held back apart', () => {
    const journeys = ['a', 'b', 'c', 'd'].map((id) => row(id));
    const alerts = [
      alert('stalled', 'a', { openedAt: before }),
      alert('no-activity', 'a', { inhibitedBy: 'stale-feed' }),
      alert('missing-role', 'a', { openedAt: during }),
      alert('stalled', 'b', { openedAt: before, ...cleared() }),
      alert('missing-role', 'c', { openedAt: during, inhibitedBy: 'mute' }),
      alert('ghosted', 'd', { inhibitedBy: 'stale-feed' }),
      alert('stalled', 'unknown'),
    ];
    const { open, muted, held, counts } = digest({ journeys, alerts }).digest;
    expect({ open, muted, held }).toEqual({ open: { journeys: 1, alerts: 2 }, muted: 1, held: 1 });
    expect([counts.stalled.now, counts.missing.now]).toEqual([1, 1]);
  });

  it('names the worst first, one line a journey', () => {
    const alerts = [
      alert('stalled', 'a'),
      alert('missing-role', 'a'),
      ...['b', 'c', 'd'].map((id) => alert('stalled', id)),
      alert('close-date', 'e', { finding: { ...alert('stalled', 'e').finding, severity: 'critical' } }),
    ];
    const { first } = digest({ journeys: ['a', 'b', 'c', 'd', 'e'].map((id) => row(id)), alerts }).digest;
    expect(first).toHaveLength(3);
    expect(first[0]?.name).toBe('e');
    expect(new Set(first.map(({ name }) => name)).size).toBe(3);
  });

  it('adds up amounts of one currency, and never of two', () => {
    const won = (id: string, amount: number | null, currency: string | null) => row(id, { outcome: 'won', outcomeAt: during, amount, currency });
    const journeys = [
      won('a', 5, 'EUR'),
      won('b', 7, 'EUR'),
      won('c', 3, 'USD'),
      won('d', null, 'EUR'),
      row('e', { outcome: 'won', outcomeAt: before }),
    ];
    const summary = digest({ journeys }).digest;
    expect(summary.counts.won.now).toBe(4);
    expect(summary.wonAmounts).toEqual([
      { value: 12, currency: 'EUR' },
      { value: 3, currency: 'USD' },
    ]);
    expect(summary.lostAmounts).toEqual([]);
  });

  it('compares with the week before and with what is usual in the quarter', () => {
    const week = (weeksAgo: number) => period.from - weeksAgo * 7 * dayMs + dayMs;
    const won = (weeksAgo: number, many: number) =>
      Array.from({ length: many }, (_, index) => row(`w${weeksAgo}-${index}`, { outcome: 'won', outcomeAt: week(weeksAgo) }));
    const journeys = [...won(0, 7), ...won(1, 5), ...won(2, 3), ...won(3, 3), ...won(4, 9), row('old', { outcome: 'lost', outcomeAt: week(6) })];
    // Known weeks, the newest first: 5, 3, 3, 9, 0.
    expect(digest({ journeys }).digest.counts.won).toEqual({ now: 7, before: 5, usual: 3 });
  });

  it('says nothing of what is usual before there are four weeks, and nothing of before where nothing was known', () => {
    const journeys = [0, 1, 2].map((weeksAgo) => row(`w${weeksAgo}`, { outcome: 'won' as const, outcomeAt: period.from - weeksAgo * 7 * dayMs }));
    expect(digest({ journeys }).digest.counts.won).toEqual({ now: 1, before: 1, usual: null });
    expect(digest({ journeys: journeys.slice(0, 1) }).digest.counts.won).toEqual({ now: 1, before: null, usual: null });
  });

  it('takes a merged or erased journey, whose row stayed as it was, for no knowledge of the past', () => {
    const gone = row('gone', { outcome: 'deleted', outcomeAt: period.from - 14 * dayMs });
    expect(digest({ journeys: [gone, row('won', { outcome: 'won', outcomeAt: during })] }).digest.counts.won).toEqual({
      now: 1,
      before: null,
      usual: null,
    });
  });

  it('counts how many journeys were stalled at the end of each week, whatever became of their alerts since', () => {
    const journeys = ['a', 'b', 'c'].map((id) => row(id));
    const alerts = [
      alert('stalled', 'a', { openedAt: period.from - 8 * dayMs }),
      alert('stalled', 'b', { openedAt: period.from - 8 * dayMs, ...cleared(period.from - dayMs) }),
      alert('stalled', 'c', { openedAt: during }),
    ];
    expect(digest({ journeys, alerts }).digest.counts.stalled).toMatchObject({ now: 2, before: 1 });
  });

  it('is about the journeys, and the alerts, that its match names, and says which', () => {
    const journeys = [row('a', { segments: ['enterprise'], amount: 60 }), row('b', { ownerEmail: 'lee@us.example' })];
    const alerts = ['a', 'b'].flatMap((id) => [alert('stalled', id), alert('missing-role', id)]);
    expect(digest({ journeys, alerts }, { segment: ['enterprise'] }).digest).toMatchObject({
      scope: 'segment enterprise',
      stray: ['segment enterprise'],
      open: { journeys: 1, alerts: 2 },
    });
    expect(digest({ journeys, alerts }, { owner: ['LEE@us.example'], rule: ['stalled'] }).digest).toMatchObject({
      scope: 'owner LEE@us.example · rule stalled',
      open: { journeys: 1, alerts: 1 },
      counts: { stalled: { now: 1 }, missing: { now: 0 } },
    });
    expect(
      digest({ journeys, alerts }, { severity: ['critical'], map: ['new-business'], stage: ['decision'], amount: { operator: '>', value: 1 } })
        .digest,
    ).toMatchObject({
      scope: 'map new-business · stage decision · severity critical · amount > 1',
      stray: [],
      open: { journeys: 0, alerts: 0 },
    });
  });

  it('says what it asks for and the journey map does not have', () => {
    expect(digest({}, { stage: ['decision', 'gone'], map: ['old'] }).digest.stray).toEqual(['map old', 'stage gone']);
  });
});

describe('what follows in the thread of a digest', () => {
  const kinds = (facts: Parameters<typeof digest>[0]) => digest(facts).details.map(({ kind }) => kind);

  it('is only what there is something to say of', () => {
    const journeys = [row('a'), row('won', { outcome: 'won', outcomeAt: during })];
    expect(kinds({ journeys: [row('a')] })).toEqual([]);
    expect(kinds({ journeys })).toEqual(['moves']);
    expect(kinds({ journeys, alerts: [alert('stalled', 'a', { openedAt: before })] })).toEqual(['moves', 'attention']);
    expect(kinds({ journeys, alerts: [alert('missing-role', 'a', { openedAt: during, saidAt: during })] })).toEqual([
      'moves',
      'attention',
      'people',
      'alerts',
    ]);
  });

  it('tells moves of the period by their labels', () => {
    const moves = [
      { journeyId: 'deal:a', from: 'decision', to: 'implementation', at: during },
      { journeyId: 'deal:a', from: 'gone_stage', to: 'decision', at: during },
      { journeyId: 'deal:a', from: 'decision', to: 'implementation', at: before },
      { journeyId: 'deal:other', from: 'decision', to: 'implementation', at: during },
    ];
    const [detail] = digest({ journeys: [row('a')], moves }).details;
    expect(detail).toMatchObject({
      kind: 'moves',
      moved: {
        total: 2,
        shown: [
          { from: 'Decision', to: 'Implementation' },
          { from: 'gone_stage', to: 'Decision' },
        ],
      },
    });
  });

  it('names of each rule the largest, and the rule with most first', () => {
    const journeys = [row('small', { amount: 1 }), row('large', { amount: 9000 }), row('medium', { amount: 50 }), row('none', { amount: null })];
    const alerts = [...journeys.map(({ dealId }) => alert('missing-role', dealId ?? '')), alert('stalled', 'small')];
    const detail = digest({ journeys, alerts }).details.find(({ kind }) => kind === 'attention');
    expect(detail).toMatchObject({
      rules: [
        {
          rule: 'missing-role',
          title: 'Somebody missing on the buying committee',
          count: 4,
          worst: [{ name: 'large' }, { name: 'medium' }, { name: 'small' }],
        },
        { rule: 'stalled', title: 'Stalled', count: 1, worst: [{ name: 'small' }] },
      ],
      more: 0,
    });
  });

  it('tells questions that were answered after their time, and only those', () => {
    const late = (id: string, traits: object) => alert('response-gap', id, { openedAt: before, ...traits });
    const journeys = ['a', 'b', 'c', 'd'].map((id) => row(id));
    const alerts = [late('a', cleared()), late('b', cleared(before)), late('c', byHand('done')), late('d', {})];
    const { digest: summary, details } = digest({ journeys, alerts });
    expect(summary.counts.late.now).toBe(1);
    expect(details.find(({ kind }) => kind === 'people')).toMatchObject({ late: { total: 1, shown: [{ name: 'a', answeredAt: during }] } });
  });

  it('counts nothing that was held back as long as it lasted: what a silent CRM tells late was not answered late', () => {
    const held = { ...cleared(), openedAt: before, saidAt: null };
    const { firstSaidAt: _, ...never } = alert('response-gap', 'a', held);
    const { digest: summary, details } = digest({ journeys: [row('a')], alerts: [{ ...never, openedAt: during }] });
    expect([summary.counts.late.now, summary.counts.opened.now]).toEqual([0, 0]);
    expect(details).toEqual([]);
    const inDigestsOnly = { ...never, openedAt: during, routes: [] };
    expect(digest({ journeys: [row('a')], alerts: [inDigestsOnly] }).digest.counts.late.now).toBe(1);
  });

  it('is cut, and says how many there are', () => {
    const journeys = Array.from({ length: 40 }, (_, index) => row(`d-${index}`, { outcome: 'won', outcomeAt: during }));
    const [detail] = digest({ journeys }).details;
    expect(detail).toMatchObject({ won: { total: 40 } });
    expect(detail?.kind === 'moves' && detail.won.shown).toHaveLength(12);
  });
});

it('names first what nobody has taken or put off', () => {
  const journeys = ['a', 'b', 'c', 'd'].map((id) => row(id));
  const taken = { state: 'acknowledged', acknowledged: { by: 'U0DANA', at: during } } as const;
  const alerts = [
    alert('stalled', 'a', taken),
    alert('stalled', 'b', { snooze: { until: 'stage-change', stage: 'decision', by: 'U0DANA', at: during } }),
    alert('stalled', 'c'),
    alert('stalled', 'd'),
  ];
  const { first } = digest({ journeys, alerts }).digest;
  expect(first.map(({ name, standing }) => [name, standing])).toEqual([
    ['c', undefined],
    ['d', undefined],
    ['a', 'taken'],
  ]);
});

it('names the account beside the journey, on the first screen and in the thread', () => {
  const said = digest({ journeys: [row('a', { accountId: 'a-1' })], accounts: new Map([['a-1', 'Acme GmbH']]), alerts: [alert('stalled', 'a')] });
  expect(said.digest.first).toMatchObject([{ name: 'a', accountName: 'Acme GmbH' }]);
  expect(JSON.stringify(said.details)).toContain('"accountName":"Acme GmbH"');
});

it('one alert in a line', () => {
  const accounts = new Map([['a-1', 'Acme']]);
  expect(alertLine(alert('stalled', 'a'), row('a', { accountId: 'a-1', amount: 5, currency: 'EUR' }), accounts)).toEqual({
    journeyId: 'deal:a',
    name: 'a',
    url: null,
    accountName: 'Acme',
    headline: 'Stalled in Decision',
    since: at('2026-09-07 09:00'),
    amount: { value: 5, currency: 'EUR' },
  });
  const acknowledged = { by: 'U0DANA', at: at('2026-09-08 09:00') };
  expect(alertLine(alert('stalled', 'a', { acknowledged }), row('a'), accounts).standing).toBe('taken');
  expect(alertLine(alert('stalled', 'a', { acknowledged, state: 'resolved' }), row('a'), accounts).standing).toBeUndefined();
});
