import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { journeyJsonSchema, journeyJsonSchemaText } from '../../src/config/json-schema.ts';
import { builtInTemplates } from '../../src/config/templates.ts';
import { detectors } from '../../src/core/detectors/index.ts';

const fileAt = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(journeyJsonSchema(detectors));

describe('journey.schema.json', () => {
  it('is what the program understands; `npm run schema` writes it', () => {
    expect(fileAt('journey.schema.json')).toBe(journeyJsonSchemaText(detectors));
  });

  it('holds for the file that comes with the program, and for its templates', () => {
    expect(validate(parse(fileAt('journey.yml'))), JSON.stringify(validate.errors)).toBe(true);
    for (const name of builtInTemplates.names) {
      const { maps } = parse(builtInTemplates.read(name));
      expect(validate({ maps }), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  it.each([
    ['a parameter of a rule', { rules: { stalled: { after: '15bd', severity: 'critical', enterprise: { after: '25bd' } } } }, true],
    ['a rule that is off', { rules: { stalled: 'off' } }, true],
    ['an unknown rule', { rules: { stale: 'off' } }, false],
    ['a parameter that is no duration', { rules: { stalled: { after: 15 } } }, false],
    ['an unknown parameter of a segment', { rules: { stalled: { enterprise: { afer: '25bd' } } } }, false],
    ['an unknown key', { alrts: {} }, false],
    ['a channel without #', { admin: 'journey-admin' }, false],
  ])('judges %s as the loader does', (_what, file, sound) => {
    expect(validate(file)).toBe(sound);
  });
});
