import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { HolidayPlace } from './schema/calendar-section.ts';

/** Names of public holidays by ISO day; or the part of the place that is unknown, and what would be known there. */
const answerSchema = z.union([
  z.strictObject({ days: z.array(z.tuple([z.iso.date(), z.string()])) }),
  z.strictObject({ unknown: z.enum(['country', 'state', 'region']), known: z.array(z.string()) }),
]);

export type HolidayAnswer = z.output<typeof answerSchema>;
/** Public holidays of a place from one year to another, both included. Throws where they cannot be computed. */
export type HolidaySource = (place: HolidayPlace, years: { from: number; to: number }) => Promise<HolidayAnswer>;

const runFile = promisify(execFile);
const longestMs = 30_000;

/**
 * Asks date-holidays in a process of its own. The library brings moment, astronomical tables and the holidays of the world: 40 MB of
 * resident memory that stay for good if it is imported, and 35 MB if a worker thread imports it and ends, for 20 kB of dates. A process
 * gives all of it back after 0.2 s. Answers are kept, so that a reload asks only when the place changed; with a `folder` also for the next
 * start, a third of which was waiting for this one.
 */
export function createHolidaySource({ folder = null }: { folder?: string | null } = {}): HolidaySource {
  const answers = new Map<string, Promise<HolidayAnswer>>();
  return (place, years) => {
    const question = JSON.stringify({ place, years });
    const answer = answers.get(question) ?? (folder === null ? ask(question) : askOnce(question, join(folder, keptAs(question))));
    answers.set(question, answer);
    answer.catch(() => answers.delete(question));
    return answer;
  };
}

async function ask(question: string): Promise<HolidayAnswer> {
  const { stdout } = await runFile(process.execPath, [fileURLToPath(import.meta.resolve('./compute-holidays.ts')), question], { timeout: longestMs });
  return answerSchema.parse(JSON.parse(stdout));
}

async function askOnce(question: string, file: string): Promise<HolidayAnswer> {
  const kept = await readKept(file);
  if (kept !== null) return kept;
  const answer = await ask(question);
  // A folder that cannot be written to costs the next start its 0.2 s, and nothing else.
  if ('days' in answer) await keep(file, JSON.stringify(answer)).catch(() => undefined);
  return answer;
}

/** Null where there is none that can be read. */
async function readKept(file: string): Promise<HolidayAnswer | null> {
  try {
    return answerSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Another version of the library may know better. */
function keptAs(question: string): string {
  const { version } = createRequire(import.meta.url)('date-holidays/package.json') as { version: string };
  return `holidays-${createHash('sha256').update(`${version} ${question}`).digest('hex').slice(0, 16)}.json`;
}

/** Under another name first: a start beside this one must not read half of it. */
async function keep(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${randomUUID()}`;
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(unfinished, text);
  await rename(unfinished, file);
}
