import { describe, expect, it } from 'vitest';
import { metricsView } from '../../../../src/adapters/slack/views/metrics.ts';
import { readAloud } from '../read-aloud.ts';
import { metricsSummary, someFigures } from '../samples.ts';

const said = (changes: Parameters<typeof metricsSummary>[0] = {}): string => readAloud(metricsView(metricsSummary(changes)));

describe('stage metrics', () => {
  it('say in words what stands out, and in a table each stage with its numbers, their limits and n', () => {
    expect(said()).toBe(
      [
        '*New business: the last three months*',
        'Longest in *Decision*: half of 41 leave it within 21 working days.',
        'Most are lost in *Decision*: 22 of 32 did not get further.',
        '📉 *Decision*: 31% of 32 moved on, against 79% of 38 in the quarter before. That is more than chance.',
        '[chart: Moved on, in %: Awareness n 20: 90, Decision n 32: 31]',
        '[chart: Half left within, in working days: Awareness n 20: 10, Decision n 41: 21]',
        '| Stage | Came in | Moved on | Half left within | ¾ left within | Came back | The quarter before |',
        '| Awareness | 20 | 90% (70%–97%), n 20 | 10 bd (6–15), n 20 | 15 bd (11–19), n 20 | 0 | 95%, n 20; half in 10 bd, n 20 |',
        '| Decision | 41 (9 open) | 31% (18%–49%), n 32 | 21 bd (14–27), n 41 | 31 bd (25 or more), n 41 | 0 | 79%, n 38; half in 19 bd, n 38 |',
        '| Implementation | 4 (1 open) | too few (3) | too few (4) | too few (4) | 0 | too few (0) |',
        'Of journeys that came into a stage then, as they stand now. Moved on: reached a later stage or won, of those that did or were lost. bd: working days; journeys that are still there are counted as long as they have been. In brackets: 95% limits. Too few: under 10.',
        '(23 Aug 2026 to 23 Nov 2026, against 23 May 2026 to 23 Aug 2026 · as of 2026-11-23 · also: /journey metrics customers, /journey metrics new-business segment:enterprise)',
      ].join('\n'),
    );
  });

  it('of one stage stand alone, and of none say so', () => {
    const one = said({ stages: [{ stage: 'decision', label: 'Decision', now: someFigures(20, 0), before: someFigures(20, 0) }] });
    expect(one.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(2);
    expect(said({ stages: [], otherMaps: [], segments: [] })).toContain('Too few journeys to say anything');
  });

  it('say where most still are, which has no median to be the longest with', () => {
    const waiting = said({ stages: [{ stage: 'decision', label: 'Decision', now: someFigures(10, 0, 20), before: someFigures(0, 0) }] });
    expect(waiting).toContain('| Decision | 30 (20 open) | 100% (72%–100%), n 10 | not yet, n 30 |');
    expect(waiting).toContain('Fewer than half of 30 have left *Decision* so far.');
    expect(waiting).not.toContain('Too few journeys');
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
    expect(said({ stages: [better] })).toContain(
      '📈 *Decision*: 95% of 40 moved on, against 25% of 40 in the quarter before. That is more than chance.',
    );
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
