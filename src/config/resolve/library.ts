import { parseTolerantly } from '../parse-tolerantly.ts';
import type { ConfigProblem } from '../problem.ts';
import { type JourneyFile, templateSchema } from '../schema.ts';
import { suggest } from '../suggest.ts';
import type { Templates } from '../templates.ts';
import { readYaml } from '../yaml-source.ts';
import type { Library } from './chain.ts';
import { type MapLayer, type Report, readMaps } from './layers.ts';
import type { RuleVocabulary } from './rule-layer.ts';

type LibraryContext = { report: Report; problems: ConfigProblem[]; templates: Templates };

/** The file's maps and the templates that they extend, each read once, when it is first asked for. */
export function createLibrary(file: JourneyFile, vocabulary: RuleVocabulary, { report, problems, templates }: LibraryContext): Library {
  const read = new Map<string, ReadonlyMap<string, MapLayer>>();
  const template = (name: string): ReadonlyMap<string, MapLayer> | null => {
    if (!templates.names.includes(name)) return null;
    const maps = read.get(name) ?? readTemplate(name, templates.read(name), vocabulary, problems);
    read.set(name, maps);
    return maps;
  };
  const base = file.extends === undefined ? null : template(file.extends);
  if (file.extends !== undefined && base === null) {
    const suggestion = suggest(file.extends, templates.names);
    report(['extends'], `unknown template \`${file.extends}\`; known: ${templates.names.join(', ')}`, { suggestion });
  }
  // A template's map that the file does not mention is the file's, too, and its top-level rules hold there.
  const unmentioned = [...(base?.keys() ?? [])].filter((key) => !Object.hasOwn(file.maps, key)).map((key) => [key, {}] as const);
  const maps = readMaps({ rules: file.rules, health: file.health, maps: { ...Object.fromEntries(unmentioned), ...file.maps } }, vocabulary, {
    report,
    template: false,
  });
  return { maps, template, templateNames: templates.names, base };
}

function readTemplate(name: string, text: string, vocabulary: RuleVocabulary, problems: ConfigProblem[]): ReadonlyMap<string, MapLayer> {
  const source = readYaml(`templates/${name}.yml`, text);
  const report: Report = (...problem) => void problems.push(source.problemAt(...problem));
  const parsed = parseTolerantly(templateSchema, source.value);
  problems.push(...source.problems);
  for (const { path, message, suggestion, at } of parsed.problems) report(path, message, { suggestion, at });
  return parsed.value === null ? new Map() : readMaps(parsed.value, vocabulary, { report, template: true });
}
