// `npm run docs`: writes docs/rules.md, which a test compares.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectors } from '../../src/core/detectors/index.ts';
import { root } from './documents.ts';
import { rulesPage } from './rules-page.ts';

writeFileSync(join(root, 'docs/rules.md'), rulesPage(detectors));
