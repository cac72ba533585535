const orphanCheckMs = 500;

/** Resolves at the first SIGINT or SIGTERM; a second one, whichever it is, ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (isAsked) process.exit(130);
        isAsked = true;
        resolve();
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
