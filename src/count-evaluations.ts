import type { Metrics } from './adapters/metrics.ts';
import { ruleOfId } from './core/alerts/alert.ts';
import type { Change } from './core/change.ts';

/** Counts journeys that were evaluated, and the alerts that opened and ended thereby. */
export function countEvaluations(metrics: Metrics, cause: 'signal' | 'timer', journeys: number, changes: readonly Change[]): void {
  if (journeys > 0) metrics.evaluated(cause, journeys);
  for (const change of changes) {
    if (change.kind !== 'audit.add') continue;
    const { what, alertId } = change.entry;
    if (what === 'opened') metrics.alert(ruleOfId(alertId), 'opened');
    if (what === 'cleared' || what === 'ended') metrics.alert(ruleOfId(alertId), 'resolved');
  }
}
