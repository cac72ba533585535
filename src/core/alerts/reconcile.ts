import type { Finding } from '../detectors/detector.ts';
import type { EpochMs } from '../time.ts';
import { type Alert, type AlertPlace, type AlertRoute, alertIdOf, type Escalation, identityOf } from './alert.ts';

/** Why an alert is over of which no finding is left. */
export type AlertEnd = { how: 'cleared'; text: string; inTime?: true } | { how: 'ended'; text: string };

/** What is true now, and what is known of what was said. */
export type ReconcileInput = {
  journey: { id: string; accountId: string | null; dealId: string | null; stage: string | null };
  /** Not resolved, or resolved by hand and still holding, and the newest episode of each identity. */
  alerts: Alert[];
  findings: Finding[];
  inhibitedBy(finding: Finding): string | null;
  routesOf(finding: Finding): AlertRoute[];
  /** What follows while nobody takes it; null: nothing. */
  escalationOf(finding: Finding): Escalation | null;
  /** Whose numbers it is found by. Not there: a feed's have none. */
  placeOf?(finding: Finding): AlertPlace;
  /** Nothing can be said of it for want of data: its alert stays as it is. */
  undecided(rule: string, subject: string): boolean;
  /** Why an alert whose finding is gone is over: a positive reason. */
  endOf(alert: Alert): AlertEnd;
  now: EpochMs;
};

export type Reconciled = {
  /** All alerts as they are now: those given, changed or not, and new ones. */
  alerts: Alert[];
  /** What was done to which, for the audit. */
  steps: {
    alertId: string;
    what: 'opened' | 'cleared' | 'ended' | 'snooze over' | 'condition changed' | 'held back' | 'released' | 'escalated';
    why: string | null;
  }[];
};

/**
 * Brings alerts in line with findings: opens, refreshes and resolves. Level-triggered: doing it twice changes nothing (tested as a property).
 * What was resolved by hand stays so as long as its condition is the same one, told by the finding's `since`.
 */
export function reconcile(input: ReconcileInput): Reconciled {
  const result: Reconciled = { alerts: [], steps: [] };
  const found = new Map(input.findings.map((finding) => [identityOf(input.journey.id, finding), finding]));
  const newest = newestEpisodes(input.alerts);
  for (const alert of input.alerts) {
    const isNewest = newest.get(alert.identity) === alert;
    const finding = isNewest ? found.get(alert.identity) : undefined;
    result.alerts.push(alert.state === 'resolved' ? settleHeld(alert, finding, input, result) : refresh(alert, finding, input, result));
  }
  for (const [identity, finding] of found) {
    const last = newest.get(identity);
    if (last === undefined || (last.state === 'resolved' && !(last.holds && last.finding.since === finding.since))) {
      const alert = open(identity, finding, last, input);
      result.alerts.push(alert);
      result.steps.push({ alertId: alert.id, what: 'opened', why: finding.headline });
    }
  }
  return result;
}

function open(identity: string, finding: Finding, last: Alert | undefined, input: ReconcileInput): Alert {
  const { journey, inhibitedBy, routesOf, now } = input;
  const episode = (last?.episode ?? 0) + 1;
  const escalation = input.escalationOf(finding);
  const place = input.placeOf?.(finding);
  return {
    id: alertIdOf(finding.rule, identity, episode),
    identity,
    journeyId: journey.id,
    accountId: journey.accountId,
    dealId: journey.dealId,
    rule: finding.rule,
    subject: finding.subject,
    episode,
    previousId: last?.id ?? null,
    state: 'open',
    finding,
    routes: routesOf(finding),
    openedAt: now,
    acknowledged: null,
    snooze: null,
    inhibitedBy: inhibitedBy(finding),
    resolution: null,
    holds: false,
    saidAt: null,
    ...(escalation === null ? {} : { escalation }),
    ...(place === undefined ? {} : { place }),
  };
}

/** An alert that is open or acknowledged. */
function refresh(alert: Alert, finding: Finding | undefined, input: ReconcileInput, { steps }: Reconciled): Alert {
  if (finding === undefined) {
    if (input.undecided(alert.rule, alert.subject)) return snoozed(alert, input, steps);
    const end = input.endOf(alert);
    steps.push({ alertId: alert.id, what: end.how, why: end.text });
    return { ...alert, state: 'resolved', resolution: { at: input.now, ...end }, snooze: null, inhibitedBy: null };
  }
  const inhibitedBy = input.inhibitedBy(finding);
  if (inhibitedBy !== alert.inhibitedBy)
    steps.push({ alertId: alert.id, what: inhibitedBy === null ? 'released' : 'held back', why: inhibitedBy ?? alert.inhibitedBy });
  // A deal may have come to another account.
  const { accountId } = input.journey;
  const same = inhibitedBy === alert.inhibitedBy && accountId === alert.accountId && JSON.stringify(finding) === JSON.stringify(alert.finding);
  return snoozed(routed(same ? alert : { ...alert, accountId, finding, inhibitedBy }, input), input, steps);
}

/** One that only digests told of, and that nobody has taken, goes to a channel once it is worth that: it may have become more severe in another stage. */
function routed(alert: Alert, { routesOf, escalationOf }: ReconcileInput): Alert {
  if (alert.routes.length > 0 || alert.state !== 'open' || alert.snooze !== null) return alert;
  const routes = routesOf(alert.finding);
  if (routes.length === 0) return alert;
  const escalation = escalationOf(alert.finding);
  return { ...alert, routes, ...(escalation === null ? {} : { escalation }) };
}

/** A snooze that is over is taken off. */
function snoozed(alert: Alert, { journey, now }: ReconcileInput, steps: Reconciled['steps']): Alert {
  const { snooze } = alert;
  if (snooze === null) return alert;
  const over = snooze.until === 'stage-change' ? snooze.stage !== journey.stage : snooze.until <= now;
  if (!over) return alert;
  steps.push({ alertId: alert.id, what: 'snooze over', why: null });
  return { ...alert, snooze: null };
}

/** One that was resolved by hand holds until its condition is gone or another one. */
function settleHeld(alert: Alert, finding: Finding | undefined, input: ReconcileInput, { steps }: Reconciled): Alert {
  if (!alert.holds || (finding !== undefined && finding.since === alert.finding.since)) return alert;
  if (finding === undefined && input.undecided(alert.rule, alert.subject)) return alert;
  steps.push({ alertId: alert.id, what: 'condition changed', why: null });
  return { ...alert, holds: false };
}

function newestEpisodes(alerts: Alert[]): Map<string, Alert> {
  const newest = new Map<string, Alert>();
  for (const alert of alerts) {
    const known = newest.get(alert.identity);
    if (known === undefined || known.episode < alert.episode) newest.set(alert.identity, alert);
  }
  return newest;
}
