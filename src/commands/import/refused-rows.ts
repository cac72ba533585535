import { type FileHandle, open } from 'node:fs/promises';
import { messageOf } from '../../app/errors.ts';
import { oneLine } from '../../config/propose/plain-text.ts';

type Row = { where: string; why: string };

/** Rows that say nothing that can be used: the first ones are kept for the end, all of them go into a file where one is named. */
export type RefusedRows = {
  add(rows: readonly Row[]): Promise<void>;
  /** Lines for the end. */
  told(total: number): string[];
  close(): Promise<void>;
};

/** Empties the file, so that what stands in it is of this import. Why it cannot be written; null: it can. */
export async function refusalToReport(file: string | null): Promise<string | null> {
  if (file === null) return null;
  try {
    await (await open(file, 'w')).close();
    return null;
  } catch (error) {
    return `--report ${file} cannot be written: ${messageOf(error)}`;
  }
}

const shown = 50;

/** The file is written anew: of an import that goes on, the rows of before come again. */
export function createRefusedRows(file: string | null): RefusedRows {
  const first: Row[] = [];
  let handle: FileHandle | null = null;
  return {
    async add(rows) {
      first.push(...rows.slice(0, shown - first.length));
      if (file === null) return;
      handle ??= await open(file, 'w');
      await handle.write(rows.map(({ where, why }) => `${oneLine(where, 200)}\t${oneLine(why, 1000)}\n`).join(''));
    },
    told(total) {
      const hidden = total - first.length;
      return [
        ...first.map(({ where, why }) => `  ${oneLine(where, 100)}: ${oneLine(why, 300)}`),
        ...(hidden > 0 ? [`  … and ${hidden.toLocaleString('en')} more${file === null ? '; --report FILE writes all of them' : ''}`] : []),
        ...(file === null || total === 0 ? [] : [`  All of them are in ${file}.`]),
      ];
    },
    async close() {
      await handle?.close();
    },
  };
}
