import type { EpochMs } from '../time.ts';

/** One line of the append-only record of what was done to an alert or a journey, by whom and why. `who`: `bot` or a Slack user id. */
export type AuditEntry = {
  id: string;
  at: EpochMs;
  journeyId: string | null;
  alertId: string | null;
  who: string;
  what: string;
  why: string | null;
};
