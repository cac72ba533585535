import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

/** What a process of the benchmark can be asked: each by its name, with one value, answered by one value. */
export type Api = Record<string, (input: never) => unknown>;
type Call = { id: number; name: string; input: unknown };
type Answer = { id: number; output?: unknown; error?: string };

/** A process at work, seen from outside. */
export type Running = { pid: number; output(): string; ended: Promise<void>; stop(): Promise<void> };
export type Asked<Of extends Api> = Running & {
  ask<Name extends keyof Of & string>(name: Name, input: Parameters<Of[Name]>[0]): Promise<Awaited<ReturnType<Of[Name]>>>;
};

export type StartOptions = {
  arguments?: string[];
  /** Of Node itself. */
  flags?: string[];
  environment?: Record<string, string>;
  /** The core it is tied to, where the platform has `taskset` and there are two cores. */
  core?: 0 | 1;
};

/** Whether server and load can each have a core of their own. */
export const hasOwnCores: boolean = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** Starts a program that answers with `answering`. */
export function startAsked<Of extends Api>(program: string, options: StartOptions = {}): Asked<Of> {
  const child = start(program, options, true);
  const waiting = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>();
  let asked = 0;
  child.on('message', ({ id, output, error }: Answer) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(output);
    else one?.reject(new Error(error));
  });
  const running = watch(child);
  void running.ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`${program} ended: ${running.output()}`));
  });
  return {
    ...running,
    ask: (name, input) =>
      new Promise((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve: resolve as (output: unknown) => void, reject });
        child.send({ id: asked, name, input } satisfies Call);
      }),
  };
}

/** Starts a program that only runs. */
export const startRunning = (program: string, options: StartOptions = {}): Running => watch(start(program, options, false));

/** The other side: answers what is asked until the asker goes away. */
export function answering<Of extends Api>(api: Of): void {
  process.on('message', ({ id, name, input }: Call) => {
    const answer = async (): Promise<unknown> => api[name]?.(input as never);
    answer().then(
      (output) => process.send?.({ id, output } satisfies Answer),
      (error: unknown) => process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Answer),
    );
  });
  process.on('disconnect', () => process.exit());
}

function start(program: string, { arguments: given = [], flags = [], environment = {}, core }: StartOptions, speaks: boolean): ChildProcess {
  const line = [process.execPath, ...flags, program, ...given];
  const [command = '', ...rest] = core !== undefined && hasOwnCores ? ['taskset', '-c', String(core), ...line] : line;
  return spawn(command, rest, {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', ...(speaks ? (['ipc'] as const) : [])],
  });
}

function watch(child: ChildProcess): Running {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-4_000);
    });
  }
  const ended = once(child, 'exit').then(() => undefined);
  return {
    pid: child.pid ?? 0,
    output: () => text,
    ended,
    async stop() {
      const hurry = setTimeout(() => child.kill('SIGKILL'), 12_000);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(hurry);
    },
  };
}
