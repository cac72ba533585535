import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const extraMs = 2;

/** Both ways to make a file durable, each two milliseconds later: as a disk without a write cache is. */
const source = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
static void wait_longer(void) { struct timespec t = {0, ${extraMs}000000}; nanosleep(&t, 0); }
int fsync(int fd) { wait_longer(); return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd); }
int fdatasync(int fd) { wait_longer(); return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd); }
`;

/** The environment under which a process's disk is slow; or why there is none here. */
export function slowFsync(folder: string): { environment: Record<string, string> } | { why: string } {
  if (process.platform !== 'linux') return { why: `no LD_PRELOAD on ${process.platform}` };
  const file = join(folder, 'slow-fsync.c');
  const library = join(folder, 'slow-fsync.so');
  writeFileSync(file, source);
  const compiled = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, file, '-ldl'], { encoding: 'utf8' });
  if (compiled.error !== undefined) return { why: 'no compiler (cc)' };
  if (compiled.status !== 0) return { why: `the compiler refused: ${compiled.stderr.slice(0, 200)}` };
  return { environment: { LD_PRELOAD: library } };
}
