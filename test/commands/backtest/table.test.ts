import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../src/commands/backtest/table.ts';
import { about, aReport } from './a-report.ts';

describe('a backtest in the terminal', () => {
  const lines = tableOf(aReport(), about);
  const rows = (word: string): string[] => lines.filter((line) => line.trimStart().startsWith(word));

  it('says what was replayed, and the base rate', () => {
    expect(lines.slice(0, 7)).toEqual([
      'Backtest of journey.yml',
      '  period        7 Sept 2026 to 16 Nov 2026, 10.0 weeks',
      '  signals       1,000, known from when they happened',
      '  journeys      40, of which 40 were open in the period',
      '  ended since   40: 25 won, 15 lost',
      '  base rate     38% of 40 (24–53%) were lost',
      '  limits        learned anew 3 times, each time from what had ended by then',
    ]);
  });

  it('says once of what was learned once', () => {
    expect(tableOf({ ...aReport(), limitsLearned: 1 }, about)).toContain('  limits        learned anew once, from what had ended by then');
  });

  it('has a line for each rule that said something, no figure without its n, and names the silent ones', () => {
    expect(rows('stalled')[0]?.split(/ {2,}/).slice(1)).toEqual(['stalled', '20', '2.0', '20', '20', '15', '38% of 40', '0']);
    expect(rows('stalled')[1]?.split(/ {2,}/).slice(1)).toEqual([
      'stalled',
      '75% of 20 (53–89%)',
      '100% of 15 (80–100%)',
      '2.0 (1.5–2.7)',
      '50 d of 15',
    ]);
    expect(rows('close-date')).toEqual([]);
    expect(lines).toContain('  Nothing from close-date.');
  });

  it('sets other numbers beside the rule’s own', () => {
    const from = lines.indexOf('With another number');
    const numbers = lines.slice(from + 2, from + 7).map((line) => line.replace('stalled', '').trim().split(/ {2,}/).slice(0, 4));
    expect(numbers).toEqual([
      ['8bd', '40', '4.0', '38% of 40'],
      ['11bd', '27', '2.7', '56% of 27'],
      ['15bd now', '20', '2.0', '75% of 20'],
      ['23bd', '14', '1.4', '71% of 14'],
      ['30bd', '10', '1.0', '70% of 10'],
    ]);
  });

  it('says what is missing because it was erased, and nothing where nothing was', () => {
    const told = tableOf(aReport({ erased: { account: 0, deal: 2, person: 1 } }), about);
    expect(told).toContain('  erased        2 deals, 1 person: missing from all of this, as if they had never been there');
    expect(lines.join('\n')).not.toContain('erased');
  });

  it('says too few where there are', () => {
    expect(tableOf(aReport({ deals: 4 }), about).join('\n')).toMatch(/stalled +too few \(4\) +too few \(3\) +too few \(3\) +too few \(3\)/);
  });

  it('fits a terminal of a hundred columns, however large the numbers and long the names', () => {
    const wide = tableOf(aReport({ deals: 60_000, channel: `#${'channel'.repeat(11)}` }), { ...about, map: 'a/long/path/'.repeat(12) });
    for (const line of wide) expect(line.length, line).toBeLessThanOrEqual(100);
    expect(wide.join('\n')).toMatch(/stalled +75% of 60,000 \(75–75%\) +100% of 45,000 \(100–100%\) +2\.0 \(2\.0–2\.0\) +\d\d d of 45,000/);
  });
});
