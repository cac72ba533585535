/** What people and programs write into a cell that has nothing in it. */
const blanks = new Set([
  '',
  '-',
  '–',
  '—',
  'n/a',
  '#n/a',
  'na',
  'null',
  'none',
  '(none)',
  'nan',
  '(blank)',
  '(empty)',
  '(no value)',
  '--',
  'k. a.',
  'k.a.',
  '(leer)',
  'undefined',
]);

export const isBlank = (text: string): boolean => text === '' || (text.length <= 10 && blanks.has(text.trim().toLowerCase()));
