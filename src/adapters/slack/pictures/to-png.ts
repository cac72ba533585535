import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Drawing } from './drawing.ts';

/** So many wait to be drawn that this one is left out. */
export class TooManyPicturesError extends Error {}

export type ToPng = {
  /** Sharp on screens with two pixels to one. @throws TooManyPicturesError; Error when it cannot be drawn */
  png(drawing: Pick<Drawing, 'svg'>): Promise<Buffer>;
  stop(): void;
};

/** What render-process.js answers. */
type Drawn = { id: number; png?: Uint8Array; error?: string };

const zoom = 2;
/** A process that nobody has needed for so long goes, and its memory with it. */
const idleMs = 10_000;
/** More than these, and the last one would come long after its answer: that one goes without. */
const mostWaiting = 8;
/** Nobody waits longer for a picture. A process that has not drawn by then hangs: the next picture gets another one. */
const longestWaitMs = 60_000;

/**
 * Draws in a second process, so that webhooks are taken in meanwhile. A thread would do for that, but what the renderer takes, some hundred megabytes
 * after a few pictures, would stay with the bot's process for good. It has what the processor has to spare: answers and alerts come before pictures.
 */
export function createToPng({ longestMs = longestWaitMs }: { longestMs?: number } = {}): ToPng {
  let drawer: Drawer | null = null;
  let idle: NodeJS.Timeout | undefined;

  return {
    png({ svg }) {
      clearTimeout(idle);
      drawer ??= startDrawer({
        longestMs,
        onIdle() {
          idle = setTimeout(letGo, idleMs).unref();
        },
        onOver(over) {
          if (drawer === over) drawer = null;
        },
      });
      return drawer.draw(svg);
    },
    stop() {
      clearTimeout(idle);
      letGo();
    },
  };

  /** At once: one that is on its way out must not be given anything to draw. */
  function letGo(): void {
    drawer?.end();
    drawer = null;
  }
}

type Drawer = { draw(svg: string): Promise<Buffer>; end(): void };

type DrawerDependencies = { longestMs: number; onIdle(): void; onOver(drawer: Drawer): void };

function startDrawer({ longestMs, onIdle, onOver }: DrawerDependencies): Drawer {
  const waiting = new Map<number, PromiseWithResolvers<Buffer> & { limit: NodeJS.Timeout }>();
  let last = 0;
  const child = fork(fileURLToPath(new URL('render-process.js', import.meta.url)), {
    execArgv: ['--expose-gc', '--max-semi-space-size=2'],
    // It needs nothing of the bot's, least of all its tokens.
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  yieldToOthers(child);
  const drawer: Drawer = {
    draw(svg) {
      if (waiting.size >= mostWaiting) return Promise.reject(new TooManyPicturesError(`${mostWaiting} pictures wait to be drawn already`));
      const drawn = { ...Promise.withResolvers<Buffer>(), limit: setTimeout(() => child.kill('SIGKILL'), longestMs) };
      last += 1;
      waiting.set(last, drawn);
      holdUp(child, true);
      child.send({ id: last, svg, zoom });
      return drawn.promise;
    },
    end: () => void child.kill(),
  };
  child.on('message', (message) => {
    const { id, png, error } = message as Drawn;
    const drawn = waiting.get(id);
    clearTimeout(drawn?.limit);
    waiting.delete(id);
    if (png === undefined) drawn?.reject(new Error(`a picture cannot be drawn: ${error}`));
    else drawn?.resolve(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
    if (waiting.size > 0) return;
    holdUp(child, false);
    onIdle();
  });
  child.on('error', over);
  child.on('exit', () => over(new Error('the drawing process has ended')));
  return drawer;

  function over(error: Error): void {
    onOver(drawer);
    for (const { limit, reject } of waiting.values()) {
      clearTimeout(limit);
      reject(error);
    }
    waiting.clear();
  }
}

/** Whether the bot's process waits for this one before it ends. */
function holdUp(child: ChildProcess, isWaiting: boolean): void {
  if (isWaiting) child.ref();
  else child.unref();
  if (isWaiting) child.channel?.ref();
  else child.channel?.unref();
}

/** Where the system does not let it, it shares as others do. */
function yieldToOthers({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // Nothing depends on it.
  }
}
