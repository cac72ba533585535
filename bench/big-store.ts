import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programOf } from './bench.ts';
import { benchMapFile } from './bench-map.ts';
import { startRunning } from './process.ts';

const cache = join(tmpdir(), 'journey-bench');
/** Older ones go: what is open for three weeks today is open for four in a week. */
const keptMs = 24 * 3_600_000;

/** A working copy of the big store, in `folder`. Building one takes minutes, so it is kept for a day in the system's temporary folder. */
export async function bigStore(accounts: number, folder: string, say: (line: string) => void): Promise<string> {
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) if (Date.now() - statSync(join(cache, name)).mtimeMs > keptMs) rmSync(join(cache, name), { force: true });
  const built = join(cache, `${accounts}-${fingerprint()}.db`);
  if (!existsSync(built)) await build(built, accounts, say);
  const copy = join(folder, `store-${accounts}.db`);
  copyFileSync(built, copy);
  return copy;
}

/** Reads it once through: on a machine that has been running for a while, memory holds what is asked for all the time. */
export async function warm(database: string): Promise<void> {
  const stream = createReadStream(database, { highWaterMark: 1 << 20 });
  stream.resume();
  await once(stream, 'close');
}

async function build(built: string, accounts: number, say: (line: string) => void): Promise<void> {
  say(`building a store of ${accounts} accounts and ${accounts * 10} touchpoints; it is kept for the next time`);
  const unfinished = `${built}.unfinished`;
  for (const end of ['', '-wal', '-shm', '.lock']) rmSync(unfinished + end, { force: true });
  const building = startRunning(programOf('build-store'), { arguments: [unfinished, String(accounts)] });
  await building.ended;
  rmSync(`${unfinished}.lock`, { force: true });
  if (building.output() !== '') throw new Error(`the store could not be built: ${building.output()}`);
  renameSync(unfinished, built);
}

/** Another schema, map or company needs another store. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const schema = join(import.meta.dirname, '../drizzle/sqlite');
  for (const name of readdirSync(schema)
    .filter((name) => name.endsWith('.sql'))
    .sort())
    hash.update(readFileSync(join(schema, name)));
  for (const file of [benchMapFile, join(import.meta.dirname, 'company.ts'), programOf('build-store')]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
