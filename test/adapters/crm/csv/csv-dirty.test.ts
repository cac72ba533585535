import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CsvMappingInput } from '../../../../src/adapters/crm/csv/csv-mapping.ts';
import { historyOf, now, ofType, pagesOf, type Told, told, toldOf } from './told.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csv-dirty-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function read(text: string | Buffer, mapping: CsvMappingInput = {}): Promise<Told> {
  files += 1;
  const file = join(folder, `${files}.csv`);
  await writeFile(file, text);
  await utimes(file, now / 1000, now / 1000);
  return toldOf(historyOf(file, mapping));
}

const names = (file: Told): (string | null | undefined)[] => [...new Set(ofType(file, 'deal.upserted').map(({ deal }) => deal.name))];
const header = 'Deal name,Stage,Amount,Close date\n';

describe('a dirty file', () => {
  it('loses no row silently: every row is read, or reported with its line, column and reason', async () => {
    const file = await told('dirty.csv');
    expect(names(file)).toEqual(['Acme rollout', 'Beta "the big one"', 'Gamma', 'Zeta in two lines', 'Eta', 'Total Energies']);
    expect(file.refused).toEqual([
      { where: 'line 6', why: 'has neither an id nor a name' },
      { where: 'line 7, column "Close date"', why: '"31.13.2026" is no date (day first); the row was read without it' },
      { where: 'line 7, column "Amount"', why: '"a lot" is no number; the row was read without it' },
      { where: 'line 9', why: 'the header again: left out' },
      { where: 'line 10', why: 'a quotation mark is opened and not closed' },
      { where: 'line 11', why: 'has 8 fields, the header has 7: a text with the delimiter in it needs quotation marks' },
      { where: 'line 15, column "Last modified"', why: '"02/09/2027" lies in the future; the row was read without it' },
      { where: 'line 16', why: 'a line of totals: left out' },
    ]);
  });

  it('finds the header behind a title', async () => {
    const [, , form] = await historyOf(join(import.meta.dirname, '../../../fixtures/csv/dirty.csv')).probe();
    expect(form?.detail).toBe('comma, 7 columns, named in line 3');
  });

  it('counts lines as an editor does, whatever ends them and whatever is quoted', async () => {
    const file = await read('Deal name,Stage\r\n"two\r\nlines",Offer\r\n\r\n,Offer\nLast,Offer\n,x');
    expect(file.refused.map(({ where }) => where)).toEqual(['line 5', 'line 7']);
    expect(names(file)).toEqual(['two lines', 'Last']);
  });

  it('gives up one line for each quotation mark that is not closed, and reads on', async () => {
    const file = await read(`${header}"A,Offer,1,\nB,Offer,2,\n"C,Offer,3,\nD,Offer,4,\n`);
    expect(names(file)).toEqual(['B', 'D']);
    expect(file.refused.map(({ where }) => where)).toEqual(['line 2', 'line 4']);
  });

  it('takes a file apart no further when nearly every line has such a mark', async () => {
    await expect(read(header + '"x,Offer,1,\n'.repeat(1_100))).rejects.toThrow('more than 1000 quotation marks');
  });

  it('reads a cell of a megabyte as one row, and goes on in the right line', async () => {
    const long = 'x'.repeat(1_200_000);
    const file = await read(`${header}A,Offer,1,"${long}"\nB,Offer,2,\n,Offer,3,\n`);
    expect(names(file)).toEqual(['A', 'B']);
    expect(file.refused.map(({ where }) => where)).toEqual(['line 2, column "Close date"', 'line 4']);
  });

  it('reads no text that is longer than any name is, and says so', async () => {
    const long = 'x'.repeat(501);
    const file = await read(`${header}A,${long},1,\n${long},Offer,2,\nC,Offer,3,\n`);
    expect(names(file)).toEqual(['A', 'C']);
    expect(file.refused).toEqual([
      { where: 'line 2, column "Stage"', why: 'is longer than 500 characters; the row was read without it' },
      { where: 'line 3', why: 'has neither an id nor a name; column "Deal name": is longer than 500 characters' },
    ]);
  });

  it.each(['utf8', 'utf16le'] as const)('gives up a line that no export has, whole, and reads on: %s', async (encoding) => {
    for (const end of ['\n', '\r\n']) {
      const text = `${header}A,Offer,1,${'x'.repeat(2_100_000)}${end}B,Offer,2,${end},Offer,3,${end}`.replace('\n', end);
      const file = await read(Buffer.concat([Buffer.from(encoding === 'utf8' ? [] : [0xff, 0xfe]), Buffer.from(text, encoding)]));
      expect(names(file)).toEqual(['B']);
      expect(file.refused).toEqual([
        { where: 'line 2', why: 'is longer than 2000000 bytes' },
        { where: 'line 4', why: 'has neither an id nor a name' },
      ]);
    }
  });

  it('tells a total from a deal of that name', async () => {
    const file = await read(`${header}Total,Offer,5,\nTotal,,5,\n"Total (2)",,5,\n`);
    expect(names(file)).toEqual(['Total']);
    expect(file.refused.map(({ why }) => why)).toEqual(['a line of totals: left out', 'a line of totals: left out']);
  });

  it('says nothing of an account where the cell is blank, and empties what is blank of the deal itself', async () => {
    const file = await read('Deal name,Account,Stage,Amount,Owner\nA,,Offer,n/a,-\n');
    expect(ofType(file, 'deal.upserted')[0]?.deal).toEqual({ id: expect.any(String), name: 'A', stage: 'Offer', amount: null, ownerEmail: null });
  });

  it('reads a row without a stage, and says that it has none', async () => {
    const file = await read(`${header}A,,5,\n`);
    expect(file.refused).toEqual([{ where: 'line 2, column "Stage"', why: 'is empty; the row was read without it' }]);
  });

  it('refuses an id that a spreadsheet has rounded, instead of making it another deal', async () => {
    const file = await read('Record ID,Deal Name,Deal Stage\n1.23457E+11,A,Offer\n123.0,B,Offer\n');
    expect(file.refused).toEqual([{ where: 'line 2', why: '"1.23457E+11" is no id of a deal (a spreadsheet has rounded it)' }]);
    expect(ofType(file, 'deal.upserted')[0]?.deal.id).toBe('hubspot:123');
  });

  it('takes a deal that its CRM calls deleted as deleted, as of its last change', async () => {
    const file = await read('Deal - ID,Deal - Title,Deal - Stage,Deal - Status,Deal - Update time\n7,A,Offer,Deleted,2026-09-10 10:00:00\n');
    expect(file.signals).toMatchObject([
      { type: 'record.deleted', occurredAt: Date.UTC(2026, 8, 10, 8), record: { kind: 'deal', id: 'pipedrive:7' } },
    ]);
    expect(file.refused).toEqual([]);
  });

  it.each([
    ['Gagné', 'won'],
    ['Perdido', 'lost'],
    ['Offen', 'open'],
  ])('knows the states of a deal in the languages of the CRMs: %s', async (text, status) => {
    expect(ofType(await read(`Deal name,Stage,Deal status\nA,Offer,${text}\n`), 'deal.upserted')[0]?.deal.status).toBe(status);
  });

  it('keeps texts that mean something elsewhere as they are', async () => {
    const file = await read('Deal name,Stage\n=HYPERLINK("x"),<!channel>\n__proto__,constructor\n');
    expect(ofType(file, 'deal.upserted').map(({ deal }) => [deal.name, deal.stage])).toEqual([
      ['=HYPERLINK("x")', '<!channel>'],
      ['__proto__', 'constructor'],
    ]);
  });
});

