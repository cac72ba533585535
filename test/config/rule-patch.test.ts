import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { rulePatch } from '../../src/config/rule-patch.ts';
import { numberIn } from '../../src/core/alerts/place.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import { quieterAmounts, readAmount } from '../../src/core/detectors/quieter.ts';
import type { NumberChange } from '../../src/core/suggestion.ts';
import { configOf, routes } from './examples.ts';

const file = `${routes}
segments: { enterprise: { when: { amount: ">= 50000" } } }
maps:
  new-business:
    extends: b2b-saas
    for: { pipelines: [default] }
    stages: { decision: { rules: { stalled: { patience: 3bd, enterprise: { after: 25bd } } } } }
`;

const change = (more: Partial<NumberChange> = {}): NumberChange => ({
  map: { key: 'new-business', label: 'New business' },
  stage: { key: 'decision', label: 'Decision' },
  segment: null,
  parameter: 'after',
  from: '15bd',
  to: '20bd',
  ignored: 24,
  spared: 17,
  actedOn: 6,
  actedOnSpared: 1,
  ...more,
});

type Tree = { [key: string]: Tree | unknown };
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
/** What a person does: puts the lines where the same keys are. */
const merged = (below: Tree, above: Tree): Tree => ({
  ...below,
  ...Object.fromEntries(
    Object.entries(above).map(([key, value]) => {
      const there = below[key];
      return [key, isTree(value) && isTree(there) ? merged(there, value) : value];
    }),
  ),
});
const pasted = (rule: string, made: NumberChange): string => stringify(merged(parse(file) as Tree, parse(rulePatch(rule, made).join('\n')) as Tree));
const numberAt = async (text: string, rule: string, segments: string[]) => {
  const config = await configOf(text);
  const map = config.maps.find(({ key }) => key === 'new-business');
  return map === undefined ? undefined : numberIn(map, rule, { stage: 'decision', segments });
};

describe('the lines for a suggested number', () => {
  it('stand as journey.yml has them', () => {
    expect(rulePatch('stalled', change())).toEqual([
      'maps:',
      '  new-business:',
      '    stages:',
      '      decision:',
      '        rules:',
      '          stalled:',
      '            after: 20bd',
    ]);
    expect(rulePatch('stalled', change({ stage: null })).slice(2)).toEqual(['    rules:', '      stalled:', '        after: 20bd']);
  });

  it('load, and change that number and no other', async () => {
    const text = pasted('stalled', change());
    expect(await numberAt(text, 'stalled', [])).toBe('20bd');
    expect(await numberAt(text, 'stalled', ['enterprise'])).toBe('25bd');
  });

  it('load for a segment that has a number of its own', async () => {
    const text = pasted('stalled', change({ segment: 'enterprise', from: '25bd', to: '38bd' }));
    expect(await numberAt(text, 'stalled', ['enterprise'])).toBe('38bd');
    expect(await numberAt(text, 'stalled', [])).toBe(await numberAt(file, 'stalled', []));
  });

  it.each(detectors.flatMap((detector) => (detector.quieter === undefined ? [] : [[detector.name, detector] as const])))(
    'load for %s, whatever is suggested',
    async (rule, detector) => {
      const from = readAmount(detector, detector.params.parse({}), null);
      for (const { text: to } of from === null ? [] : quieterAmounts(detector, from))
        expect(await numberAt(pasted(rule, change({ parameter: detector.quieter?.parameter ?? '', to })), rule, [])).toBe(to);
      expect(from).not.toBeNull();
    },
  );
});
