/** Slack waits three seconds for the acknowledgement of a form: one for asking who somebody is, most of the rest for what they ask for. */
export const patienceMs = { admission: 1_000, listener: 1_800 } as const;

/** Whether the form was acknowledged already, with the word that it takes longer: what becomes of it is to be shown in its place. */
export const isLate = (context: Record<string, unknown>): boolean => context.isLate === true;

export function markLate(context: Record<string, unknown>): void {
  context.isLate = true;
}

/** Null, after a while. */
export const later = (ms: number): Promise<null> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(null), ms).unref();
  });
