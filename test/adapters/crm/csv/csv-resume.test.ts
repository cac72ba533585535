import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { historyOf, pagesOf, toldOf } from './told.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csv-resume-'));
});
afterAll(() => rm(folder, { recursive: true }));

const mapping = { as_of: '2026-09-25' };
const name = fc.string({ unit: fc.constantFrom(...'aäßé€, "\n;xyz'), minLength: 0, maxLength: 10 });
const row = fc.record({
  name,
  amount: fc.integer({ min: -5, max: 90_000 }),
  broken: fc.constantFrom('no', 'no', 'no', 'no', 'ragged', 'unclosed', 'empty'),
});

function lineOf({ name, amount, broken }: { name: string; amount: number; broken: string }): string {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  if (broken === 'empty') return '';
  if (broken === 'ragged') return `${quoted},Offer,${amount},1,2,3`;
  if (broken === 'unclosed') return `"open ${amount},Offer,${amount}`;
  return `${quoted},Offer,${amount}`;
}

const written = (rows: Parameters<typeof lineOf>[0][], end: string): string => ['Deal name,Stage,Amount', ...rows.map(lineOf)].join(end) + end;

describe('an import of a file', () => {
  it('goes on from any cursor as if it had never stopped, whatever the encoding and however dirty the file', async () => {
    const file = join(folder, 'any.csv');
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 25 }),
        fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        async (rows, encoding, end, bom) => {
          await writeFile(file, iconv.encode(written(rows, end), encoding, { addBOM: bom && encoding !== 'windows-1252' }));
          const history = historyOf(file, { ...mapping, encoding }, 2);
          const pages = await pagesOf(history);
          for (const [index, { cursor }] of pages.entries()) {
            if (cursor === null) continue;
            expect(await pagesOf(historyOf(file, { ...mapping, encoding }, 2), cursor)).toEqual(pages.slice(index + 1));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says every row of a well-formed file once, and knows how many there are', async () => {
    const file = join(folder, 'count.csv');
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 25 }), fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'), async (names, encoding) => {
        const rows = names.map((name, index) => ({ name: `${index} ${name}`, amount: index, broken: 'no' }));
        await writeFile(file, iconv.encode(written(rows, '\n'), encoding, { addBOM: true }));
        const { rows: count, total, signals, refused } = await toldOf(historyOf(file, mapping, 3));
        expect({ count, total, refused }).toEqual({ count: names.length, total: names.length, refused: [] });
        expect(signals.flatMap((signal) => (signal.type === 'deal.upserted' ? [signal.deal.amount] : []))).toEqual(names.map((_, index) => index));
      }),
      { numRuns: 40 },
    );
  });

  it('goes on in the middle of a file that is larger than what is read at once', async () => {
    const file = join(folder, 'large.csv');
    const rows = Array.from({ length: 3_000 }, (_, index) => ({ name: `Größe ${index}, "so"\n`, amount: index, broken: 'no' }));
    for (const encoding of ['utf-8', 'utf-16le', 'windows-1252']) {
      await writeFile(file, iconv.encode(written(rows, '\r\n'), encoding));
      const history = historyOf(file, { ...mapping, encoding }, 300);
      const pages = await pagesOf(history);
      expect(pages.length).toBeGreaterThan(9);
      const cursor = pages[7]?.cursor ?? null;
      // As texts: comparing thousands of objects takes longer than reading them.
      expect(JSON.stringify(await pagesOf(history, cursor)) === JSON.stringify(pages.slice(8))).toBe(true);
      expect(JSON.parse(cursor ?? '').offset).toBeGreaterThan(64 * 1024);
    }
  });

  it('is refused when the file has changed since', async () => {
    const file = join(folder, 'changed.csv');
    await writeFile(
      file,
      written(
        [
          { name: 'a', amount: 1, broken: 'no' },
          { name: 'b', amount: 2, broken: 'no' },
        ],
        '\n',
      ),
    );
    const [page] = await pagesOf(historyOf(file, mapping, 1));
    await appendFile(file, 'c,Offer,3\n');
    await expect(pagesOf(historyOf(file, mapping, 1), page?.cursor)).rejects.toThrow('has changed since its import stopped at line 3');
  });

  it('is refused when it would be read otherwise, and when the cursor is none', async () => {
    const file = join(folder, 'otherwise.csv');
    await writeFile(
      file,
      written(
        [
          { name: 'a', amount: 1, broken: 'no' },
          { name: 'b', amount: 2, broken: 'no' },
        ],
        '\n',
      ),
    );
    const [page] = await pagesOf(historyOf(file, mapping, 1));
    await expect(pagesOf(historyOf(file, { ...mapping, timezone: 'Asia/Tokyo' }, 1), page?.cursor)).rejects.toThrow('mapping or time zone');
    await expect(pagesOf(historyOf(file, mapping, 1), '{}')).rejects.toThrow('begin it again');
  });

  it('ends after a page when it is told to stop', async () => {
    const file = join(folder, 'stopping.csv');
    await writeFile(
      file,
      written(
        Array.from({ length: 10 }, (_, amount) => ({ name: `${amount}`, amount, broken: 'no' })),
        '\n',
      ),
    );
    const stopping = new AbortController();
    const seen: number[] = [];
    for await (const page of historyOf(file, mapping, 2).pages({ since: null, cursor: null }, stopping.signal)) {
      seen.push(page.rows);
      stopping.abort();
    }
    expect(seen).toEqual([2]);
  });

  it('ends when the file is changed while it is read: its rows are elsewhere by now', async () => {
    const file = join(folder, 'changing.csv');
    const rows = Array.from({ length: 8 }, (_, index) => `Deal ${index},Offer,${index}`);
    await writeFile(file, ['Deal name,Stage,Amount', ...rows].join('\n'));
    const pages = historyOf(file, mapping, 2).pages({ since: null, cursor: null }, new AbortController().signal)[Symbol.asyncIterator]();
    expect((await pages.next()).done).toBe(false);
    await writeFile(file, ['Deal name,Stage,Amount', 'A deal more,Offer,9', ...rows].join('\n'));
    await expect(pages.next()).rejects.toThrow('changing.csv was changed while it was read; import it again');
  });
});
