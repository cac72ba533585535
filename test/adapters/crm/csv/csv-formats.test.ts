import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { dayOf, instantOf, orderEvidence, readDate } from '../../../../src/adapters/crm/csv/dates.ts';
import { detectDelimiter } from '../../../../src/adapters/crm/csv/detect-delimiter.ts';
import { detectEncoding } from '../../../../src/adapters/crm/csv/encoding.ts';
import { currencyIn, readNumber } from '../../../../src/adapters/crm/csv/numbers.ts';
import { createRecordIds } from '../../../../src/adapters/crm/csv/record-ids.ts';
import { createLocalTime } from '../../../../src/core/calendar/local-time.ts';

const berlin = createLocalTime('Europe/Berlin');
const at = (text: string, order: 'dmy' | 'mdy' | null = null): string | null => {
  const date = readDate(text, order);
  return date === null || date === 'unsaid' ? date : new Date(instantOf(date, berlin)).toISOString();
};

describe('dates', () => {
  it.each([
    ['2026-09-01', '2026-08-31T22:00:00.000Z'],
    ['2026-09-01 14:05', '2026-09-01T12:05:00.000Z'],
    ['2026-09-01T14:05:09.123Z', '2026-09-01T14:05:09.000Z'],
    ['2026-09-01T14:05:00.000+0000', '2026-09-01T14:05:00.000Z'],
    ['2026-09-01T14:05:00+02:00', '2026-09-01T12:05:00.000Z'],
    ['2026/9/1', '2026-08-31T22:00:00.000Z'],
    ['20260901', '2026-08-31T22:00:00.000Z'],
    ['1.9.2026', '2026-08-31T22:00:00.000Z'],
    ['01.09.26, 14:05 Uhr', '2026-09-01T12:05:00.000Z'],
    ['9/20/2026, 3:55 PM', '2026-09-20T13:55:00.000Z'],
    ['20/9/2026 12:05 am', '2026-09-19T22:05:00.000Z'],
    ['20-Sep-2026', '2026-09-19T22:00:00.000Z'],
    ['1. März 2026', '2026-02-28T23:00:00.000Z'],
    ['Sep 20, 2026 3:55 PM', '2026-09-20T13:55:00.000Z'],
    ['Mon, 5 Oct 2026', '2026-10-04T22:00:00.000Z'],
    ['46266', '2026-08-31T22:00:00.000Z'],
    ['46266.5', '2026-09-01T10:00:00.000Z'],
    ['1788264300000', '2026-09-01T12:05:00.000Z'],
  ])('reads %s', (text, instant) => {
    expect(at(text)).toBe(instant);
  });

  it.each(['31.02.2026', '2026-13-01', 'soon', '12', '99999', '2026-09-01 25:00', '13/13/2026', '5. Foo 2026'])('takes %s for no date', (text) => {
    expect(at(text)).toBeNull();
  });

  it('takes a time that clocks skip as the moment of the change', () => {
    expect(at('2026-03-29 02:30')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('never guesses: what could be both is said only with an order, and then as that says', () => {
    const part = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(part, part, fc.integer({ min: 1971, max: 2099 }), fc.constantFrom('/', '-'), (a, b, year, separator) => {
        const text = `${a}${separator}${b}${separator}${year}`;
        const day = (order: 'dmy' | 'mdy' | null) => {
          const date = readDate(text, order);
          return date === null || date === 'unsaid' ? date : dayOf(date, berlin);
        };
        const iso = (month: number, dayOfMonth: number): string => `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
        expect(day('dmy')).toBe(iso(b, a));
        expect(day('mdy')).toBe(iso(a, b));
        expect(day(null)).toBe(a === b ? iso(a, b) : 'unsaid');
        expect(orderEvidence(text)).toBe(a === b ? 'none' : 'ambiguous');
      }),
    );
  });

  it('proves an order exactly where only one of the two is a day of the calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 2000, max: 2030 }), (day, month, year) => {
        fc.pre(day > 12);
        expect(orderEvidence(`${day}/${month}/${year}`)).toBe('dmy');
        expect(orderEvidence(`${month}/${day}/${year}`)).toBe('mdy');
      }),
    );
  });
});

describe('numbers', () => {
  it.each([
    ['1.234,56', null, 1234.56],
    ['1,234.56', null, 1234.56],
    ['€ 1.234,56', null, 1234.56],
    ["CHF 1'234.50", null, 1234.5],
    ['1 234,50 €', null, 1234.5],
    ['(1,234.00)', null, -1234],
    ['-5', null, -5],
    ['5-', null, -5],
    ['90%', null, 90],
    ['1,23,456.78', null, 123456.78],
    ['0,5', null, 0.5],
    ['.5', null, 0.5],
    ['12,000', null, 12000],
    ['12.000', null, 12000],
    ['12.000', '1,234.56', 12],
    ['12,000', '1.234,56', 12],
    ['12,000', 'mixed', 'unsaid'],
    ['1.2.3', null, null],
    ['a lot', null, null],
    ['12 monkeys', null, null],
    ['', null, null],
  ] as const)('reads %s (style %s) as %s', (text, style, value) => {
    expect(readNumber(text, style)).toBe(value);
  });

  it('reads back every amount, as both languages write it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
        const amount = cents / 100;
        const written = (locale: string): string => amount.toLocaleString(locale, { minimumFractionDigits: 2 });
        expect(readNumber(written('en-US'), '1,234.56')).toBeCloseTo(amount, 6);
        expect(readNumber(written('de-DE'), '1.234,56')).toBeCloseTo(amount, 6);
        expect(readNumber(`${written('de-DE')} €`, null)).toBeCloseTo(amount, 6);
      }),
      { numRuns: 60 },
    );
  });

  it('takes a currency from the amount, but never from a dollar sign alone', () => {
    expect([currencyIn('€ 5'), currencyIn('USD 5'), currencyIn('US$ 5'), currencyIn('$5'), currencyIn('5')]).toEqual([
      'EUR',
      'USD',
      'USD',
      null,
      null,
    ]);
  });
});

const cell = fc.string({ unit: fc.constantFrom(...'aÄöß é,;|\t"\n€x1'), maxLength: 8 });
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const table = fc
  .integer({ min: 2, max: 6 })
  .chain((width) =>
    fc.tuple(
      fc.array(fc.string({ unit: fc.constantFrom(...'abcde '), minLength: 1, maxLength: 6 }), { minLength: width, maxLength: width }),
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
    ),
  );

describe('amounts as people write them', () => {
  it.each([
    ['5.000,- €', 5000],
    ['€ 5.000,--', 5000],
    ['5000,–', 5000],
    ["CHF 5'000.–", 5000],
    ["Fr. 5'000.-", 5000],
    ['Fr. 1.50', 1.5],
    ['Rs. 5,000', 5000],
    ['kr. 5.000,-', 5000],
    ['-5.000,- €', -5000],
    ['USD .50', 0.5],
    ['5000-', -5000],
  ])('%s: a dash for the cents is no minus, the full stop of a word no decimal', (text, value) => {
    expect(readNumber(text, null)).toBe(value);
  });

  it('know by a dash for the cents which sign is the decimal one', () => {
    expect([readNumber('1.234,-', '1,234.56'), readNumber('1,234.-', '1.234,56')]).toEqual([1234, 1234]);
  });
});

describe('amounts in thousands or millions', () => {
  it.each(['50 T€', '50T€', '1.2M', '3 Mio.', '2 Mio €', '12k', '$12K', '50 TEUR', 'EUR 5 m', '1,5 Mrd. €', '€3bn'])('are no numbers: %s', (text) => {
    expect(readNumber(text, null)).toBeNull();
  });

  it.each([
    ['50 kr', 50],
    ['A$ 50', 50],
    ['50 Kč', 50],
    ['MXN 50', 50],
    ['50 %', 50],
  ])('are not mistaken for a currency: %s', (text, value) => {
    expect(readNumber(text, null)).toBe(value);
  });
});

describe('delimiters', () => {
  it('are found whatever stands in quoted texts', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n'), ([headers, rows], delimiter, end) => {
        const text = [headers.join(delimiter), ...rows.map((row) => row.map(quote).join(delimiter))].join(end);
        expect(detectDelimiter(text)).toBe(delimiter);
      }),
      { numRuns: 60 },
    );
  });

  it('are not decimal commas', () => {
    expect(detectDelimiter('Name;Betrag\nA;1,50\nB;2,50\nC;3,50\n')).toBe(';');
  });

  it("are what Excel's own line says", () => {
    expect(detectDelimiter('sep=|\na,b|c,d\n1,2|3,4\n')).toBe('|');
  });
});

describe('encodings', () => {
  const western = fc.string({ unit: fc.constantFrom(...'abcdefgh ijklmn;,\näöüßéèñçÄÖÜ'), minLength: 1, maxLength: 200 });
  const read = (bytes: Buffer): string => {
    const { name, bom } = detectEncoding(bytes);
    return iconv.decode(bytes.subarray(bom), name);
  };

  it('are told by their mark', () => {
    fc.assert(
      fc.property(western, fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'), (text, encoding) => {
        expect(read(iconv.encode(text, encoding, { addBOM: true }))).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('are told without a mark: UTF-8 and UTF-16 by what only they allow', () => {
    fc.assert(
      fc.property(western, fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'), (text, encoding) => {
        const line = `Deal name;Stage\n${text}\n`;
        expect(read(iconv.encode(line, encoding, { addBOM: false }))).toBe(line);
      }),
      { numRuns: 60 },
    );
  });

  it('are windows-1252 where they are one byte a letter and Western', () => {
    const line = 'Deal-Name;Deal-Phase;Betrag\nMüller & Söhne;Verhandlung;1.234,56 €\nGroßkunde Straße;Gewonnen;5 €\n';
    expect(read(iconv.encode(line, 'windows-1252'))).toBe(line);
  });

  it('do not cut a character at the end of the sample', () => {
    const bytes = Buffer.from('Straße €');
    for (let length = 1; length < bytes.length; length += 1) expect(detectEncoding(bytes.subarray(0, length)).name).toBe('utf-8');
  });
});

describe('ids', () => {
  it('of Salesforce of 15 characters become the 18 of its API', () => {
    const { ofId } = createRecordIds('salesforce');
    expect(ofId('0065g00000ABCde')).toBe('salesforce:0065g00000ABCdeAAH');
    expect(ofId('0065g00000ABCdeAAH')).toBe('salesforce:0065g00000ABCdeAAH');
    expect(ofId('00570000001ZwTi')).toBe('salesforce:00570000001ZwTiAAK');
    expect(ofId('not an id')).toBeNull();
  });

  it('made of names do not show them, and do not depend on case or spaces', () => {
    const { ofNames } = createRecordIds(null);
    expect(ofNames('person', ' Priya  NAIR ', 'Acme')).toBe(ofNames('person', 'priya nair', 'acme'));
    expect(ofNames('person', 'Priya Nair')).not.toMatch(/priya|nair/i);
    expect(ofNames('deal', 'a', 'b')).not.toBe(ofNames('account', 'a', 'b'));
  });
});