describe('what is no CSV', () => {
  it('is refused as what it is, and nothing of it is shown', async () => {
    const picture = Buffer.from([0x89, ...Buffer.from('PNG\r\n'), ...Array.from({ length: 3_000 }, (_, index) => (index * 7919) % 256)]);
    await expect(read(picture)).rejects.toThrow(/\.csv is no text, so it cannot be CSV$/);
  });

  it('is not refused for a stray control character', async () => {
    expect(names(await read(`${header}A\u0000B,Offer,1,\n`))).toHaveLength(1);
  });
});

describe('what cannot be decided', () => {
  it('is refused with what to write: day and month', async () => {
    await expect(told('ambiguous-dates.csv')).rejects.toThrow('column "Close date": does "03/04/2026" begin with the day or with the month?');
  });

  it('is settled by the mapping, for the file or for one column', async () => {
    const dates = async (mapping: CsvMappingInput): Promise<unknown> =>
      ofType(await told('ambiguous-dates.csv', mapping), 'deal.upserted')[0]?.deal.closeDate;
    expect(await dates({ dates: 'dmy' })).toBe('2026-04-03');
    expect(await dates({ columns: { 'Close date': { dates: 'mdy' } } })).toBe('2026-03-04');
  });

  it('is refused where a column contradicts itself; with the mapping, the other rows are reported', async () => {
    const text = `${header}A,Offer,1,13/02/2026\nB,Offer,1,02/13/2026\n`;
    await expect(read(text)).rejects.toThrow('holds both day-month ("13/02/2026") and month-day ("02/13/2026")');
    expect((await read(text, { dates: 'dmy' })).refused).toEqual([
      { where: 'line 3, column "Close date"', why: '"02/13/2026" is no date (day first); the row was read without it' },
    ]);
  });

  it('is found out far behind in the file, too', async () => {
    const notes = 'x'.repeat(400);
    const rows = Array.from({ length: 8_000 }, (_, index) => `Deal ${index},Offer,${index === 4_211 ? '04/25/2026' : '04/05/2026'},${notes}\n`);
    const file = await read(`Deal name,Stage,Close date,Notes\n${rows.join('')}`);
    expect(ofType(file, 'deal.upserted')[0]?.deal.closeDate).toBe('2026-04-05');
    expect(file.total).toBe(8_000);
  });
});

