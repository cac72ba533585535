import type { Finding } from '../detectors/detector.ts';
import { detectors } from '../detectors/index.ts';
import { type Alert, identityOf } from './alert.ts';

/**
 * The finding with the beginning that its alert knows, where its rule has forgotten it; where somebody has resolved that alert, whatever is known of the
 * beginning by now. The very same where there is no such alert, or its condition was gone since.
 */
export function sinceItBegan(finding: Finding, journeyId: string, alerts: readonly Alert[]): Finding {
  if (!forgetful.has(finding.rule)) return finding;
  const identity = identityOf(journeyId, finding);
  const known = alerts.find((alert) => alert.identity === identity && (alert.state !== 'resolved' || alert.holds));
  if (known === undefined || (!known.holds && known.finding.since >= finding.since)) return finding;
  return { ...finding, since: known.finding.since, dueAt: known.finding.dueAt };
}

const forgetful: ReadonlySet<string> = new Set(detectors.filter(({ forgetsSince }) => forgetsSince).map(({ name }) => name));
