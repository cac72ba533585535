import type { Finding } from '../detectors/detector.ts';
import { detectors } from '../detectors/index.ts';
import { staleFeed } from '../detectors/stale-feed.ts';

/** What holds a journey's findings back from outside its own rules. */
export type Holds = {
  /** Its account is muted. */
  muted: boolean;
  /** Its CRM has gone quiet: silence means nothing for now. */
  feedStale: boolean;
  /** Whether it is told in a channel; what only digests tell holds nothing back there. Default: all is. */
  isSaid?(finding: Finding): boolean;
};

/** Stands as `inhibitedBy` where a person has muted the account; else the name of a rule stands there. */
export const byMute = 'mute';

/** For each finding of a journey, what holds it back for a reason of its own: a stale feed, a rule that says it already, a mute; else null. */
export function inhibit(findings: Finding[], holds: Holds): (finding: Finding) => string | null {
  const { isSaid = () => true } = holds;
  const all = saidByOf(findings);
  const aloud = saidByOf(findings.filter(isSaid));
  return (finding) => {
    if (holds.feedStale && ofSilence.has(finding.rule)) return staleFeed.name;
    const said = (isSaid(finding) ? aloud : all)(finding);
    // A mute last: what it alone holds back is still true, and stands in answers.
    return said ?? (holds.muted ? byMute : null);
  };
}

/** For a finding, the rule that says it already; null: none of these does. */
function saidByOf(findings: Finding[]): (finding: Finding) => string | null {
  const found = new Set(findings.map((finding) => finding.rule));
  const byRule = new Map<string, string>();
  const bySubject = new Map<string, string>();
  for (const { name, inhibits = [], inhibitsSameSubject = [] } of detectors) {
    if (!found.has(name)) continue;
    for (const target of inhibits) byRule.set(target, name);
    for (const { rule, subject } of findings)
      if (rule === name) for (const target of inhibitsSameSubject) bySubject.set(`${target} ${subject}`, name);
  }
  return ({ rule, subject }) => byRule.get(rule) ?? bySubject.get(`${rule} ${subject}`) ?? null;
}

const ofSilence = new Set(detectors.filter(({ silence }) => silence).map(({ name }) => name));
