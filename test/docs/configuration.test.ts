import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { defaultRoles } from '../../src/config/default-roles.ts';
import { journeyJsonSchema } from '../../src/config/json-schema.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { formatProblems } from '../../src/config/problem.ts';
import { builtInTemplates } from '../../src/config/templates.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import { readEnvironment } from '../../src/environment.ts';
import { bare, codeBlocks, tablesOf, tableUnder, textOf } from './documents.ts';

type Schema = { $ref?: string; $defs?: Record<string, Schema>; properties?: Record<string, Schema>; anyOf?: Schema[]; default?: unknown };

const page = textOf('docs/configuration.md');
const schema = journeyJsonSchema(detectors) as Schema;

/** The mapping that a path of the file holds, through references, lists of forms and names that people give. */
function mappingAt(...path: string[]): Record<string, Schema> {
  let node: Schema = schema;
  for (const step of path) node = resolved((step.startsWith('$') ? schema.$defs?.[step.slice(1)] : resolved(node).properties?.[step]) ?? {});
  return resolved(node).properties ?? {};
}

function resolved(node: Schema): Schema {
  const target = node.$ref === undefined ? node : (schema.$defs?.[node.$ref.replace('#/$defs/', '')] ?? {});
  return target.properties === undefined ? (target.anyOf?.map(resolved).find(({ properties }) => properties !== undefined) ?? target) : target;
}

describe('docs/configuration.md', () => {
  it.each([
    ['The file', mappingAt()],
    ['calendar', mappingAt('$calendar')],
    ['roles', mappingAt('$role')],
    ['teams', mappingAt('$team')],
    ['assets', mappingAt('$asset')],
    ['when', mappingAt('$segment', 'when')],
    ['maps', mappingAt('$map')],
    ['outcomes', mappingAt('$map', 'outcomes')],
    ['ends', mappingAt('$map', 'ends')],
    ['begins', mappingAt('$stage', 'begins')],
    ['health', mappingAt('$health')],
    ['metrics', mappingAt('$healthMetric')],
    ['committee', mappingAt('$health', 'committee')],
    ['stages', mappingAt('$stage')],
    ['from', mappingAt('$stageIds')],
    ['expects', mappingAt('$stage', 'expects')],
    ['routes', mappingAt('$route')],
    ['escalate', mappingAt('$step')],
    ['playbook', mappingAt('$playbookEntry')],
    ['match', mappingAt('$match')],
    ['digests', mappingAt('$digest')],
    ['alerts', mappingAt('$alerts')],
    ['access', mappingAt('access')],
    ['feed', mappingAt('feed')],
    ['reconcile', mappingAt('reconcile')],
  ])('names every key of “%s”, no other, and its default', (heading, keys) => {
    const rows = tableUnder(page, heading);
    expect(rows.map(([key]) => bare(key)).toSorted()).toEqual(Object.keys(keys).toSorted());
    for (const [key, , said] of rows) {
      const known = keys[bare(key)]?.default;
      if (known !== undefined && isPlain(known)) expect([key, parse(bare(said))]).toEqual([key, known]);
    }
  });

  it('names every rule with its severity', () => {
    const rows = tableUnder(page, 'Rules').map(([rule, , , severity]) => [bare(rule), bare(severity)]);
    expect(rows).toEqual(detectors.map(({ name, severity }) => [name, severity]));
  });

  it('says of which rules acknowledging is the end', () => {
    const rows = tableUnder(page, 'Rules').map(([rule, , end]) => [bare(rule), end?.includes('somebody acknowledges it')]);
    expect(rows).toEqual(detectors.map(({ name, endsWhenAcknowledged = false }) => [name, endsWhenAcknowledged]));
  });

  it('names every parameter of every rule, with its default', () => {
    const [, parameters = []] = tablesOf(sectionOf('Rules'));
    const known = detectors.flatMap(({ name }) =>
      Object.entries(mappingAt('$rules', name))
        .filter(([parameter]) => parameter !== 'severity')
        .map(([parameter, { default: value }]) => [name, parameter, value]),
    );
    expect(
      parameters.map(([rule, parameter, , value]) => [bare(rule), bare(parameter), /^`[^`]*`$/.test(value ?? '') ? parse(bare(value)) : undefined]),
    ).toEqual(known);
  });

  it('names the rules that a silent feed holds back', () => {
    const [, named = ''] = /rules that speak of silence\s+\(([^)]+)\)/.exec(page) ?? [];
    expect(
      named
        .split(',')
        .map((rule) => bare(rule.trim()))
        .toSorted(),
    ).toEqual(
      detectors
        .filter(({ silence }) => silence)
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  it('names the built-in roles and the templates', () => {
    for (const { key } of defaultRoles) expect(page).toContain(`\`${key}\``);
    expect(tableUnder(page, 'Templates').map(([name]) => bare(name))).toEqual(builtInTemplates.names);
  });

  it('names every environment variable, no other, and its default', () => {
    const rows = tableUnder(page, 'Environment variables');
    const { message } = readEnvironment({}) as { message: string };
    const known = [...message.matchAll(/^ {2}([A-Z][A-Z_, ]+[A-Z]) {2,}/gm)].flatMap(([, names = '']) => names.split(', '));
    expect(rows.map(([name]) => bare(name)).toSorted()).toEqual(known.toSorted());
    const read = readEnvironment({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SIGNALS_TOKEN: 'sixteen-characters' });
    if (!read.ok) throw new Error(read.message);
    for (const [name, , said] of rows) {
      const value = read.environment[bare(name) as keyof typeof read.environment];
      const isGiven = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SIGNALS_TOKEN'].includes(bare(name));
      if (!isGiven && value !== undefined) expect([name, bare(said)]).toEqual([name, String(value)]);
    }
  });
});

describe('a journey.yml that is shown', () => {
  const shown = ['README.md', 'docs/configuration.md'].flatMap((path) =>
    codeBlocks(textOf(path), 'yaml')
      .filter((text) => /^routes:/m.test(text))
      .map((text): [string, string] => [path, text]),
  );

  it('stands in the README and in docs/configuration.md', () => {
    expect(new Set(shown.map(([path]) => path))).toEqual(new Set(['README.md', 'docs/configuration.md']));
  });

  it.each(shown)('is sound: %s', async (file, text) => {
    const loaded = await loadConfig({ file, text }, { detectors });
    expect(loaded.ok ? '' : formatProblems(loaded.problems)).toBe('');
  });
});

const isPlain = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Array.isArray(value) && value.every((item) => typeof item === 'string'));

function sectionOf(heading: string): string[] {
  const lines = page.split('\n');
  const from = lines.indexOf(`## ${heading}`);
  const to = lines.findIndex((line, index) => index > from && line.startsWith('## '));
  return lines.slice(from, to);
}
