import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kaplanMeier, survivalAt, timeUntil, type Watched } from '../../../src/core/insight/kaplan-meier.ts';

const ends = (...times: number[]): Watched[] => times.map((time) => ({ time, ended: true }));
const goesOn = (...times: number[]): Watched[] => times.map((time) => ({ time, ended: false }));

/**
 * Weeks of remission of leukaemia patients: Freireich et al., Blood 21 (1963), as analysed by Gehan, Biometrika 52 (1965), and by Kleinbaum and Klein,
 * Survival Analysis: A Self-Learning Text, chapter 2.
 */
const sixMp = [...ends(6, 6, 6, 7, 10, 13, 16, 22, 23), ...goesOn(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)];
const placebo = ends(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23);

describe('Kaplan and Meier’s estimate of the leukaemia data', () => {
  it('has the shares in remission and their log-log limits as they are published for 6-MP (Kleinbaum and Klein, tables of sts list)', () => {
    const rounded = kaplanMeier(sixMp).steps.map(({ time, atRisk, ended, survival, low, high }) => [
      time,
      atRisk,
      ended,
      survival.toFixed(4),
      low.toFixed(4),
      high.toFixed(4),
    ]);
    expect(rounded).toEqual([
      [6, 21, 3, '0.8571', '0.6197', '0.9516'],
      [7, 17, 1, '0.8067', '0.5631', '0.9228'],
      [10, 15, 1, '0.7529', '0.5032', '0.8894'],
      [13, 12, 1, '0.6902', '0.4316', '0.8491'],
      [16, 11, 1, '0.6275', '0.3675', '0.8049'],
      [22, 7, 1, '0.5378', '0.2678', '0.7468'],
      [23, 6, 1, '0.4482', '0.1881', '0.6801'],
    ]);
  });

  it('has the published medians: 23 weeks with 6-MP, 8 with placebo', () => {
    expect(timeUntil(kaplanMeier(sixMp), 0.5)).toEqual({ n: 21, ended: 9, value: 23, low: 13, high: null });
    expect(timeUntil(kaplanMeier(placebo), 0.5)).toEqual({ n: 21, ended: 21, value: 8, low: 4, high: 11 });
  });

  it('says nothing beyond what was watched: three quarters never relapsed with 6-MP', () => {
    expect(timeUntil(kaplanMeier(sixMp), 0.75).value).toBeNull();
    expect(survivalAt(kaplanMeier(sixMp), 35)?.survival).toBeCloseTo(0.4482, 4);
    expect(survivalAt(kaplanMeier(sixMp), 36)).toBeNull();
    expect(survivalAt(kaplanMeier(placebo), 36)?.survival).toBe(0);
  });
});

it('goes on at the share of those who were still there', () => {
  const survival = kaplanMeier([...ends(2, 4), ...goesOn(3, 5)]);
  expect(survival.steps.map(({ time, survival: share }) => [time, share])).toEqual([
    [2, 0.75],
    [4, 0.375],
  ]);
  expect(survivalAt(survival, 1)).toEqual({ survival: 1, low: 1, high: 1 });
});

it('knows nothing of nobody', () => {
  expect(kaplanMeier([])).toEqual({ n: 0, ended: 0, longest: 0, steps: [] });
  expect(survivalAt(kaplanMeier([]), 3)).toBeNull();
  expect(timeUntil(kaplanMeier([]), 0.5)).toEqual({ n: 0, ended: 0, value: null, low: null, high: null });
});

describe('for all that is watched', () => {
  const watched = fc.array(fc.record({ time: fc.integer({ min: 0, max: 30 }), ended: fc.boolean() }), { maxLength: 60 });

  it('does not depend on the order', () => {
    const shuffled = watched.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(kaplanMeier(other)).toEqual(kaplanMeier(all));
      }),
    );
  });

  it('never rises, stays within 0 and 1, and between its limits', () => {
    fc.assert(
      fc.property(watched, (all) => {
        let before = 1;
        for (const { survival, low, high } of kaplanMeier(all).steps) {
          expect(survival).toBeLessThan(before);
          expect(survival).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(survival + 1e-12);
          expect(high).toBeGreaterThanOrEqual(survival - 1e-12);
          expect(high).toBeLessThanOrEqual(1);
          before = survival;
        }
      }),
    );
  });

  it('is the share that lasted longer where all have ended', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 31 }), (times, at) => {
        const share = times.filter((time) => time > at).length / times.length;
        expect(survivalAt(kaplanMeier(ends(...times)), at)?.survival).toBeCloseTo(share, 10);
      }),
    );
  });

  it('is longer the more of it still goes on', () => {
    fc.assert(
      fc.property(watched, fc.integer({ min: 0, max: 30 }), (all, at) => {
        const given = survivalAt(kaplanMeier(all), at);
        const ended = survivalAt(kaplanMeier(all.map(({ time }) => ({ time, ended: true }))), at);
        if (given !== null && ended !== null) expect(given.survival).toBeGreaterThanOrEqual(ended.survival - 1e-12);
      }),
    );
  });
});
