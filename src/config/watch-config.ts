import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import { type LoadOptions, loadConfig, loadConfigFile } from './load-config.ts';
import type { ConfigProblem } from './problem.ts';
import { readUtf8 } from './read-utf8.ts';

/** Calls `changed` whenever the file at a path may have changed; the answer stops it. */
export type Watch = (path: string, changed: () => void) => () => void;

export type WatchOptions = LoadOptions & {
  path: string;
  /** The text that is in force; default: the one at the time of the call. */
  known?: string;
  /** Called with each sound text that differs from the one before. Only its `version` says whether its meaning does. */
  onLoaded(config: JourneyConfig): void;
  /** Called with each broken text; what was loaded before stays in force. */
  onRefused(problems: ConfigProblem[]): void;
  /** Called with what the other two threw; the next text is taken all the same. */
  onFailed(error: unknown): void;
  watch?: Watch;
  /** How long there may be no file, or an empty one, as between the two steps of a save. */
  patienceMs?: number;
};

/** Takes a changed journey.yml over while the bot runs. Answers a function that ends it, after which no callback is called. */
export function watchConfig({
  path,
  known: inForce,
  onLoaded,
  onRefused,
  onFailed,
  watch = watchByStat,
  patienceMs = 5_000,
  ...options
}: WatchOptions): () => void {
  let ended = false;
  let waiting: NodeJS.Timeout | undefined;
  // Read at once: what is written right after this call is a change.
  let known = inForce ?? textNow(path);
  // One after the other, so that a slow older text can never replace a newer one.
  let taking = Promise.resolve();
  const take = async (): Promise<void> => {
    const read = await readUtf8(path).catch(() => null);
    const text = read === null ? '' : read.ok ? read.text : read.problem.message;
    if (ended) return;
    clearTimeout(waiting);
    if (read === null || text.trim() === '') {
      // Between the two steps of a save there is no file, or an empty one: what comes next decides.
      if (known !== null) waiting = setTimeout(() => next(takeAsItIs), patienceMs).unref();
      return;
    }
    if (text === known) return;
    known = text;
    if (!read.ok) {
      onRefused([{ file: path, path: '', suggestion: null, ...read.problem }]);
      return;
    }
    const loaded = await loadConfig({ file: path, text }, options);
    if (ended) return;
    if (loaded.ok) onLoaded(loaded.config);
    else onRefused(loaded.problems);
  };
  /** Nothing came next: it is broken as it is. Once it is back, it is taken whatever it says. */
  const takeAsItIs = async (): Promise<void> => {
    if (ended || (textNow(path) ?? '').trim() !== '') return take();
    known = null;
    const loaded = await loadConfigFile(path, options);
    if (!ended && !loaded.ok) onRefused(loaded.problems);
  };
  const next = (step: () => Promise<void>): void => {
    taking = taking.then(step).catch(onFailed);
  };
  const stop = watch(path, () => next(take));
  // It may have changed since it was read.
  if (inForce !== undefined) next(take);
  return () => {
    ended = true;
    clearTimeout(waiting);
    stop();
  };
}

const pollMs = 1000;

/**
 * Asks for the file's status every second. `fs.watch` follows an inode: it loses the file when an editor renames a new one into its place
 * or a mounted ConfigMap turns its symlink, and hears nothing on network volumes. A status each second costs next to nothing.
 */
function watchByStat(path: string, changed: () => void): () => void {
  watchFile(path, { interval: pollMs, persistent: false }, changed);
  return () => unwatchFile(path, changed);
}

function textNow(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
