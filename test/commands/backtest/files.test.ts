import { describe, expect, it } from 'vitest';
import { csvOf, jsonOf } from '../../../src/commands/backtest/files.ts';
import { about, aReport } from './a-report.ts';

describe('a backtest for programs', () => {
  it('is JSON with its instants in ISO 8601', () => {
    const json = JSON.parse(jsonOf(aReport(), about));
    expect(json).toMatchObject({
      ...{
        format: 1,
        map: 'journey.yml',
        version: 'v1',
        timezone: 'Europe/Berlin',
        knownFrom: 'occurred',
        signals: 1_000,
        erased: { account: 0, deal: 0, person: 0 },
        limitsLearned: 3,
      },
      period: { from: '2026-09-07T00:00:00.000Z', to: '2026-11-16T00:00:00.000Z', weeks: 10 },
      channels: [{ channel: '#deals', alerts: 20, perWeek: 2 }],
    });
    expect(json.weeks[0]).toEqual({ from: '2026-09-07T00:00:00.000Z', alerts: { stalled: 7 } });
    expect(json.rules[0]).toMatchObject({ rule: 'stalled', precision: { kind: 'known', n: 20, count: 15 }, numbers: '15bd' });
    expect(json.rules[0].variants[0]).toMatchObject({ factor: 0.5, numbers: '8bd', alerts: 40 });
  });

  it('is CSV with a line for each number of each rule, and nothing in a cell where there are too few', () => {
    const [head = '', own = '', half = '', ...rest] = csvOf(aReport()).trimEnd().split('\r\n');
    const cells = (line: string) => Object.fromEntries(head.split(',').map((name, index) => [name, line.split(',')[index]]));
    expect(cells(own)).toMatchObject({
      rule: 'stalled',
      factor: '1',
      number: '15bd',
      alerts: '20',
      alerts_per_week: '2',
      precision: '0.75',
      lift: '2',
    });
    expect(cells(half)).toMatchObject({ rule: 'stalled', factor: '0.5', number: '8bd', alerts: '40', base_ended: '40', base_lost: '15' });
    expect(cells(rest.at(-1) ?? '')).toMatchObject({ rule: 'close-date', factor: '1', number: '', alerts: '0', precision: '', lead_days: '' });
  });
});
