import { Worker } from 'node:worker_threads';
import type Sqlite from 'better-sqlite3';
import type { Disk } from './disk.ts';

/**
 * `rowsBetween`: rows written until a checkpoint is asked for. Each copies a page once, however often it was written since the last one, and keeps the disk busy
 * that webhooks wait for: so they are rare. `longLog`: a log of so many pages (128 MiB) is brought to its end, so that it begins anew, even though whoever
 * writes waits for a moment. `little`: about so many pages are copied in that moment, and the disk is waited for.
 */
const usual = { rowsBetween: 4_000, longLog: 32_000, little: 300 };
/** While so much is written that little never is left, the log is brought to its end all the same. */
const runsAtMost = 8;
/** A thread that nobody has needed for so long goes, and its memory with it. */
const idleMs = 30_000;

export type Checkpoints = {
  wrote(rows: number): void;
  /** Until when nobody may write; null: one may. */
  held(): Promise<void> | null;
  stop(): Promise<void>;
};

/** What checkpoint-thread.js answers, in pages: how long the log is, and how much of it is in the file now. */
type Checkpointed = { log: number; checkpointed: number };

/**
 * Keeps the write-ahead log short from a second thread: SQLite's own checkpoints run within a commit, and there the event loop would wait for the
 * disk, some thirty milliseconds each time. A checkpoint beside a writer never reaches the end of the log, which then grows; once it is long, the thread goes over
 * it again and again, each time over what was written during the time before, and for what little is left the writers are held: they wait, the event loop does not.
 * SQLite makes the file durable only then, with all that was copied since the log began, and would make them wait for that, too: so `disk`, under the file itself, is
 * waited for before.
 * https://sqlite.org/wal.html#avoiding_excessively_large_wal_files
 */
export function createCheckpoints(client: Sqlite.Database, file: string, disk: Disk, { rowsBetween, longLog, little } = usual): Checkpoints {
  let rows = 0;
  let runs = 0;
  let copied = 0;
  let worker: Worker | null = null;
  let isAsked = false;
  /** Stopped, or the thread failed. */
  let isOver = false;
  let hold: PromiseWithResolvers<void> | null = null;
  let idle: NodeJS.Timeout | undefined;
  client.pragma('wal_autocheckpoint = 0');

  return {
    wrote(more) {
      rows += more;
      if (rows < rowsBetween || isAsked || isOver) return;
      runs = 0;
      run();
    },
    async stop() {
      isOver = true;
      clearTimeout(idle);
      await worker?.terminate();
      letGo();
    },
    held: () => hold?.promise ?? null,
  };

  function run(): void {
    rows = 0;
    runs += 1;
    isAsked = true;
    clearTimeout(idle);
    worker ??= start();
    worker.postMessage(null);
  }

  function start(): Worker {
    const thread = new Worker(new URL('checkpoint-thread.js', import.meta.url), {
      workerData: file,
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 },
    });
    thread.unref();
    thread.on('message', (done: Checkpointed) => void finished(done).catch(giveUp));
    thread.on('error', giveUp);
    return thread;
  }

  /** Without it SQLite does it again by itself. */
  function giveUp(): void {
    isOver = true;
    void worker?.terminate();
    worker = null;
    letGo();
    if (client.open) client.pragma('wal_autocheckpoint = 1000');
  }

  async function finished({ log, checkpointed }: Checkpointed): Promise<void> {
    if (isOver) return;
    isAsked = false;
    const before = copied <= checkpointed ? copied : 0;
    copied = checkpointed;
    if (hold !== null) {
      copied = 0;
      letGo();
    } else if (log > longLog && checkpointed >= 0) {
      // The first time, all that was ever copied is still to be made durable.
      if (runs > 1 && (checkpointed - before <= little || runs >= runsAtMost)) holdWriters();
      else await flush();
      if (!isOver) run();
      return;
    }
    idle = setTimeout(() => {
      void worker?.terminate();
      worker = null;
    }, idleMs).unref();
  }

  /** @throws StoreError */
  async function flush(): Promise<void> {
    isAsked = true;
    disk.wrote();
    await disk.holds();
  }

  /** A process whose writers wait has something to do. */
  function holdWriters(): void {
    hold = Promise.withResolvers();
    worker?.ref();
  }

  function letGo(): void {
    hold?.resolve();
    hold = null;
    worker?.unref();
  }
}
