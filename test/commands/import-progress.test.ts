import { expect, it } from 'vitest';
import { createProgress } from '../../src/commands/import/import-progress.ts';

/** What is printed where there is no terminal, ten seconds after it began. */
function linesOf(rows: number, total: number | null): string[] {
  let now = 0;
  const lines: string[] = [];
  const progress = createProgress({ terminal: null, clock: { now: () => now }, print: (line) => lines.push(line) });
  progress.show({ rows: 0, total, waitingUntil: null });
  now = 10_000;
  progress.show({ rows, total, waitingUntil: null });
  return lines;
}

it.each<[number, number | null, string]>([
  [1, null, '1 row · 0 rows/s'],
  [1, 1, '1 of 1 row · 0 rows/s · 0 s left'],
  [10, 2_000, '10 of 2,000 rows · 1 row/s · 33 min 10 s left'],
  [12_345, null, '12,345 rows · 1,235 rows/s'],
])('counts %s of %s rows in words', (rows, total, line) => {
  expect(linesOf(rows, total)).toEqual([line]);
});

it('says why it waits, and until when, as soon as it does', () => {
  const lines: string[] = [];
  const progress = createProgress({ terminal: null, clock: { now: () => 0 }, print: (line) => lines.push(line) });
  const until = new Date(2026, 5, 1, 12, 30).getTime();
  progress.show({ rows: 3, total: 9, waitingUntil: until, why: 'HubSpot is unwell (502)' });
  expect(lines).toEqual(['3 of 9 rows · HubSpot is unwell (502); it is asked again at 12:30:00']);
});
