import { expect, it } from 'vitest';
import { printable } from '../../src/commands/printable.ts';

it.each([
  ['Acme\n\tGmbH', 'Acme\n\tGmbH'],
  ['\u001b[31mred\u0007', '\\u001b[31mred\\u0007'],
  ['\u202elive\u202c \u2066x\u2069', '\\u202elive\\u202c \\u2066x\\u2069'],
  ['עסקה 🚀', 'עסקה 🚀'],
])('says nothing to the terminal: %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});
