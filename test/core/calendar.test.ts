import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/core/calendar.ts';
import { parseDuration } from '../../src/core/duration.ts';
import { hourMs } from '../../src/core/time.ts';
import { atIn, calendarOf } from './calendar-examples.ts';

const at = atIn('Europe/Berlin');
const berlin = calendarOf({ holidays: { '2026-04-03': 'Good Friday', '2026-04-06': 'Easter Monday' } });
const add = (start: string, duration: string, calendar = berlin) => calendar.add(at(start), parseDuration(duration));

describe('working days', () => {
  it('ends at the same time of day', () => {
    expect(add('2026-03-02T10:00', '1bd')).toBe(at('2026-03-03T10:00'));
    expect(add('2026-03-02T10:00', '5bd')).toBe(at('2026-03-09T10:00'));
  });

  it('counts a start outside opening hours from the next opening', () => {
    expect(add('2026-03-06T18:00', '1bd')).toBe(at('2026-03-10T09:00'));
    expect(add('2026-03-07T12:00', '1bd')).toBe(at('2026-03-10T09:00'));
    expect(add('2026-03-02T03:00', '1bd')).toBe(at('2026-03-03T09:00'));
  });

  it('passes over weekends and holidays', () => {
    expect(add('2026-04-02T10:00', '1bd')).toBe(at('2026-04-07T10:00'));
    expect(berlin.workingDaysBetween(at('2026-04-02T10:00'), at('2026-04-07T10:00'))).toBe(1);
    expect(berlin.workingDaysBetween(at('2026-04-02T10:00'), at('2026-04-07T09:59'))).toBe(0);
  });

  it('keeps the time of day over both changes of the clocks', () => {
    expect(add('2026-03-27T10:00', '1bd')).toBe(at('2026-03-30T10:00'));
    expect(add('2026-03-27T10:00', '1bd') - at('2026-03-27T10:00')).toBe(71 * hourMs);
    expect(add('2026-10-23T10:00', '1bd') - at('2026-10-23T10:00')).toBe(73 * hourMs);
  });
});

describe('working hours', () => {
  it('go on at the next opening', () => {
    expect(add('2026-03-06T16:00', '4bh')).toBe(at('2026-03-09T11:00'));
  });

  it('end at closing time, not at the next opening', () => {
    expect(add('2026-03-02T10:00', '8bh')).toBe(at('2026-03-02T18:00'));
  });

  it('count nothing outside opening hours', () => {
    expect(berlin.workingMsBetween(at('2026-03-06T17:00'), at('2026-03-09T10:00'))).toBe(2 * hourMs);
    expect(berlin.workingMsBetween(at('2026-03-07T00:00'), at('2026-03-08T23:00'))).toBe(0);
    expect(berlin.workingMsBetween(at('2026-03-09T10:00'), at('2026-03-06T17:00'))).toBe(0);
  });
});

describe('hours that span a change of the clocks', () => {
  const aroundTheClock = calendarOf({ workdays: ['sat', 'sun', 'mon'], hours: { open: '00:00', close: '24:00' } });

  it('are an hour shorter in spring and an hour longer in autumn', () => {
    expect(aroundTheClock.workingMsBetween(at('2026-03-29T00:00'), at('2026-03-30T00:00'))).toBe(23 * hourMs);
    expect(aroundTheClock.workingMsBetween(at('2026-10-25T00:00'), at('2026-10-26T00:00'))).toBe(25 * hourMs);
  });

  it('put a time that does not exist at the moment of the change', () => {
    expect(add('2026-03-28T02:30', '1bd', aroundTheClock)).toBe(at('2026-03-29T03:00'));
    expect(add('2026-03-28T03:30', '1bd', aroundTheClock)).toBe(at('2026-03-29T03:30'));
  });

  it('take the first of two equal times, and never go back for the second', () => {
    const first = Date.UTC(2026, 9, 25, 0, 30);
    expect(add('2026-10-24T02:30', '1bd', aroundTheClock)).toBe(first);
    expect(aroundTheClock.add(first, parseDuration('1bd'))).toBe(at('2026-10-26T02:30'));
    expect(aroundTheClock.add(first + hourMs, parseDuration('1bd'))).toBe(at('2026-10-26T03:00'));
  });

  it('leave out a day whose hours fall into the hour that is skipped', () => {
    const nights = calendarOf({ workdays: ['sun'], hours: { open: '02:00', close: '03:00' } });
    expect(nights.add(at('2026-03-22T02:30'), parseDuration('1bd'))).toBe(at('2026-04-05T02:30'));
  });
});

