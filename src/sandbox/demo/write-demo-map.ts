import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, isMap, parseDocument, visit } from 'yaml';

const projectMap = join(import.meta.dirname, '../../../journey.yml');

/**
 * A copy of the project's journey.yml without quiet hours, for people try things in the evening, too, and with a manager, who hears of what nobody takes.
 * Returns its path.
 */
export async function writeDemoMap(folder: string): Promise<string> {
  const map = parseDocument(await readFile(projectMap, 'utf8'));
  if (map.hasIn(['alerts', 'quiet'])) map.deleteIn(['alerts', 'quiet']);
  map.set('managers', { default: 'marco@us.example' });
  escalateToManager(map);
  const file = join(folder, 'journey.yml');
  await writeFile(file, map.toString());
  return file;
}

function escalateToManager(map: Document): void {
  visit(map, {
    Map(_key, route) {
      if (isMap(route) && route.get('notify') === 'owner') route.set('escalate', map.createNode([{ after: '4bh', notify: 'manager' }]));
    },
  });
}
