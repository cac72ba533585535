import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What an npm script of ours runs under Node: its flags are part of what is measured. */
export function npmScript(name: 'start' | 'journey'): { program: string; flags: string[]; given: string[] } {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<typeof name, string> };
  const [, line = ''] = /\bnode (.*)$/.exec(scripts[name]) ?? [];
  const words = line.split(' ');
  const at = words.findIndex((word) => !word.startsWith('-'));
  return { flags: words.slice(0, at), program: join(root, words[at] ?? ''), given: words.slice(at + 1) };
}
