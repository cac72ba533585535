const orphanCheckMs = 500;

/** Resolves at the first SIGINT or SIGTERM; the second one ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve();
        process.once(signal, () => process.exit(130));
      });
    }
    // `npm run` puts a shell between npm and us, which dies of a signal without passing it on.
    const parent = process.ppid;
    if (process.env.npm_lifecycle_event !== undefined) {
      const watch = setInterval(() => {
        if (process.ppid === parent) return;
        clearInterval(watch);
        resolve();
      }, orphanCheckMs).unref();
    }
  });
}
