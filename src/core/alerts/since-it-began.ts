import type { Finding } from '../detectors/detector.ts';
import { detectors } from '../detectors/index.ts';
import { type Alert, identityOf } from './alert.ts';

/** The finding with the beginning that its alert knows, where its rule has forgotten it. The very same where the alert knows none, or its condition was gone since. */
export function sinceItBegan(finding: Finding, journeyId: string, alerts: readonly Alert[]): Finding {
  if (!forgetful.has(finding.rule)) return finding;
  const identity = identityOf(journeyId, finding);
  const known = alerts.find((alert) => alert.identity === identity && (alert.state !== 'resolved' || alert.holds));
  if (known === undefined || known.finding.since >= finding.since) return finding;
  return { ...finding, since: known.finding.since, dueAt: known.finding.dueAt };
}

const forgetful: ReadonlySet<string> = new Set(detectors.filter(({ forgetsSince }) => forgetsSince).map(({ name }) => name));
