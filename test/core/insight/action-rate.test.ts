import { describe, expect, it } from 'vitest';
import { type AlertLife, actionRates, noisiest } from '../../../src/core/insight/action-rate.ts';

const lives = (rule: string, acted: number, ignored: number): AlertLife[] =>
  Array.from({ length: acted + ignored }, (_, index) => ({ rule, actedOn: index < acted, place: null, dueAt: 0, goneAt: null }));

describe('the action rate of a rule', () => {
  it('is the share of its alerts that somebody acted on, with its n and limits', () => {
    // Newcombe 1998, table I: 15 of 148, Wilson without continuity correction: 0.0624 to 0.1605.
    const [rate] = actionRates(lives('stalled', 15, 133));
    expect(rate).toMatchObject({ rule: 'stalled', alerts: 148, rate: { kind: 'known', n: 148, count: 15 } });
    expect(rate?.rate.kind === 'known' && [rate.rate.low.toFixed(4), rate.rate.high.toFixed(4)]).toEqual(['0.0624', '0.1605']);
  });

  it('is not said of too few', () => {
    expect(actionRates(lives('stalled', 0, 19))).toEqual([{ rule: 'stalled', alerts: 19, rate: { kind: 'few', n: 19, needed: 20 } }]);
    expect(actionRates(lives('stalled', 0, 20))).toMatchObject([{ rate: { kind: 'known', rate: 0 } }]);
    expect(actionRates([])).toEqual([]);
  });

  it('puts the worst first, and those with too few last', () => {
    const rates = actionRates([...lives('few', 0, 3), ...lives('good', 30, 2), ...lives('bad', 2, 30), ...lives('fewer', 0, 2)]);
    expect(rates.map(({ rule }) => rule)).toEqual(['bad', 'good', 'few', 'fewer']);
  });
});

describe('the noisiest rule', () => {
  it('is the one of which it is surest that its alerts are acted on by nobody', () => {
    expect(noisiest(actionRates([...lives('often', 10, 90), ...lives('seldom', 2, 18)]))).toMatchObject({ rule: 'often', rate: { n: 100 } });
  });

  it('is none where a half may well have been acted on, or there are too few', () => {
    expect(noisiest(actionRates(lives('stalled', 8, 12)))).toBeNull();
    expect(noisiest(actionRates(lives('stalled', 0, 19)))).toBeNull();
    expect(noisiest([])).toBeNull();
  });
});
