/** A local CRM that has a past, for a command that imports it over HTTP. */
export type FilledCrm = {
  /** What the command needs to ask it. */
  environment: Record<string, string>;
  /** How many requests have come so far. */
  requests(): number;
  close(): Promise<unknown>;
};

/** `at`: lets the CRM's clock stand so many days before the present. */
export type PastClock = { now(): number; at(daysAgo: number): void };

/** The number of customers is one that takes the slowest adapter two pages. */
export const customers = 54;
