/** How much is measured, and where things lie. */
export type Bench = {
  rounds: number;
  /** Accounts of the big store. */
  accounts: number;
  /** Webhooks a flood sends. */
  flood: number;
  floodSeconds: number;
  /** How long a paced measurement takes, seconds. */
  paceSeconds: number;
  dueJourneys: number;
  /** Deals that an import brings; ten moves each. */
  deals: number;
  /** Journeys whose year is replayed. */
  replayed: number;
  /** Lost when the program ends. */
  folder: string;
  secret: string;
  /** What is being done, for whoever waits. */
  say(line: string): void;
};

export const serverCore = 0;
export const loadCore = 1;
export const connections = 64;
export const webhookPath = '/webhooks/signals';

export const programOf = (name: string): string => `${import.meta.dirname}/processes/${name}.ts`;
