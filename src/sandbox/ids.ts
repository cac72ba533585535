/** Ids look like Slack's, and are the same in every run. */
export type Ids = {
  /** e.g. `next('V')` is V0000000001, then V0000000002. */
  next(prefix: string): string;
  /** A readable id: `named('C', 'deal-alerts')` is C01DEALALER. */
  named(prefix: string, name: string): string;
};

export function createIds(): Ids {
  const counters = new Map<string, number>();
  const count = (prefix: string): number => {
    const value = (counters.get(prefix) ?? 0) + 1;
    counters.set(prefix, value);
    return value;
  };
  return {
    next: (prefix) => `${prefix}${count(prefix).toString(36).toUpperCase().padStart(10, '0')}`,
    named: (prefix, name) => {
      const letters = name
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '')
        .slice(0, 8);
      return `${prefix}${count(prefix).toString().padStart(2, '0')}${letters.padEnd(8, '0')}`;
    },
  };
}
