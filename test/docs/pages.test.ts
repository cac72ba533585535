import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeBlocks, codeSpans, documents, root, textOf } from './documents.ts';

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
const help = spawnSync(process.execPath, ['src/cli.ts'], { cwd: root, encoding: 'utf8' }).stdout;
const commands = [...help.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name = '']) => name);

describe.each(documents())('%s', (path) => {
  const text = textOf(path);

  it('links only to pages and headings that exist', () => {
    const broken = localLinks(text).filter(({ file, anchor }) => {
      const target = file === '' ? path : join(dirname(path), file);
      if (!existsSync(join(root, target))) return true;
      return anchor !== '' && !headingsOf(textOf(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names only files that exist', () => {
    const named = [...codeSpans(text), ...codeBlocks(text, '').flatMap((block) => block.split(/\s+/))];
    const files = named.map((span) => span.replace(/[.,:]$/, '')).filter((span) => /^(src|test|docs|drizzle|bench|\.ci)\/[\w./*-]+$/.test(span));
    expect(files.filter((file) => globSync(file.replace(/\/$/, ''), { cwd: root }).length === 0)).toEqual([]);
  });

  it('names only npm scripts and commands that there are', () => {
    const named = [...text.matchAll(/npm (?:run (?:-s )?([\w:]+)|(start|test)\b)/g)].map(([, script, short]) => script ?? short ?? '');
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
    const used = [...text.matchAll(/npm run (?:-s )?journey -- ([a-z-]+)/g)].map(([, command = '']) => command);
    expect(used.filter((command) => !commands.includes(command))).toEqual([]);
  });
});

describe('the README', () => {
  it('names the channels that journey.yml names', () => {
    const step = /Make the channels that `journey\.yml` names \(([^)]+)\)/.exec(textOf('README.md'))?.[1] ?? '';
    const inFile = [...textOf('journey.yml').matchAll(/"(#[\w-]+)"/g)].map(([, channel = '']) => channel);
    expect(codeSpans(step).toSorted()).toEqual([...new Set(inFile)].toSorted());
  });

  it('shows a picture that is quick to load', () => {
    expect(statSync(join(root, 'docs/images/demo.png')).size).toBeLessThan(300_000);
  });
});

const localLinks = (text: string): { file: string; anchor: string }[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => ({ file: target.split('#')[0] ?? '', anchor: target.split('#')[1] ?? '' }));

/** As GitHub makes them: lower case, spaces as dashes, without other marks. */
const headingsOf = (text: string): string[] =>
  [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
