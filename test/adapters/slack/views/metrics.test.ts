import { describe, expect, it } from 'vitest';
import { metricsView } from '../../../../src/adapters/slack/views/metrics.ts';
import { readAloud } from '../read-aloud.ts';
import { metricsSummary, someFigures } from '../samples.ts';

const said = (changes: Parameters<typeof metricsSummary>[0] = {}): string => readAloud(metricsView(metricsSummary(changes)));

describe('stage metrics', () => {
  it('say in words what stands out, and in a table each stage with its numbers, their limits and n', () => {
    expect(said()).toBe('');
  });

  it('of one stage stand alone, and of none say so', () => {
    const one = said({ stages: [{ stage: 'decision', label: 'Decision', now: someFigures(20, 0), before: someFigures(20, 0) }] });
    expect(one.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(2);
    expect(said({ stages: [], otherMaps: [], segments: [] })).toContain('Too few journeys to say anything');
  });

  it('say no figure of too few', () => {
    const few = said({ stages: [{ stage: 'decision', label: 'Decision', now: someFigures(9, 0), before: someFigures(0, 0) }] });
    expect(few).toContain('| Decision | 9 | too few (9) | too few (9) | too few (9) | 0 | too few (0) |');
    expect(few).not.toContain('%,');
  });

  it('say that something has changed only where it is more than chance', () => {
    const chance = { stage: 'decision', label: 'Decision', now: someFigures(8, 8), before: someFigures(10, 6) };
    expect(said({ stages: [chance] })).not.toContain('more than chance');
    const better = { ...chance, now: someFigures(38, 2), before: someFigures(10, 30) };
    expect(said({ stages: [better] })).toContain('📈 *Decision*: 95% of 40 moved on, against 25% of 40 in the quarter before. That is more than chance.');
  });

  it('say how many stages have no room', () => {
    const stages = Array.from({ length: 27 }, (_, index) => ({
      stage: `s-${index}`,
      label: `Stage ${index}`,
      now: someFigures(10, 2),
      before: someFigures(1, 0),
    }));
    expect(said({ stages })).toContain('and 2 more stages');
  });
});
