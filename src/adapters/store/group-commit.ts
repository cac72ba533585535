/**
 * Gathers calls that come in the same turn of the event loop and hands them over together: under load one transaction carries many,
 * and an idle caller waits for nothing. When they fail together, each is tried alone, so that only the one at fault is refused.
 */
export function createGroupCommit<Call, Result>(
  run: (calls: Call[]) => Promise<Result[]>,
): { add(call: Call): Promise<Result>; idle(): Promise<void> } {
  type Waiting = { call: Call; resolve(result: Result): void; reject(error: unknown): void };
  let waiting: Waiting[] = [];
  let running: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    const group = waiting;
    waiting = [];
    const before = running;
    running = before.then(() => settle(group));
    await running;
  }

  async function settle(group: Waiting[]): Promise<void> {
    try {
      const results = await run(group.map(({ call }) => call));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await settle([one]);
    }
  }

  return {
    add: (call) =>
      new Promise<Result>((resolve, reject) => {
        waiting.push({ call, resolve, reject });
        if (waiting.length === 1) setImmediate(() => void flush());
      }),
    /** When everything added so far is settled. */
    async idle() {
      if (waiting.length > 0) await flush();
      await running;
    },
  };
}
