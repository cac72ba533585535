import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

const projectMap = join(import.meta.dirname, '../../../journey.yml');

/** A copy of the project's journey.yml without quiet hours: people try things in the evening, too. Returns its path. */
export async function writeDemoMap(folder: string): Promise<string> {
  const map = parseDocument(await readFile(projectMap, 'utf8'));
  if (map.hasIn(['alerts', 'quiet'])) map.deleteIn(['alerts', 'quiet']);
  const file = join(folder, 'journey.yml');
  await writeFile(file, map.toString());
  return file;
}
