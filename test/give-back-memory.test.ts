import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './docs/documents.ts';

/** In a process of its own, where another thread takes V8's flag back all the time. */
const program = `
  import { Worker } from 'node:worker_threads';
  const { giveBackMemory } = await import(${JSON.stringify(join(root, 'src/give-back-memory.ts'))});
  const other = new Worker("import { setFlagsFromString } from 'node:v8'; for (;;) setFlagsFromString('--no-expose-gc');", { eval: true });
  await new Promise((resolve) => other.once('online', resolve));
  for (let nth = 0; nth < 30; nth += 1) giveBackMemory();
  await other.terminate();
`;

describe('memory', () => {
  it('is given back, or not, but fails nobody, whatever other threads of the process do', () => {
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
