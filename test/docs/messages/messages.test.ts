import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, textOf } from '../documents.ts';
import { messageExamples } from './message-examples.ts';
import { messagesPage, pictureOf } from './messages-page.ts';

const views = join(root, 'src/adapters/slack/views');
/** Parts of messages that are never said alone. */
const parts = new Set(['view', 'saidView', 'accountModal']);

/** Every function of the views that makes a whole message, form or Home tab. */
const makers = (): string[] =>
  globSync('**/*.ts', { cwd: views }).flatMap((file) =>
    [
      ...readFileSync(join(views, file), 'utf8').matchAll(
        /^export (?:const|function) (\w+)[^;{]*?\): (?:View(?:<\w+>)?|ModalView|HomeView)(?: \| null)?\b/gm,
      ),
    ].map(([, name = '']) => name),
  );

describe('docs/messages.md', () => {
  it('says what the bot says (`npm run docs` writes it)', () => {
    expect(textOf('docs/messages.md')).toBe(messagesPage(messageExamples));
  });

  it('shows every message that there is', () => {
    const shown = globSync('*.ts', { cwd: import.meta.dirname })
      .filter((file) => !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
      .join('\n');
    const known = makers();
    expect(known.length).toBeGreaterThan(30);
    expect(known.filter((name) => !parts.has(name) && !shown.includes(`${name}(`))).toEqual([]);
  });

  it('has a picture of each, by a name of its own', () => {
    expect(new Set(messageExamples.map(({ name }) => name)).size).toBe(messageExamples.length);
    expect(messageExamples.filter((example) => !existsSync(join(root, 'docs', pictureOf(example)))).map(({ name }) => name)).toEqual([]);
  });
});
