import { type CsvMapping, csvMappingSchema } from '../../adapters/crm/csv/csv-mapping.ts';
import { parseTolerantly } from '../../config/parse-tolerantly.ts';
import type { ConfigProblem } from '../../config/problem.ts';
import { readUtf8 } from '../../config/read-utf8.ts';
import { readYaml } from '../../config/yaml-source.ts';

export type ReadMapping = { ok: true; mapping: CsvMapping } | { ok: false; problems: ConfigProblem[] };

/** A mapping file's text. All mistakes come back at once, each with its place. */
export function readMapping(file: string, text: string): ReadMapping {
  const source = readYaml(file, text);
  if (!source.usable) return { ok: false, problems: source.problems };
  const parsed = parseTolerantly(csvMappingSchema, source.value ?? {});
  const problems = [...source.problems, ...parsed.problems.map(({ path, message, ...options }) => source.problemAt(path, message, options))];
  return problems.length > 0 || parsed.value === null
    ? { ok: false, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) }
    : { ok: true, mapping: parsed.value };
}

/** Null: there is no such file. */
export async function readMappingFile(file: string): Promise<ReadMapping | null> {
  try {
    const read = await readUtf8(file);
    return read.ok ? readMapping(file, read.text) : { ok: false, problems: [{ file, path: '', suggestion: null, ...read.problem }] };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT') return null;
    return { ok: false, problems: [{ file, line: 1, column: 1, path: '', message: `cannot be read: ${error.message}`, suggestion: null }] };
  }
}
