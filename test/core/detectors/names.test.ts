import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { detectors } from '../../../src/core/detectors/index.ts';
import { staleFeed } from '../../../src/core/detectors/stale-feed.ts';

const src = join(import.meta.dirname, '../../../src');
/** Lists of `/journey` are named like rules, and are none. */
const lists = new Set<string>(detectors.map(({ list }) => list));

it('shared code names no rule: what it needs to know of one stands in the rule’s definition', () => {
  const files = globSync(['core/*.ts', 'core/{alerts,journey,calendar}/**/*.ts', 'app/*.ts', 'adapters/**/*.ts'], { cwd: src });
  const rules = [...detectors.map(({ name }) => name), staleFeed.name].filter((name) => !lists.has(name));
  const naming = files.flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8');
    return rules.filter((rule) => text.includes(`'${rule}'`)).map((rule) => `${file}: ${rule}`);
  });
  expect(files.length).toBeGreaterThan(50);
  expect(naming).toEqual([]);
});
