import { isFields } from './check.ts';

/** Characters of every `text` in the blocks, however deep: what Slack adds up. */
export function totalText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each: unknown) => sum + totalText(each), 0);
  if (!isFields(value)) return 0;
  let sum = 0;
  for (const [name, property] of Object.entries(value)) {
    sum += name === 'text' && typeof property === 'string' ? [...property].length : totalText(property);
  }
  return sum;
}
