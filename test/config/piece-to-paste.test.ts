import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { isKnown } from '../../src/app/unknown-values.ts';
import type { Unmapped } from '../../src/config/line-to-add.ts';
import { linesToAdd, pieceToPaste } from '../../src/config/lines-to-add.ts';
import { configOf, routes } from './examples.ts';

const file = `${routes}
roles:
  economic_buyer: { crm: [Money] }
maps:
  new-business:
    extends: b2b-saas
    for: { pipelines: [default] }
    stages: { decision: { from: { hubspot: [contractsent] } } }
`;

/** The file with a line put into the block that it belongs into, in place of one of the same name. */
function withLine(text: string, { under, line }: { under: string; line: string }): string {
  const document = parseDocument(text);
  const [[key, value] = []] = Object.entries(parse(`{ ${line} }`) as Record<string, unknown>);
  document.setIn([...under.split('.'), key], document.createNode(value));
  return document.toString();
}

const stage = (more: Partial<Unmapped>): Unmapped => ({
  source: 'hubspot',
  what: 'stage',
  value: '17',
  mapKey: 'new-business',
  label: null,
  ...more,
});

describe('the line to add', () => {
  it.each<[string, Unmapped, string, string]>([
    [
      'a stage whose name says what it is',
      stage({ label: 'Contract review' }),
      'maps.new-business.stages.decision',
      'hubspot: [ contractsent, "17" ] }',
    ],
    ['a stage by its id alone', stage({ source: 'salesforce', value: 'Proposal 2' }), 'maps.new-business.stages.proposal', 'from:'],
    ['a stage that says nothing', stage({ label: 'Phase X' }), 'maps.new-business.stages', 'phase-x: { from: { hubspot: [ "17" ] } }'],
    ['a stage that ends it', stage({ label: 'Closed lost - price' }), 'maps.new-business.outcomes', 'lost:'],
    ['a stage out of a file', stage({ source: 'csv', value: 'Contract review' }), 'maps.new-business.stages.decision', 'any: [ '],
    [
      'a pipeline',
      stage({ what: 'pipeline', value: '4711', mapKey: null, label: 'Partners' }),
      'maps.new-business',
      'for: { pipelines: [ default, "4711" ] }',
    ],
    ['a role like a built-in one', stage({ what: 'role', value: 'BUDGET_GUY', mapKey: null }), 'roles.economic_buyer', 'crm: [ Money, BUDGET_GUY ]'],
    ['a role of the team’s own', stage({ what: 'role', value: 'WORKS_COUNCIL', mapKey: null }), 'roles', 'works-council: { crm: [ WORKS_COUNCIL ] }'],
    ['an owner', stage({ what: 'owner', value: '12345', mapKey: null }), 'owners', '"12345": name@your-company.example'],
    ['an owner with signs in the name', stage({ what: 'owner', value: "O'Hara: #1", mapKey: null }), 'owners', 'name@your-company.example'],
  ])('for %s makes it known', async (_name, unmapped, under, line) => {
    const config = await configOf(file);
    expect(isKnown(unmapped, config)).toBe(false);
    const [found] = linesToAdd([unmapped], config);
    if (found === undefined) throw new Error('no line');
    expect(found.under).toBe(under);
    expect(found.line).toContain(line);
    expect(found.line).not.toContain('\n');
    const after = await configOf(withLine(file, found));
    expect(isKnown(unmapped, after)).toBe(true);
    // What it knew before it knows still.
    expect(isKnown(stage({ value: 'contractsent' }), after)).toBe(true);
  });

  it.each<[string, Unmapped[]]>([
    ['stages', ['見積', '交渉中', 'Скидка', '見積 (A)', '交渉中 (A)', '🚀', '🔥'].map((value) => stage({ source: 'csv', value }))],
    ['stages with ids', [stage({ value: '17', label: '見積' }), stage({ value: '18', label: '交渉中' }), stage({ value: '19', label: 'Скидка' })]],
    ['roles', ['決裁者', 'Покупатель', '担当', 'صاحب القرار'].map((value) => stage({ what: 'role', value, mapKey: null }))],
    ['pipelines', ['パートナー', 'Партнёры'].map((value) => stage({ what: 'pipeline', value, mapKey: null }))],
  ])('has a key of its own, and the name as people read it, for each of %s in other letters than those of keys', async (_name, all) => {
    const text = `${file}  partners: { extends: b2b-saas, for: { pipelines: [partners] } }\n`;
    const config = await configOf(text);
    for (const unmapped of all) expect(isKnown(unmapped, config)).toBe(false);
    const lines = linesToAdd(all, config);
    expect(lines).toHaveLength(all.length);
    expect(new Set(lines.map(({ under, addition }) => `${under}.${addition.key}`)).size).toBe(all.length);
    const after = await configOf(lines.reduce(withLine, text));
    const labels = [...after.maps.flatMap((map) => [map.label, ...map.stages.map(({ label }) => label)]), ...after.roles.map(({ label }) => label)];
    for (const unmapped of all) {
      expect(isKnown(unmapped, after)).toBe(true);
      expect(labels).toContain(unmapped.label ?? unmapped.value);
    }
  });

  it('is under the same key whichever others are there, where the CRM has an id for it', async () => {
    const config = await configOf(file);
    const all = [stage({ value: '17', label: '見積' }), stage({ value: '18', label: '交渉中' })];
    const keysOf = (some: Unmapped[]) => linesToAdd(some, config).map(({ addition }) => addition.key);
    expect(keysOf(all)).toEqual(['stage-17', 'stage-18']);
    expect(keysOf(all.slice(1))).toEqual(['stage-18']);
  });

  it.each([
    ['in other letters', ['見積', '交渉中', 'Скидка', '🚀', '🔥']],
    ['of which a key says a part', ['見積 (A)', '交渉中 (A)', 'A']],
    ['that are cut to the same', ['x', 'y'].map((end) => `${'long '.repeat(12)}${end}`)],
  ])('is under the same key whichever others are there, for names %s', async (_name, values) => {
    const config = await configOf(file);
    const roles = values.map((value) => stage({ what: 'role', value, mapKey: null }));
    const stages = values.map((value) => stage({ source: 'csv', value: `${value} X` }));
    const keysOf = (some: Unmapped[]) => linesToAdd(some, config).map(({ under, addition }) => `${under}.${addition.key}`);
    for (const all of [roles, stages]) {
      const keys = keysOf(all);
      expect(new Set(all.flatMap((one) => keysOf([one])))).toEqual(new Set(keys));
    }
  });

  it('is one for all that belong into the same, and all of them together are one piece that can be pasted', async () => {
    const config = await configOf(file);
    const all: Unmapped[] = [
      stage({ label: 'Contract review' }),
      stage({ value: '18', label: 'Contract negotiation' }),
      stage({ value: '19', label: 'Phase X' }),
      stage({ value: '20', label: 'Phase X' }),
      stage({ value: '21', label: 'Closed lost - price' }),
      stage({ value: '22', label: 'Lost to nobody' }),
      stage({ source: 'salesforce', value: 'Proposal 2' }),
      stage({ what: 'pipeline', value: '4711', mapKey: null, label: 'Partners' }),
      stage({ what: 'pipeline', value: '4712', mapKey: null, label: 'Partners' }),
      stage({ what: 'role', value: 'BUDGET_GUY', mapKey: null }),
      stage({ what: 'role', value: 'BUDGET_GAL', mapKey: null }),
      stage({ what: 'role', value: 'WORKS_COUNCIL', mapKey: null }),
      stage({ what: 'owner', value: '12345', mapKey: null }),
      stage({ what: 'owner', value: "O'Hara: #1", mapKey: null }),
    ];
    const lines = linesToAdd(all, config);
    expect(lines.flatMap(({ of }) => of)).toHaveLength(all.length);
    const places = lines.map(({ under, line }) => `${under} ${line.split(':', 1)[0]}`);
    expect(new Set(places).size).toBe(places.length);
    expect(lines.length).toBeLessThan(all.length);
    const piece = pieceToPaste(lines);
    expect(piece).toContain('# or wherever it belongs');
    const document = parseDocument(piece);
    expect([document.errors, document.warnings]).toEqual([[], []]);
    // Line by line, and the piece as a whole: the same file.
    const byLine = await configOf(lines.reduce(withLine, file));
    for (const unmapped of all) expect(isKnown(unmapped, byLine)).toBe(true);
    const whole = lines.reduce((tree, { under, line }) => withLine(tree, { under, line }), '{}');
    expect(parse(whole)).toEqual(parse(piece));
  });
});
