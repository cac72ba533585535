/** A task that never runs beside itself: asked for while it runs, it runs once more afterwards. */
export type SingleFlight = {
  /** Resolves when a run that began after this call has ended. */
  run(): Promise<void>;
  /** Resolves when nothing runs. */
  settled(): Promise<void>;
};

/** `task` must not throw: what it cannot do, it reports and leaves for the next run. */
export function createSingleFlight(task: () => Promise<void>): SingleFlight {
  let current: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    current = task().finally(() => {
      current = null;
    });
    return current;
  };
  return {
    run() {
      if (next !== null) return next;
      if (current === null) return begin();
      next = current.then(() => {
        next = null;
        return begin();
      });
      return next;
    },
    async settled() {
      while (current !== null || next !== null) await (next ?? current);
    },
  };
}
