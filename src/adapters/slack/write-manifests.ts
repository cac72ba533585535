import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { httpManifest, withCreateAppLink } from './manifests.ts';

/** What follows from manifest.yml: the one for HTTP, and the link in docs/slack.md. */
const root = join(import.meta.dirname, '../../..');
const manifest = await readFile(join(root, 'manifest.yml'), 'utf8');
await writeFile(join(root, 'manifest.http.yml'), httpManifest(manifest));
const page = join(root, 'docs/slack.md');
await writeFile(page, withCreateAppLink(await readFile(page, 'utf8'), manifest));
