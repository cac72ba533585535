import { createCsvHistory } from '../../adapters/crm/csv/csv-history.ts';
import { type CsvMapping, emptyMapping } from '../../adapters/crm/csv/csv-mapping.ts';
import { rowKinds } from '../../adapters/crm/csv/fields.ts';
import { type CsvInspection, inspectCsv, obstaclesTo } from '../../adapters/crm/csv/inspect-csv.ts';
import type { CrmHistory } from '../../app/crm.ts';
import type { Clock } from '../../app/ports.ts';
import { formatProblems } from '../../config/problem.ts';
import type { Prompts } from '../init/prompts.ts';
import { askMapping, oneLine } from './ask-mapping.ts';
import { lackingIn } from './lacking-in.ts';
import { readMappingFile } from './read-mapping.ts';
import { type AskDeals, whoseDeals } from './whose-deals.ts';
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
  /** Null: no deals are known. */
  knownDeals: AskDeals | null;
  print(line: string): void;
};

/** `mappingFile`: which one was read or written; null: everything was recognised without one. `reading`: what is read as what, in words. */
export type OpenedCsv =
  | { ok: true; history: CrmHistory; mapping: CsvMapping; mappingFile: string | null; reading: string[] }
  | { ok: false; message: string };

/** Answers may raise further questions: a column that is named now may hold dates that could be read both ways. */
const rounds = 3;

/**
 * A CSV file as a CRM's history. What is neither recognised nor said in the mapping file is asked, and the answers are written into the mapping
 * file; without anybody to ask, the message says what is missing.
 * @throws CrmRefusedError when the file cannot be read; StoppedError when whoever is asked stops.
 */
export async function openCsv({ file, map, timezone, clock, prompts, knownDeals, print }: CsvOrder): Promise<OpenedCsv> {
  const mappingFile = map ?? besides(file);
  for (let round = 0; ; round += 1) {
    const read = await readMappingFile(mappingFile);
    if (read === null && map !== null && round === 0 && prompts === null) return { ok: false, message: `${map}: there is no such file` };
    if (read !== null && !read.ok) return { ok: false, message: formatProblems(read.problems) };
    const mapping = read?.mapping ?? emptyMapping;
    const inspection = await inspectCsv(file, mapping);
    const obstacles = obstaclesTo(inspection);
    if (obstacles.length === 0) {
      const settled = knownDeals === null ? null : await whoseDeals(inspection, mapping, knownDeals);
      return {
        ok: true,
        history: createCsvHistory({ file, mapping: settled ?? mapping, timezone, clock }),
        mapping: settled ?? mapping,
        mappingFile: read === null ? null : mappingFile,
        reading: settled === null ? readingOf(inspection) : [...readingOf(await inspectCsv(file, settled)), settledBy(settled)],
      };
    }
    if (prompts === null || round === rounds) return { ok: false, message: [...obstacles, ...advice(mappingFile, inspection)].join('\n') };
    // An answer that left it open is asked again, and nobody would know why.
    if (round > 0 && inspection.plan.missing.length > 0) for (const obstacle of obstacles) print(obstacle);
    await writeMapping(mappingFile, await askMapping(inspection, prompts));
    print(`Your answers are in ${mappingFile}.`);
  }
}

/** Its mapping, where none is named. */
export const besides = (file: string): string => `${file.replace(/\.(csv|tsv|txt)$/i, '')}.map.yml`;

/** What is read as what: a file that was taken for something else shows it here, before anything is imported. */
function readingOf({ file, head: { encoding, headers }, plan }: CsvInspection): string[] {
  const read = plan.columns.map(({ header, field, entered }) => `${shown(header)} as ${field ?? `the time of entering ${shown(entered ?? '')}`}`);
  const unread = plan.unread.map(shown);
  const several = [...new Set(plan.columns.map(({ header }) => header).filter((header) => headers.indexOf(header) !== headers.lastIndexOf(header)))];
  return [
    `${file} is read as ${plan.rows}: ${named(read)}.`,
    ...(unread.length === 0 ? [] : [`Not read: ${named(unread)}. If one of them is needed, say under \`columns:\` in a mapping what it is.`]),
    ...(several.length === 0 ? [] : [`Several columns are called ${named(several.map(shown))}: in each row the first that is filled counts.`]),
    ...(encoding.doubt === null
      ? []
      : [`Its letters are read as ${encoding.name}. If they look wrong, write \`encoding: ${encoding.doubt}\` into a mapping.`]),
    ...lackingIn(plan),
  ];
}

/** What was told by the deals that are known, and not by the file. */
const settledBy = ({ crm = 'none' }: CsvMapping): string =>
  `Its deals are told by ids${crm === 'none' ? '' : ` of ${crm}`}: deals with these ids are known already.`;

/** What to write into the mapping, of nothing but what is in question. */
function advice(mappingFile: string, { plan, formats }: CsvInspection): string[] {
  const asksColumns = plan.missing.length > 0 || plan.isGuess;
  const asksDates = formats.some(({ question }) => question !== null);
  const [[wanted = 'deal.name'] = []] = plan.missing;
  return [
    `Say it in ${mappingFile}, or run this in a terminal to be asked. For example:`,
    ...(asksColumns ? [`  rows: ${plan.isGuess ? 'deals' : plan.rows}   # ${rowKinds.join(', ')}`] : []),
    ...(asksDates ? ['  dates: dmy    # or mdy'] : []),
    ...(asksColumns
      ? ['  columns:', ...plan.unread.slice(0, mostNamed).map((header) => `    ${JSON.stringify(header)}: ignore   # or ${wanted} …`)]
      : []),
  ];
}

const mostNamed = 40;
const named = (names: readonly string[]): string =>
  names.length <= mostNamed ? names.join(', ') : `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`;
const shown = (header: string): string => `"${oneLine(header)}"`;