describe('what is no CSV', () => {
  it.each([
    ['an Excel workbook', Buffer.from('PK\u0003\u0004 etc'), 'is an Excel workbook'],
    ['a web page', Buffer.from('<!DOCTYPE html><table>'), 'is a web page'],
    ['nothing', Buffer.from(''), 'is empty'],
  ])('is refused in words: %s', async (_, bytes, why) => {
    await expect(read(bytes)).rejects.toThrow(why);
  });

  it('is refused when it is not there, and the probe does not throw', async () => {
    const history = historyOf(join(folder, 'nowhere.csv'));
    await expect(toldOf(history)).rejects.toThrow('there is no such file');
    expect(await history.probe()).toEqual([expect.objectContaining({ ok: false })]);
  });
});

describe('rows with one id', () => {
  const columns = 'Record ID,Deal name,Stage,Amount,Person - Name\n';

  it('are read as one record, and reported where they say different things', async () => {
    const file = await read(`${columns}9,Acme,Offer,1,\n8,Beta,Offer,1,\n9,Acme,Offer,2,\n9,Acme two,Won,1,\n`);
    const why = 'has the same id or name as line 2, and says something else: both were read as one record, and the newer one counts';
    expect(file.refused).toEqual([
      { where: 'line 4', why },
      { where: 'line 5', why },
    ]);
    expect(new Set(ofType(file, 'deal.upserted').map(({ deal }) => deal.id)).size).toBe(2);
  });

  it('are how several people of a deal are exported, and no mistake', async () => {
    expect((await read(`${columns}9,Acme,Offer,1,Ann\n9,Acme,Offer,1,Ben\n`)).refused).toEqual([]);
  });

  it('by name alone are reported as well', async () => {
    const file = await read('Deal name,Account name,Stage\nRenewal,Acme,Offer\nRenewal,Beta,Offer\nRenewal,Acme,Won\n');
    expect(file.refused.map(({ where }) => where)).toEqual(['line 4']);
  });

  it('are known also to whoever goes on in the middle', async () => {
    const path = join(folder, 'repeated.csv');
    await writeFile(path, `${columns}${['9,Acme,Offer,1,', '8,Beta,Offer,1,', '9,Acme,Won,1,'].join('\n')}\n`);
    await utimes(path, now / 1000, now / 1000);
    const whole = await pagesOf(historyOf(path, {}, 1));
    const rest = await pagesOf(historyOf(path, {}, 1), whole[0]?.cursor ?? null);
    expect(rest.flatMap(({ refused }) => refused)).toMatchObject([{ where: 'line 4' }]);
    expect(rest).toEqual(whole.slice(1));
  });
});
