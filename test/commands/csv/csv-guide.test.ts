import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldNames } from '../../../src/adapters/crm/csv/fields.ts';
import { readMapping } from '../../../src/commands/csv/read-mapping.ts';

const guide = await readFile(join(import.meta.dirname, '../../../docs/crm/csv.md'), 'utf8');

describe('docs/crm/csv.md', () => {
  it('lists every field that a column can be', () => {
    expect(fieldNames.filter((field) => !guide.includes(`\`${field}\``))).toEqual([]);
  });

  it('shows a mapping file that is one', () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? [];
    expect(readMapping('example', example)).toMatchObject({ ok: true, mapping: { delimiter: ';', as_of: '2026-09-25' } });
  });
});
