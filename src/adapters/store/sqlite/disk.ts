import { closeSync, fdatasync, openSync } from 'node:fs';
import { StoreError } from '../../../app/errors.ts';

/** The disk under a file of a store. */
export type Disk = {
  /** Something was written to the file. */
  wrote(): void;
  /** Resolves when it holds all that was written before the call. @throws StoreError, from then on always: nobody knows what a failed disk has kept. */
  holds(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Makes the write-ahead log durable beside the event loop, which would otherwise stand still in every commit for as long as the disk takes: commits are
 * `synchronous = NORMAL`, which leaves the log to the system, and whoever must not be answered before the disk has it waits here. All who come while
 * the disk is busy share its next turn. The log is one file, written from its beginning to its end and made durable whole, so what is held is always a
 * beginning of what was committed; that a log is begun anew, or copied into the file, SQLite guards itself.
 * https://sqlite.org/pragma.html#pragma_synchronous
 */
export function createDisk(log: string, makeDurable: (descriptor: number) => Promise<void> = datasync): Disk {
  let descriptor: number | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  /** Something was written that no turn has begun with. */
  let isBehind = false;
  let failure: StoreError | null = null;

  return {
    wrote() {
      isBehind = true;
    },
    async holds() {
      if (failure !== null) throw failure;
      if (!isBehind) return running ?? undefined;
      if (next !== null) return next;
      if (running === null) return begin();
      next = running.then(() => {
        next = null;
        return begin();
      });
      return next;
    },
    async close() {
      await (next ?? running)?.catch(() => undefined);
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };

  function begin(): Promise<void> {
    isBehind = false;
    running = turn().finally(() => {
      running = null;
    });
    return running;
  }

  async function turn(): Promise<void> {
    try {
      descriptor ??= openSync(log, 'r+');
      await makeDurable(descriptor);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      failure = new StoreError(`The disk did not take what was written: ${why}. Look after the disk, then start again.`, { cause: error });
      throw failure;
    }
  }
}

const datasync = (descriptor: number): Promise<void> =>
  new Promise((resolve, reject) => {
    fdatasync(descriptor, (error) => (error === null ? resolve() : reject(error)));
  });
