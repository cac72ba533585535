import { describe, expect, it } from 'vitest';
import { createCompany } from '../../../src/sandbox/company/create-company.ts';

const at = (text: string): number => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;
const company = createCompany({ seed: 2026, now: at('2026-11-20T14:00') });

describe('ordinary days', () => {
  it('are told of once, however the time is cut', () => {
    const whole = company.ordinaryDays(at('2026-11-20T14:00'), at('2026-11-25T18:00'));
    const pieces = [
      ...company.ordinaryDays(at('2026-11-20T14:00'), at('2026-11-23T10:00')),
      ...company.ordinaryDays(at('2026-11-23T10:00'), at('2026-11-25T18:00')),
    ];
    expect(new Set(pieces.map(({ id }) => id)).size).toBe(pieces.length);
    expect(pieces.map(({ id }) => id).toSorted()).toEqual(whole.map(({ id }) => id).toSorted());
  });

  it('are working days: nobody writes at a weekend', () => {
    expect(company.ordinaryDays(at('2026-11-20T18:00'), at('2026-11-23T08:59'))).toEqual([]);
    expect(company.ordinaryDays(at('2026-11-23T08:59'), at('2026-11-23T18:00')).length).toBeGreaterThan(20);
  });

  it('leave out whom the story is about', () => {
    const touched = new Set(company.ordinaryDays(at('2026-11-23T08:00'), at('2026-12-04T18:00')).map((signal) => JSON.stringify(signal)));
    for (const name of ['a-acme"', 'mirage-media', 'imaginary-insurance']) expect([...touched].filter((text) => text.includes(name))).toEqual([]);
  });
});
