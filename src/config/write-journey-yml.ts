import { randomUUID } from 'node:crypto';
import { constants, copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';

/** `kept`: where the file that was there before is now; null where there was none. */
export type WrittenFile = { ok: true; kept: string | null } | { ok: false; why: string };

/** Why a file cannot be written there; null: it can. To be asked before anybody is asked anything. */
export async function refusalToWrite(file: string, { force }: { force: boolean }): Promise<string | null> {
  const there = await readFile(file, 'utf8').then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  return there && !force
    ? `${file} is there already. Write elsewhere with --out FILE, or replace it with --force (the old one is kept beside it).`
    : null;
}

/** Writes a text whole or not at all. A file that is there stays, unless `force`: then it is kept beside it, under a name of its own. */
export async function writeJourneyYml(file: string, text: string, { force }: { force: boolean }): Promise<WrittenFile> {
  const refusal = await refusalToWrite(file, { force });
  if (refusal !== null) return { ok: false, why: refusal };
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text, { flag: 'wx' });
    if (!force) {
      // Unlike a rename, a link never replaces what somebody else has put there meanwhile.
      await link(draft, file);
      return { ok: true, kept: null };
    }
    const kept = await keep(file);
    await rename(draft, file);
    return { ok: true, kept };
  } catch (error) {
    return { ok: false, why: `${file} cannot be written: ${(error as Error).message}` };
  } finally {
    await rm(draft, { force: true });
  }
}

/** Copies a file beside itself: `journey.yml.bak`, or `.bak2` where that is taken. Null: there is none. */
async function keep(file: string): Promise<string | null> {
  for (let number = 1; ; number += 1) {
    const copy = `${file}.bak${number === 1 ? '' : number}`;
    try {
      await copyFile(file, copy, constants.COPYFILE_EXCL);
      return copy;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return null;
      if (code !== 'EEXIST') throw error;
    }
  }
}