describe('days', () => {
  it('begin where the zone says, also where midnight does not exist', () => {
    const saoPaulo = calendarOf({ timezone: 'America/Sao_Paulo' });
    const begins = saoPaulo.startOfDay('2018-11-04');
    expect(begins).toBe(Date.UTC(2018, 10, 4, 3));
    expect(saoPaulo.dayOf(begins)).toBe('2018-11-04');
    expect(saoPaulo.dayOf(begins - 1)).toBe('2018-11-03');
    expect(saoPaulo.endOfDay('2018-11-04') - begins).toBe(23 * hourMs);
  });

  it('know the day that Apia never had', () => {
    const apia = calendarOf({ timezone: 'Pacific/Apia' });
    expect(apia.endOfDay('2011-12-30') - apia.startOfDay('2011-12-30')).toBe(0);
    expect(apia.workingDaysBetween(apia.startOfDay('2011-12-29'), apia.startOfDay('2012-01-03'))).toBe(1);
    expect(apia.add(apia.startOfDay('2011-12-29'), parseDuration('1bd'))).toBe(atIn('Pacific/Apia')('2012-01-02T09:00'));
  });

  it('are worked on, or not, and say why', () => {
    expect(berlin.isWorkingDay('2026-04-02')).toBe(true);
    expect(berlin.isWorkingDay('2026-04-03')).toBe(false);
    expect(berlin.isWorkingDay('2026-04-04')).toBe(false);
    expect(berlin.holiday('2026-04-03')).toBe('Good Friday');
    expect(berlin.holiday('2026-04-04')).toBeNull();
  });

  it('are open from opening to closing time', () => {
    expect(berlin.isOpen(at('2026-03-02T09:00'))).toBe(true);
    expect(berlin.isOpen(at('2026-03-02T18:00'))).toBe(false);
    expect(berlin.nextOpening(at('2026-03-02T18:00'))).toBe(at('2026-03-03T09:00'));
    expect(berlin.nextOpening(at('2026-03-02T12:00'))).toBe(at('2026-03-02T12:00'));
  });
});

describe('a calendar', () => {
  it('counts plain durations as elapsed time', () => {
    expect(add('2026-03-28T12:00', '1d') - at('2026-03-28T12:00')).toBe(24 * hourMs);
    expect(add('2026-03-28T12:00', '90m') - at('2026-03-28T12:00')).toBe(1.5 * hourMs);
    expect(add('2026-03-28T12:00', '2s') - at('2026-03-28T12:00')).toBe(2000);
  });

  it('refuses an unknown zone and a holiday that is no day', () => {
    expect(() => calendarOf({ timezone: 'Mars/Olympus' })).toThrow(RangeError);
    expect(() => calendarOf({ holidays: { '2026-02-30': 'Nothing' } })).toThrow(RangeError);
  });

  it('answers beyond its horizon without an end to wait for', () => {
    const far = Date.UTC(2150, 0, 1);
    expect(berlin.nextOpening(far)).toBe(far);
    expect(berlin.isOpen(far)).toBe(false);
    expect(berlin.add(far, parseDuration('3bd'))).toBe(far);
    expect(berlin.add(at('2026-03-02T10:00'), parseDuration('99999bd'))).toBeGreaterThanOrEqual(Date.UTC(2100, 0, 1));
    expect(berlin.workingMsBetween(far, far + hourMs)).toBe(0);
  });

  it('without holidays or a single open day never opens', () => {
    const closed = createCalendar({ timezone: 'UTC', workdays: [], hours: { open: '09:00', close: '18:00' }, holidays: new Map() });
    expect(closed.isOpen(at('2026-03-02T10:00'))).toBe(false);
    expect(closed.add(at('2026-03-02T10:00'), parseDuration('1bh'))).toBeGreaterThanOrEqual(Date.UTC(2100, 0, 1));
  });
});
