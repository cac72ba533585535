import { z } from 'zod';
import { CrmRefusedError } from '../../../app/errors.ts';
import { parseJson } from '../parse-json.ts';
import type { Place } from './read-records.ts';

/** Where an import of a file goes on: in which file, read how, before which row. */
const cursorSchema = z.object({
  version: z.literal(1),
  fingerprint: z.string(),
  plan: z.string(),
  offset: z.number().int().nonnegative(),
  line: z.number().int().positive(),
  total: z.number().int().nonnegative(),
});

type Known = { file: string; fingerprint: string; plan: string };

export const writeCursor = ({ fingerprint, plan }: Known, { offset, line }: Place, total: number): string =>
  JSON.stringify({ version: 1, fingerprint, plan, offset, line, total } satisfies z.input<typeof cursorSchema>);

/** @throws CrmRefusedError when the file, or how it is read, is no longer what it was. */
export function readCursor(cursor: string, known: Known): { place: Place; total: number } {
  const parsed = cursorSchema.safeParse(parseJson(cursor));
  if (!parsed.success) throw new CrmRefusedError(`${known.file}: where the import stopped cannot be read; begin it again from the start`);
  const { fingerprint, plan, offset, line, total } = parsed.data;
  if (fingerprint !== known.fingerprint) {
    throw new CrmRefusedError(
      `${known.file} has changed since its import stopped at line ${line}; begin it again from the start (what was imported already counts once)`,
    );
  }
  if (plan !== known.plan) {
    throw new CrmRefusedError(
      `how ${known.file} is read (mapping or time zone) has changed since its import stopped at line ${line}; begin it again from the start`,
    );
  }
  return { place: { offset, line }, total };
}
