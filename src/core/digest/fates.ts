import type { Alert } from '../alerts/alert.ts';
import { taking } from '../alerts/alert-life.ts';
import type { AuditEntry } from '../alerts/audit.ts';
import { votesOf } from '../alerts/vote.ts';
import type { Calendar } from '../calendar.ts';
import { titleOf } from '../detectors/index.ts';
import { actWithin } from '../insight/action-rate.ts';
import type { EpochMs } from '../time.ts';

/**
 * What became of an alert that was told:
 * - `not-useful`: more people called it so than useful;
 * - `acted`: somebody took it, put it off, resolved it, or called it useful;
 * - `cleared`: its condition was gone, or its journey ended, and nobody had done anything about it here;
 * - `ignored`: still open after two working days, and nobody has done anything;
 * - `fresh`: younger than that.
 */
export const fates = ['acted', 'cleared', 'ignored', 'not-useful', 'fresh'] as const;
export type Fate = (typeof fates)[number];

/** How many were told, and what became of them: the sum of the rest. */
export type FateCounts = { told: number } & Record<Fate, number>;

/** What people did about alerts, as the audit has it. */
type FateSetting = { deeds: readonly AuditEntry[]; calendar: Pick<Calendar, 'add'>; now: EpochMs };

/** Null: it was told nowhere. */
export function fateOf(alert: Alert, { deeds, calendar, now }: FateSetting): Fate | null {
  const saidAt = alert.firstSaidAt ?? alert.saidAt;
  if (saidAt === null) return null;
  const { useful, notUseful } = votesOf(alert);
  if (notUseful > useful) return 'not-useful';
  const { resolution } = alert;
  const taken = deeds.some(({ alertId, what }) => alertId === alert.id && taking.has(what));
  if (useful > 0 || taken || alert.acknowledged !== null || alert.snooze !== null || resolution?.how === 'by-hand') return 'acted';
  if (resolution !== null) return 'cleared';
  return now >= calendar.add(saidAt, actWithin) ? 'ignored' : 'fresh';
}

export const countFates = (found: readonly Fate[]): FateCounts => ({
  told: found.length,
  acted: 0,
  cleared: 0,
  ignored: 0,
  'not-useful': 0,
  fresh: 0,
  ...Object.fromEntries([...Map.groupBy(found, (fate) => fate)].map(([fate, all]) => [fate, all.length])),
});

export type RuleFates = { rule: string; title: string; counts: FateCounts };

/** By rule, the one with most alerts first. */
export const fatesByRule = (found: readonly { rule: string; fate: Fate }[]): RuleFates[] =>
  [...Map.groupBy(found, ({ rule }) => rule)]
    .map(([rule, all]) => ({ rule, title: titleOf(rule), counts: countFates(all.map(({ fate }) => fate)) }))
    .sort((a, b) => b.counts.told - a.counts.told || (a.rule < b.rule ? -1 : 1));
