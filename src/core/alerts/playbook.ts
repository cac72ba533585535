import type { Finding } from '../detectors/detector.ts';
import { currentVisit, type Journey } from '../journey/journey.ts';
import type { PlaybookEntry } from '../journey/journey-map.ts';

/** The finding with what the team's own playbook suggests, where it says something about it; else with the rule's own suggestion. */
export function withPlaybook(finding: Finding, journey: Journey, playbook: readonly PlaybookEntry[]): Finding {
  const ofRule = playbook.filter(({ rule }) => rule === finding.rule);
  if (ofRule.length === 0) return finding;
  const stage = currentVisit(journey)?.stage ?? null;
  const roles = rolesOf(finding, journey);
  const [best] = ofRule
    .filter((entry) => (entry.role === null || roles.includes(entry.role)) && (entry.stage === null || entry.stage === stage))
    .toSorted((a, b) => weight(b) - weight(a));
  return best === undefined ? finding : { ...finding, nextStep: best.text };
}

/** Who it is about is nearer to it than where the journey is. */
const weight = ({ role, stage }: PlaybookEntry): number => (role === null ? 0 : 2) + (stage === null ? 0 : 1);

const ofRole = 'role:';

/** The role that it is about, or those of the people it is about. */
function rolesOf({ subject, people }: Finding, { committee }: Journey): string[] {
  if (subject.startsWith(ofRole)) return [subject.slice(ofRole.length)];
  return committee.filter(({ id }) => people.includes(id)).flatMap(({ roles }) => roles.map(({ role }) => role));
}
