import { describe, expect, it } from 'vitest';
import { parse, parseDocument, stringify } from 'yaml';
import { isKnown } from '../../src/app/unknown-values.ts';
import type { Unmapped } from '../../src/config/line-to-add.ts';
import { pieceToPaste } from '../../src/config/piece-to-paste.ts';
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

/** The file with a piece pasted into it: what stands there under the same name makes room. */
const withPiece = (text: string, piece: string): string => stringify(pasted(parse(text), parse(piece)));

function pasted(there: unknown, piece: unknown): unknown {
  if (!isTree(there) || !isTree(piece)) return piece;
  const both = { ...there };
  for (const [key, value] of Object.entries(piece)) both[key] = pasted(there[key], value);
  return both;
}

const isTree = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The names of all that a piece has under these blocks. */
function keysUnder(piece: string, ...blocks: string[]): string[] {
  const found = blocks.reduce<unknown>((tree, block) => (isTree(tree) ? tree[block] : undefined), parse(piece));
  return isTree(found) ? Object.keys(found) : [];
}

const stage = (more: Partial<Unmapped>): Unmapped => ({
  source: 'hubspot',
  what: 'stage',
  value: '17',
  mapKey: 'new-business',
  label: null,
  ...more,
});

describe('the piece to paste', () => {
  it.each<[string, Unmapped, string]>([
    [
      'a stage whose name says what it is',
      stage({ label: 'Contract review' }),
      '      decision:\n        from: { salesforce: [ Negotiation/Review ], hubspot: [ contractsent, "17" ] }',
    ],
    ['a stage by its id alone', stage({ source: 'salesforce', value: 'Proposal 2' }), '      proposal:\n        from: {'],
    [
      'a stage that says nothing',
      stage({ label: 'Phase X' }),
      '    stages:\n      phase-x: { from: { hubspot: [ "17" ] } } # or wherever it belongs',
    ],
    ['a stage that ends it', stage({ label: 'Closed lost - price' }), '    outcomes:\n      lost:'],
    [
      'a stage out of a file',
      stage({ source: 'csv', value: 'Contract review' }),
      '      decision:\n        from: { salesforce: [ Negotiation/Review ], hubspot: [ contractsent ], any: [ Contract review ] }',
    ],
    [
      'a pipeline',
      stage({ what: 'pipeline', value: '4711', mapKey: null, label: 'Partners' }),
      '  new-business:\n    for: { pipelines: [ default, "4711" ] }',
    ],
    ['a role like a built-in one', stage({ what: 'role', value: 'BUDGET_GUY', mapKey: null }), '  economic_buyer:\n    crm: [ Money, BUDGET_GUY ]'],
    [
      'a role of the team’s own',
      stage({ what: 'role', value: 'WORKS_COUNCIL', mapKey: null }),
      'roles:\n  works-council: { crm: [ WORKS_COUNCIL ] } # or wherever it belongs',
    ],
    [
      'an owner',
      stage({ what: 'owner', value: '12345', mapKey: null }),
      'owners:\n  "12345": name@your-company.example # the address of whoever that is',
    ],
    ['an owner with signs in the name', stage({ what: 'owner', value: "O'Hara: #1", mapKey: null }), 'name@your-company.example'],
  ])('makes known %s', async (_name, unmapped, lines) => {
    const config = await configOf(file);
    expect(isKnown(unmapped, config)).toBe(false);
    const piece = pieceToPaste([unmapped], config);
    expect(piece).toContain(lines);
    const after = await configOf(withPiece(file, piece));
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
    const piece = pieceToPaste(all, config);
    const keys = [['maps', 'new-business', 'stages'], ['maps'], ['roles']].map((blocks) => keysUnder(piece, ...blocks).length);
    expect(Math.max(...keys)).toBe(all.length);
    const after = await configOf(withPiece(text, piece));
    const labels = [...after.maps.flatMap((map) => [map.label, ...map.stages.map(({ label }) => label)]), ...after.roles.map(({ label }) => label)];
    for (const unmapped of all) {
      expect(isKnown(unmapped, after)).toBe(true);
      expect(labels).toContain(unmapped.label ?? unmapped.value);
    }
  });

  it('is under the same key whichever others are there, where the CRM has an id for it', async () => {
    const config = await configOf(file);
    const all = [stage({ value: '17', label: '見積' }), stage({ value: '18', label: '交渉中' })];
    const keysOf = (some: Unmapped[]) => keysUnder(pieceToPaste(some, config), 'maps', 'new-business', 'stages');
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
    for (const [all, ...blocks] of [[roles, 'roles'] as const, [stages, 'maps', 'new-business', 'stages'] as const]) {
      const keysOf = (some: readonly Unmapped[]) => keysUnder(pieceToPaste(some, config), ...blocks);
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
    const piece = pieceToPaste(all, config);
    const document = parseDocument(piece);
    expect([document.errors, document.warnings]).toEqual([[], []]);
    const after = await configOf(withPiece(file, piece));
    for (const unmapped of all) expect(isKnown(unmapped, after)).toBe(true);
  });
});
