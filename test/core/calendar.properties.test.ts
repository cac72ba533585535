import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Calendar, weekdays } from '../../src/core/calendar.ts';
import { dayMs, hourMs } from '../../src/core/time.ts';
import { calendarOf } from './calendar-examples.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Pacific/Apia', 'UTC'];
const hours = [
  { open: '09:00', close: '18:00' },
  { open: '00:00', close: '24:00' },
  { open: '01:30', close: '05:00' },
  { open: '02:15', close: '02:45' },
];

// A calendar is compiled once per example and reused: making one costs more than asking it.
const calendars = zones.flatMap((timezone) =>
  hours.flatMap((open) => [
    calendarOf({ timezone, hours: open }),
    calendarOf({ timezone, hours: open, workdays: [...weekdays], holidays: { '2018-11-04': 'A', '2026-03-29': 'B', '2026-10-26': 'C' } }),
  ]),
);
const aCalendar = fc.constantFrom(...calendars);
// Where hours begin or end within the hour that comes twice, the wall alone cannot say which of the two is meant.
const aDaytimeCalendar = fc.constantFrom(...calendars.filter((calendar) => ['00:00', '09:00'].includes(calendar.hours.open)));
const from = Date.UTC(2008, 0, 1);
const anInstant = fc.oneof(
  fc.integer({ min: from, max: Date.UTC(2037, 0, 1) }),
  // Around the hours in which clocks change, where mistakes live.
  fc
    .tuple(
      fc.constantFrom(
        Date.UTC(2026, 2, 29, 1),
        Date.UTC(2026, 9, 25, 1),
        Date.UTC(2018, 10, 4, 3),
        Date.UTC(2011, 11, 30, 10),
        Date.UTC(2026, 3, 4, 15),
      ),
      fc.integer({ min: -2 * dayMs, max: 2 * dayMs }),
    )
    .map(([change, distance]) => change + distance),
);
const aCount = fc.nat({ max: 60 });
const runs = { numRuns: 300 };

describe('for every calendar', () => {
  it('lets as many hours pass as were added', () => {
    fc.assert(
      fc.property(aCalendar, anInstant, aCount, (calendar, start, amount) => {
        expect(calendar.workingMsBetween(start, calendar.add(start, { amount, unit: 'bh' }))).toBe(amount * hourMs);
      }),
      runs,
    );
  });

  it('lets as many days pass as were added', () => {
    fc.assert(
      fc.property(aCalendar, anInstant, aCount, (calendar, start, amount) => {
        expect(calendar.workingDaysBetween(start, calendar.add(start, { amount, unit: 'bd' }))).toBe(amount);
      }),
      runs,
    );
  });

  it('never has the later start end earlier, nor the longer duration', () => {
    fc.assert(
      fc.property(aCalendar, anInstant, fc.nat({ max: 3 * dayMs }), aCount, fc.constantFrom('bd', 'bh'), (calendar, start, later, amount, unit) => {
        const end = calendar.add(start, { amount, unit });
        expect(calendar.add(start + later, { amount, unit })).toBeGreaterThanOrEqual(end);
        expect(calendar.add(start, { amount: amount + 1, unit })).toBeGreaterThan(end);
      }),
      runs,
    );
  });

  it('ends within working time', () => {
    fc.assert(
      fc.property(aCalendar, anInstant, aCount, fc.constantFrom('bd', 'bh'), (calendar, start, amount, unit) => {
        const end = calendar.add(start, { amount, unit });
        // Hours may end at closing time, which is the end of working time and no longer open.
        expect(calendar.isOpen(end) || calendar.isOpen(end - 1)).toBe(true);
      }),
      runs,
    );
  });

  it('sums what lies between', () => {
    fc.assert(
      fc.property(aCalendar, fc.tuple(anInstant, anInstant, anInstant), (calendar, instants) => {
        const [a, b, c] = instants.toSorted((left, right) => left - right) as [number, number, number];
        expect(calendar.workingMsBetween(a, b) + calendar.workingMsBetween(b, c)).toBe(calendar.workingMsBetween(a, c));
      }),
      runs,
    );
  });

  it('adds in two steps as in one', () => {
    fc.assert(
      fc.property(aCalendar, anInstant, aCount, aCount, (calendar, start, first, second) => {
        const inTwo = calendar.add(calendar.add(start, { amount: first, unit: 'bh' }), { amount: second, unit: 'bh' });
        const inOne = calendar.add(start, { amount: first + second, unit: 'bh' });
        // Zero hours after closing time is the next opening.
        expect(calendar.nextOpening(inTwo)).toBe(calendar.nextOpening(inOne));
      }),
      runs,
    );
  });

  it('opens next where it is open, and not before', () => {
    fc.assert(
      fc.property(aCalendar, anInstant, (calendar, start) => {
        const opening = calendar.nextOpening(start);
        expect(opening).toBeGreaterThanOrEqual(start);
        expect(calendar.isOpen(opening)).toBe(true);
        expect(calendar.workingMsBetween(start, opening)).toBe(0);
      }),
      runs,
    );
  });

  it('knows the days as Temporal does', () => {
    fc.assert(
      fc.property(aCalendar, anInstant, (calendar, instant) => {
        const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(calendar.timezone);
        const day = local.toPlainDate().toString();
        expect(calendar.dayOf(instant)).toBe(day);
        expect(calendar.startOfDay(day)).toBe(local.startOfDay().epochMilliseconds);
      }),
      runs,
    );
  });

  it('works as long as the clocks on the wall say', () => {
    fc.assert(
      fc.property(aDaytimeCalendar, anInstant, fc.nat({ max: 6 * dayMs }), (calendar, start, length) => {
        expect(calendar.workingMsBetween(start, start + length)).toBe(workedByTheMinute(calendar, start, start + length));
      }),
      { numRuns: 60 },
    );
  });
});

/** Another way to the same answer: asks Temporal for the wall-clock time of every quarter of an hour, and of the rest. */
function workedByTheMinute(calendar: Calendar, start: number, end: number): number {
  const quarter = hourMs / 4;
  let worked = 0;
  for (let at = start; at < end; ) {
    // No zone here changes, opens or closes but at a whole quarter of an hour.
    const next = Math.min(end, Math.floor(at / quarter) * quarter + quarter);
    const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(calendar.timezone);
    const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
    if (calendar.isWorkingDay(local.toPlainDate().toString()) && time >= calendar.hours.open && time < calendar.hours.close) worked += next - at;
    at = next;
  }
  return worked;
}
