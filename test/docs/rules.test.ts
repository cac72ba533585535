import { expect, it } from 'vitest';
import { detectors } from '../../src/core/detectors/index.ts';
import { accountExamples } from './account-examples.ts';
import { dealExamples } from './deal-examples.ts';
import { textOf } from './documents.ts';
import { rulesPage } from './rules-page.ts';

it('docs/rules.md says what the rules say of themselves (`npm run docs` writes it)', () => {
  expect(textOf('docs/rules.md')).toBe(rulesPage(detectors));
});

it('there is an example of every rule, and of no other', () => {
  expect(Object.keys({ ...dealExamples, ...accountExamples }).toSorted()).toEqual(detectors.map(({ name }) => name).toSorted());
});
