import { createCsvHistory } from '../../adapters/crm/csv/csv-history.ts';
import { type CsvMapping, emptyMapping } from '../../adapters/crm/csv/csv-mapping.ts';
import { inspectCsv, obstaclesTo } from '../../adapters/crm/csv/inspect-csv.ts';
import type { CrmHistory } from '../../app/crm.ts';
import type { Clock } from '../../app/ports.ts';
import { formatProblems } from '../../config/problem.ts';
import type { Prompts } from '../init/prompts.ts';
import { askMapping } from './ask-mapping.ts';
import { readMappingFile } from './read-mapping.ts';
import { writeMapping } from './write-mapping.ts';

export type CsvOrder = {
  file: string;
  /** The mapping file; null: `deals.map.yml` beside `deals.csv`, if it is there. */
  map: string | null;
  /** journey.yml's. */
  timezone: string;
  clock: Clock;
  /** Null: nobody is there to be asked. */
  prompts: Prompts | null;
  print(line: string): void;
};

/** `mappingFile`: which one was read or written; null: everything was recognised without one. */
export type OpenedCsv = { ok: true; history: CrmHistory; mapping: CsvMapping; mappingFile: string | null } | { ok: false; message: string };

/** Answers may raise further questions: a column that is named now may hold dates that could be read both ways. */
const rounds = 3;

/**
 * A CSV file as a CRM's history. What is neither recognised nor said in the mapping file is asked, and the answers are written into the mapping
 * file; without anybody to ask, the message says what is missing.
 * @throws CrmRefusedError when the file cannot be read; StoppedError when whoever is asked stops.
 */
export async function openCsv({ file, map, timezone, clock, prompts, print }: CsvOrder): Promise<OpenedCsv> {
  const mappingFile = map ?? besides(file);
  for (let round = 0; ; round += 1) {
    const read = await readMappingFile(mappingFile);
    if (read === null && map !== null && round === 0 && prompts === null) return { ok: false, message: `${map}: there is no such file` };
    if (read !== null && !read.ok) return { ok: false, message: formatProblems(read.problems) };
    const mapping = read?.mapping ?? emptyMapping;
    const inspection = await inspectCsv(file, mapping);
    const obstacles = obstaclesTo(inspection);
    if (obstacles.length === 0) {
      return { ok: true, history: createCsvHistory({ file, mapping, timezone, clock }), mapping, mappingFile: read === null ? null : mappingFile };
    }
    if (prompts === null || round === rounds) return { ok: false, message: [...obstacles, advice(mappingFile, inspection.head.headers)].join('\n') };
    await writeMapping(mappingFile, await askMapping(inspection, prompts));
    print(`Your answers are in ${mappingFile}.`);
  }
}

const besides = (file: string): string => `${file.replace(/\.(csv|tsv|txt)$/i, '')}.map.yml`;

const advice = (mappingFile: string, headers: readonly string[]): string =>
  [
    `Say it in ${mappingFile}, or run this in a terminal to be asked. For example:`,
    '  rows: deals   # or accounts, people, stages, activities',
    '  dates: dmy    # or mdy',
    '  columns:',
    ...headers
      .filter((header) => header !== '')
      .map((header) => `    ${JSON.stringify(header)}: ignore   # or deal.name, deal.stage, deal.amount, account.name …`),
  ].join('\n');
