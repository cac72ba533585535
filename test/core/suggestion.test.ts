import { describe, expect, it } from 'vitest';
import { detectors } from '../../src/core/detectors/index.ts';
import { quieterAmounts, readAmount } from '../../src/core/detectors/quieter.ts';
import type { AlertLife } from '../../src/core/insight/action-rate.ts';
import { suggest, suggestionInWords } from '../../src/core/suggestion.ts';
import { dayMs } from '../../src/core/time.ts';
import { aConfig, aMap, at, defaultRules } from './builders.ts';

const dueAt = at('2026-09-07 09:00');
const config = aConfig({ maps: [aMap()] });
/** In decision; gone so many calendar days after the limit was passed (null: not yet). */
const life = (traits: Partial<AlertLife> & { goneAfter?: number | null } = {}): AlertLife => {
  const { goneAfter = null, ...more } = traits;
  return {
    rule: 'stalled',
    actedOn: false,
    place: { map: 'new-business', stage: 'decision', segments: [], number: '15bd' },
    dueAt,
    goneAt: goneAfter === null ? null : dueAt + goneAfter * dayMs,
    ...more,
  };
};
const times = (count: number, traits: Parameters<typeof life>[0] = {}) => Array.from({ length: count }, () => life(traits));
const place = (more: object) => ({ map: 'new-business', stage: 'decision', segments: [], number: '15bd', ...more });

describe('the suggestion', () => {
  it('names the noisiest rule, and the smallest number that would have spared half of the noise', () => {
    // Four working days after the limit is the next Friday; 19bd would have been just late enough.
    const suggestion = suggest([...times(15, { goneAfter: 4 }), ...times(5), ...times(5, { actedOn: true })], config);
    expect(suggestion).toMatchObject({
      rule: 'stalled',
      title: 'Stalled',
      rate: { n: 25, count: 5 },
      change: {
        stage: { key: 'decision' },
        segment: null,
        parameter: 'after',
        from: '15bd',
        to: '19bd',
        ignored: 20,
        spared: 15,
        actedOn: 5,
        actedOnSpared: 0,
      },
    });
    expect(suggestion && suggestionInWords(suggestion)).toEqual([
      '“Stalled”: 5 of 25 alerts were acted on within 2 working days (20%; 95% limits 9% to 39%).',
      'Try after: 19bd instead of 15bd in Decision (New business): 15 of the 20 alerts there that nobody acted on had cleared before that, and 0 of the 5 that somebody acted on.',
    ]);
  });

  it('takes a larger step where the smallest one spares too little, and one that can be felt where none does', () => {
    expect(suggest(times(25, { goneAfter: 14 }), config)?.change).toMatchObject({ to: '30bd', spared: 25 });
    const inVain = suggest(times(25), config);
    expect(inVain?.change).toMatchObject({ to: '23bd', spared: 0 });
    expect(inVain && suggestionInWords(inVain)[1]).toContain('None of those had cleared before that: they would be said later, but not be fewer.');
  });

  it('changes the number where most alerts are ignored: another stage, or what a segment has of its own', () => {
    const there = times(22, { place: place({ stage: 'consideration' }) });
    expect(suggest([...there, ...times(8)], config)?.change).toMatchObject({ stage: { key: 'consideration' } });
    const rules = defaultRules();
    const stalled = detectors.find(({ name }) => name === 'stalled');
    if (stalled === undefined || rules.stalled === undefined) throw new Error('no such rule');
    rules.stalled.segments = { enterprise: { severity: 'warning', params: stalled.params.parse({ after: '25bd' }) } };
    const large = aConfig({ maps: [aMap({ stages: [{ key: 'decision', rules }] })] });
    expect(suggest(times(30, { place: place({ segments: ['enterprise'], number: '25bd' }) }), large)?.change).toMatchObject({
      segment: 'enterprise',
      from: '25bd',
      to: '38bd',
    });
  });

  it('is none under the minimum sample, and none where alerts are acted on', () => {
    expect(suggest(times(19), config)).toBeNull();
    expect(suggest([...times(12), ...times(12, { actedOn: true })], config)).toBeNull();
  });

  it('forgets what was said by a number that was changed since', () => {
    const before = times(30, { place: place({ number: '10bd' }) });
    expect(suggest(before, config)).toBeNull();
    expect(suggest([...before, ...times(21)], config)?.change).toMatchObject({ ignored: 21 });
    expect(suggest(times(30, { place: place({ map: 'gone' }) }), config)).toBeNull();
  });

  it('says so where a rule has no number to turn', () => {
    const suggestion = suggest(times(30, { rule: 'skipped-stage', place: place({ number: null }) }), config);
    expect(suggestion).toMatchObject({ rule: 'skipped-stage', change: null });
    expect(suggestion && suggestionInWords(suggestion)[1]).toBe('It has no number to turn: think about skipped-stage: off where it does not help.');
  });

  it('says no times of what is none', () => {
    const suggestion = suggest(times(25, { rule: 'health-drop', place: place({ number: 20 }) }), config);
    expect(suggestion?.change).toMatchObject({ parameter: 'points', from: 20, to: 25, spared: null });
    expect(suggestion && suggestionInWords(suggestion)[1]).toContain('25 of the 25 alerts there were acted on by nobody');
  });
});

describe('what makes a rule quieter', () => {
  it.each(detectors.filter(({ quieter }) => quieter !== undefined).map((detector) => [detector.name, detector] as const))(
    '%s: a value that its schema takes, on the right side of what it is',
    (_name, detector) => {
      const from = readAmount(detector, detector.params.parse({}), null);
      expect(from).not.toBeNull();
      if (from === null) return;
      const amounts = quieterAmounts(detector, from);
      expect(amounts.length).toBeGreaterThan(0);
      const size = ({ text }: typeof from): number => Number.parseInt(String(text), 10);
      for (const amount of amounts) {
        expect(detector.params.safeParse({ [detector.quieter?.parameter ?? '']: amount.text }).success).toBe(true);
        expect(detector.quieter?.way === 'less' ? size(from) - size(amount) : size(amount) - size(from)).toBeGreaterThan(0);
      }
    },
  );

  it('is a higher percentile of a limit that is learned, and nothing where the CRM says the limit', () => {
    const stalled = detectors.find(({ name }) => name === 'stalled');
    if (stalled === undefined) throw new Error('no such rule');
    const learned = readAmount(stalled, stalled.params.parse({ after: 'p75' }), null);
    expect(learned).toEqual({ text: 'p75', time: null });
    expect(learned && quieterAmounts(stalled, learned).map(({ text }) => text)).toEqual(['p90', 'p95']);
    expect(readAmount(stalled, stalled.params.parse({ after: 'crm' }), null)).toBeNull();
  });

  it('goes by what the stage expects where the rule does', () => {
    const missing = detectors.find(({ name }) => name === 'missing-role');
    if (missing === undefined) throw new Error('no such rule');
    expect(readAmount(missing, missing.params.parse({}), { amount: 20, unit: 'bd' })?.text).toBe('20bd');
    expect(readAmount(missing, missing.params.parse({}), null)?.text).toBe('5bd');
  });
});
