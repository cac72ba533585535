import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

// A thread of its own, which copies what the write-ahead log holds into the file each time it is asked, and says how far it came, in pages.
// In plain JavaScript: Node's type stripper would take 25 MB for it.
// Linux has priorities of threads, and takes this for the calling one alone (setpriority(2), "C library/kernel differences"); elsewhere it is the process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const client = new Sqlite(workerData, { timeout: 0 });
client.pragma('synchronous = FULL');
// It reads nothing but the log.
client.pragma('cache_size = -64');

parentPort?.on('message', () => {
  const [{ log, checkpointed }] = client.pragma('wal_checkpoint(PASSIVE)');
  parentPort?.postMessage({ log, checkpointed });
});
