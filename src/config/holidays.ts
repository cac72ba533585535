import { execFile } from 'node:child_process';
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
 * gives all of it back after 0.2 s. Answers are kept, so that a reload asks only when the place changed.
 */
export function createHolidaySource(): HolidaySource {
  const answers = new Map<string, Promise<HolidayAnswer>>();
  return (place, years) => {
    const question = JSON.stringify({ place, years });
    const answer = answers.get(question) ?? ask(question);
    answers.set(question, answer);
    answer.catch(() => answers.delete(question));
    return answer;
  };
}

async function ask(question: string): Promise<HolidayAnswer> {
  const { stdout } = await runFile(process.execPath, [fileURLToPath(import.meta.resolve('./compute-holidays.ts')), question], { timeout: longestMs });
  return answerSchema.parse(JSON.parse(stdout));
}
