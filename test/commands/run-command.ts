import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const program = join(import.meta.dirname, '../../src/journey.js');

export type CommandRun = { code: number | null; output: string };

/** A folder of its own, gone when the test is. */
export async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'journey-command-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The real program in a folder, with nothing of our own environment but what Node needs; no terminal. */
export async function runCommand(folder: string, args: string[], environment: Record<string, string> = {}): Promise<CommandRun> {
  const PATH = process.env.PATH ?? '';
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env: { PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const [code] = await once(child, 'close');
  return { code: code as number | null, output };
}
