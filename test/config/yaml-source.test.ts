import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../src/config/yaml-source.ts';
import { load } from './examples.ts';

const mergeKeys = 'merge keys (<<) are not supported: use `extends` where there is one, a whole alias (`key: *name`), or write the keys out';
const problemsIn = (text: string) => readYaml('journey.yml', text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

it.each([
  ['{ a: 1,5d, b: 2,5d }', { a: '1,5d', b: '2,5d' }],
  ['{ a: 1,5: 2 }', { a: 1, 5: 2 }],
  ['{ a: 1, 5d }', { a: 1, '5d': null }],
  ['{ a: 1,x5 }', { a: 1, x5: null }],
  ['{ a: [1,5] }', { a: [1, 5] }],
])('a comma between digits in braces is no end of an entry where none begins: %s', (text, value) => {
  expect(readYaml('journey.yml', text)).toMatchObject({ value, problems: [], usable: true });
});

describe('YAML that is not sound', () => {
  it('is reported where it breaks', () => {
    expect(problemsIn('a: 1\nb: {c: 1\n')).toEqual(['3:1 a `{` before this is not closed with `}`, or what is in it is not indented']);
    expect(problemsIn('a: [1, 2\nb: 1\n')).toEqual(['2:1 a `[` before this is not closed with `]`, or what is in it is not indented']);
    expect(problemsIn('label: Deals: new\n')).toEqual(['1:8 a value that holds `: ` needs quotes; or the next line is indented too far']);
    expect(problemsIn('a:\n\tb: 1\n')).toEqual(['2:1 tabs cannot indent YAML; use spaces']);
    expect(problemsIn('a: 1\n---\nb: 2')).toEqual(['2:1 the file holds several YAML documents; only one is expected']);
    expect(problemsIn('a: !secret 3')).toEqual(['1:4 a word that begins with `!` has no meaning here; as a text it needs quotes']);
  });

  it.each([
    ['timezone: UTC\nmaps\n  sales: 1\n', '2:1 a `:` is missing after `maps`'],
    ['maps:\n  sales:\n    for: deals\n    extends b2b-saas\n', '4:5 a `:` is missing after `extends`'],
    ['timezone:UTC\nadmin: a\n', '1:1 a space is missing after `timezone:`'],
    ['a: "x\nb: 1\n', '1:4 a quote that is opened here is not closed'],
    ["a:\n  b: 'x\n  c: y\nd: '#z'\n", '2:6 a quote that is opened here is not closed'],
    [
      "a: 'it's'\n",
      "1:8 `s'` does not belong to what is before it: a `:`, a quote or a bracket there is missing, or one too many (an apostrophe in '…' is written '')",
    ],
    ['a:\n    b: 1\n  c: 2\n', '3:1 is indented unlike the lines that it belongs to: keys of the same mapping begin in the same column'],
    ['a:\n  b: 1\n    c: 2\n', '2:6 a value that holds `: ` needs quotes; or the next line is indented too far'],
    ['a:\n  - 1\n - 2\n', '3:1 this `-` belongs to no list: indent it like the other items of its list, below the key of the list'],
    ['a: - b\n', '1:4 a list begins on the line below its key; on the same line it is written [a, b]'],
    ['a: { b: 1 c: 2 }\n', '1:9 a `,` is missing before this: entries in `{ }` and `[ ]` are separated by `,`, and have no `-`'],
    ['a: ["x" "y"]\n', '1:9 a `,` is missing before this'],
    ['a: {b: 1}}\n', '1:10 `}` does not belong to what is before it: a `:`, a quote or a bracket there is missing, or one too many'],
    ['amount: >= 500\n', '1:10 a value that begins with `>` or `|` needs quotes, such as ">= 50000"'],
    ['a: @x\n', '1:4 a value that begins with `@` needs quotes, such as "@x"'],
    ['b: 1\na: *all\n', '2:4 nothing above is called `&all`; a text that begins with `*` needs quotes, such as "*all"'],
  ])('is told once, in plain words, with what to do: %j', (text, said) => {
    expect(problemsIn(text)).toEqual([said]);
  });

  it('has all aliases of nothing told at once, beside what else is wrong', () => {
    expect(problemsIn('a: *x\nb: { <<: *y }\n')).toEqual([
      '1:4 nothing above is called `&x`; a text that begins with `*` needs quotes, such as "*x"',
      `2:6 ${mergeKeys}`,
      '2:10 nothing above is called `&y`; a text that begins with `*` needs quotes, such as "*y"',
    ]);
  });

  it('with a key given twice is still read, so that other mistakes show, too', () => {
    const source = readYaml('journey.yml', 'a: 1\nb: 2\na: 3\n');
    expect(source.problems).toMatchObject([{ line: 3, column: 1, message: 'this key is given twice in the same mapping' }]);
    expect(source.usable).toBe(true);
  });

  it('says that merge keys are not supported, where they stand, and nothing of what they would bring', () => {
    expect(problemsIn('a: &a {x: 1}\nb:\n  <<: *a\n  y: 2\n')).toEqual([`3:3 ${mergeKeys}`]);
    expect(problemsIn('b: { "<<": { x: 1 } }')).toEqual([`1:6 ${mergeKeys}`]);
  });

  it('never gets hold of what every object is made of', async () => {
    expect(problemsIn('roles:\n  __proto__: { crm: [x] }')).toEqual(['2:3 this key is not allowed']);
    await load('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}');
    expect('polluted' in {}).toBe(false);
  });
});

describe('a hostile file', () => {
  const refusal = (text: string) => {
    const source = readYaml('journey.yml', text);
    return source.usable ? null : source.problems[0]?.message;
  };

  it('is refused when it is too large', () => {
    expect(refusal(`a: ${'x'.repeat(256 * 1024)}`)).toBe('the file is larger than 256 KiB');
  });

  it('is refused when its aliases multiply', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((key, index) => `${key}: &${key} [${Array(10).fill(`*${'abcdefgh'[index]}`).join(',')}]`),
    ];
    expect(refusal(bomb.join('\n'))).toBe('cannot be read as YAML: Excessive alias count indicates a resource exhaustion attack');
  });

  it('is refused when it is nested too deep', () => {
    expect(refusal(`a: ${'['.repeat(60)}${']'.repeat(60)}`)).toBe('the file is nested too deep');
    expect(refusal('['.repeat(100_000))).toBe('the file is nested too deep');
  });

  it('never makes the loader throw', async () => {
    const fragment = fc.constantFrom(
      'maps:',
      'stages:',
      ' ',
      '  ',
      '\n',
      '\n  ',
      '\t',
      '- ',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '&a ',
      '*a',
      '#',
      '|',
      '>',
      'off',
      '5bd',
      'extends: b2b-saas',
      'routes:',
      'rules:',
      '1',
      '~',
      '!!',
      '---',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fragment, { maxLength: 40 }), async (fragments) => {
        const loaded = await load(fragments.join(''));
        // Not one of these holds a map and a route that takes everything.
        expect(loaded.ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('of any shape is answered with problems', async () => {
    const keys = fc.constantFrom(
      'timezone',
      'calendar',
      'extends',
      'roles',
      'segments',
      'rules',
      'maps',
      'routes',
      'digests',
      'admin',
      'alerts',
      'feed',
      'sales',
      'stages',
      'decision',
      'stalled',
      'match',
      'when',
      'from',
      'for',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('off', 'b2b-saas', 'five-phases', '5bd', 'DE', '#x', ''),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(keys, value), async (file) => {
        const loaded = await load(JSON.stringify(file));
        expect(loaded.ok || loaded.problems.length > 0).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
