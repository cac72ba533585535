import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHolidaySource } from '../../src/config/holidays.ts';

const years = { from: 2026, to: 2026 };
const place = (country: string, state: string | null = null, region: string | null = null) => ({ country, state, region });

async function daysOf(...where: Parameters<typeof place>): Promise<string[]> {
  const answer = await createHolidaySource()(place(...where), years);
  return 'days' in answer ? answer.days.map(([day]) => day) : [];
}

describe('public holidays', () => {
  it('are those of a country, and of a state besides', async () => {
    const germany = ['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25', '2026-10-03', '2026-12-25', '2026-12-26'];
    const [country, state] = await Promise.all([daysOf('DE'), daysOf('DE', 'BY')]);
    expect(country).toEqual(germany);
    expect(state).toEqual(expect.arrayContaining([...germany, '2026-01-06', '2026-11-01']));
  });

  it('that begin at sunset are the day after, and half a day off is none', async () => {
    const [israel, china] = await Promise.all([daysOf('IL'), daysOf('CN')]);
    expect(israel).toContain('2026-09-21');
    expect(israel).not.toContain('2026-09-20');
    expect(china).toContain('2026-10-01');
    expect(china).not.toContain('2026-03-08');
  });

  it('of a place that is unknown name what is unknown', async () => {
    const holidaysOf = createHolidaySource();
    expect(await holidaysOf(place('XX'), years)).toMatchObject({ unknown: 'country', known: expect.arrayContaining(['DE', 'US']) });
    expect(await holidaysOf(place('DE', 'XX'), years)).toMatchObject({ unknown: 'state', known: expect.arrayContaining(['BY']) });
    expect(await holidaysOf(place('DE', 'BY', 'XX'), years)).toMatchObject({ unknown: 'region' });
  });

  it('are asked for once', async () => {
    const holidaysOf = createHolidaySource();
    const answer = holidaysOf(place('AT'), years);
    expect(holidaysOf(place('AT'), years)).toBe(answer);
    expect(await answer).toHaveProperty('days');
  });

  it('are kept for the next start; what cannot be read of them is asked for again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'journey-holidays-'));
    try {
      const first = await createHolidaySource({ folder })(place('AT'), years);
      const [name = '', ...others] = await readdir(folder);
      expect(others).toEqual([]);
      await writeFile(join(folder, name), JSON.stringify({ days: [['2026-02-02', 'Kept']] }));
      expect(await createHolidaySource({ folder })(place('AT'), years)).toEqual({ days: [['2026-02-02', 'Kept']] });
      await writeFile(join(folder, name), '{"days":[["2026-');
      expect(await createHolidaySource({ folder })(place('AT'), years)).toEqual(first);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
