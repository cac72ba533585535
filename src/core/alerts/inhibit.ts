import type { Detector, Finding } from '../detectors/detector.ts';

/** What holds a journey's findings back from outside its own rules. */
export type Holds = {
  /** Its account is muted. */
  muted: boolean;
  /** Its CRM has gone quiet: silence means nothing for now. */
  feedStale: boolean;
};

/** For each finding of a journey, what holds it back for a reason of its own: `mute`, `stale-feed`, a rule that says it already; else null. */
export function inhibit(findings: Finding[], detectors: readonly Detector[], holds: Holds): (finding: Finding) => string | null {
  const found = new Set(findings.map((finding) => finding.rule));
  const byRule = new Map<string, string>();
  for (const { name, inhibits } of detectors) {
    if (found.has(name)) for (const target of inhibits ?? []) byRule.set(target, name);
  }
  const silent = new Set(detectors.filter((detector) => detector.silence).map((detector) => detector.name));
  return ({ rule }) => {
    if (holds.muted) return 'mute';
    if (holds.feedStale && silent.has(rule)) return 'stale-feed';
    return byRule.get(rule) ?? null;
  };
}
