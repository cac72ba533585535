import { describe, expect, it, onTestFinished } from 'vitest';
import { createDigestSchedule } from '../../src/adapters/cron.ts';
import type { DigestDefinition } from '../../src/core/journey/journey-map.ts';
import { dayMs, hourMs } from '../../src/core/time.ts';

const aDigest = (changes: Partial<DigestDefinition> = {}): DigestDefinition => ({
  id: '#revenue 0 9 * * *',
  channel: '#revenue',
  schedule: '0 9 * * *',
  timezone: 'Europe/Berlin',
  match: {},
  ...changes,
});
const at = (iso: string): number => Date.parse(iso);

function aSchedule() {
  const schedule = createDigestSchedule(
    () => undefined,
    async () => undefined,
  );
  onTestFinished(() => schedule.stop());
  return schedule;
}

describe('the newest instant of a digest’s schedule', () => {
  it('is found by the clocks of its zone, before and after they change', async () => {
    const schedule = aSchedule();
    expect(await schedule.lastBefore(aDigest(), at('2026-10-24T12:00:00Z'))).toBe(at('2026-10-24T07:00:00Z'));
    expect(await schedule.lastBefore(aDigest(), at('2026-10-25T12:00:00Z'))).toBe(at('2026-10-25T08:00:00Z'));
  });

  it('stays the one that was found until the next one comes', async () => {
    const schedule = aSchedule();
    const found = at('2026-10-05T07:00:00Z');
    for (const now of ['2026-10-05T07:00:30Z', '2026-10-05T07:01:00Z', '2026-10-06T06:59:00Z'])
      expect(await schedule.lastBefore(aDigest(), at(now))).toBe(found);
    expect(await schedule.lastBefore(aDigest(), at('2026-10-06T07:00:00Z'))).toBe(at('2026-10-06T07:00:00Z'));
  });

  it('is none where the schedule has not come due for days', async () => {
    expect(await aSchedule().lastBefore(aDigest({ schedule: '0 9 1 * *' }), at('2026-10-20T12:00:00Z'))).toBe(null);
  });

  it.each([0, 3, 200])('is followed by the next one, for a clock that is %i days ahead of the machine’s, too', (days) => {
    const now = Date.now() + days * dayMs;
    const next = aSchedule().next(aDigest(), now) ?? 0;
    expect(next).toBeGreaterThan(now);
    expect(next).toBeLessThanOrEqual(now + dayMs + hourMs);
    expect(new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' }).format(next)).toBe('09:00');
  });

  it('moves with the zone that journey.yml names', async () => {
    const schedule = aSchedule();
    const now = at('2026-10-05T14:00:00Z');
    schedule.follow([aDigest()]);
    expect(await schedule.lastBefore(aDigest(), now)).toBe(at('2026-10-05T07:00:00Z'));
    const moved = aDigest({ timezone: 'America/New_York' });
    schedule.follow([moved]);
    expect(await schedule.lastBefore(moved, now)).toBe(at('2026-10-05T13:00:00Z'));
  });
});

describe('where clocks change', () => {
  const sundays = aDigest({ schedule: '30 2 * * sun' });

  it('a time that is skipped comes right after, and not before', async () => {
    const schedule = aSchedule();
    expect(await schedule.lastBefore(sundays, at('2026-03-29T01:10:00Z'))).toBe(null);
    expect(await schedule.lastBefore(sundays, at('2026-03-29T01:30:00Z'))).toBe(at('2026-03-29T01:30:00Z'));
  });

  it('a time that is repeated comes the first time only', async () => {
    const schedule = aSchedule();
    for (const now of ['2026-10-25T00:30:00Z', '2026-10-25T01:31:00Z', '2026-10-25T12:00:00Z'])
      expect(await schedule.lastBefore(sundays, at(now))).toBe(at('2026-10-25T00:30:00Z'));
  });

  it('a clock that is set back sees nothing that is still to come', async () => {
    const schedule = aSchedule();
    expect(await schedule.lastBefore(aDigest(), at('2026-10-06T07:01:00Z'))).toBe(at('2026-10-06T07:00:00Z'));
    expect(await schedule.lastBefore(aDigest(), at('2026-10-06T06:59:00Z'))).toBe(at('2026-10-05T07:00:00Z'));
  });
});
