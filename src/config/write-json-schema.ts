// `npm run schema`: writes journey.schema.json, which editors use and a test compares.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectors } from '../core/detectors/index.ts';
import { journeyJsonSchemaText } from './json-schema.ts';

writeFileSync(join(import.meta.dirname, '..', '..', 'journey.schema.json'), journeyJsonSchemaText(detectors));
