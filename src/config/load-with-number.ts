import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { NumberChange } from '../core/suggestion.ts';
import { isMapping } from './is-mapping.ts';
import { type LoadOptions, loadConfig } from './load-config.ts';
import { readUtf8 } from './read-utf8.ts';
import { rulePatch } from './rule-patch.ts';
import { readYaml } from './yaml-source.ts';

/**
 * The map of a journey.yml as it is, and as it would be with the lines of a suggestion put in: both through the same loader, so that what is tried is what
 * pasting them would do. Null where the file cannot be read now, or would be refused.
 */
export async function loadWithNumber(
  path: string,
  { rule, change }: { rule: string; change: NumberChange },
  options: LoadOptions,
): Promise<{ before: JourneyConfig; after: JourneyConfig } | null> {
  const read = await readUtf8(path).catch(() => null);
  if (read === null || !read.ok) return null;
  const written = readYaml(path, read.text).value;
  const lines = readYaml(path, rulePatch(rule, change).join('\n')).value;
  const [before, after] = [
    await loadConfig({ file: path, text: read.text }, options),
    // JSON is YAML.
    await loadConfig({ file: path, text: JSON.stringify(merged(written, lines)) }, options),
  ];
  return before.ok && after.ok ? { before: before.config, after: after.config } : null;
}

/** Mappings are put into each other; anything else gives way. */
function merged(below: unknown, above: unknown): unknown {
  if (!isMapping(below) || !isMapping(above)) return above;
  return { ...below, ...Object.fromEntries(Object.entries(above).map(([key, value]) => [key, merged(below[key], value)])) };
}
