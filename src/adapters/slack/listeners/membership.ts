import type { SlackPerson } from '../people.ts';
import type { WorkspaceIdentity } from '../workspace-identity.ts';

export type NoMember = 'guest' | 'other-organisation' | 'deactivated' | 'bot' | 'unknown';

/** Null for a full member of this workspace, or of another one of the same enterprise; and for those of its bots that journey.yml lets in. */
export function refusalReason(person: SlackPerson | null, here: WorkspaceIdentity, bots: readonly string[] = []): NoMember | null {
  if (person === null) return 'unknown';
  if (person.isDeactivated) return 'deactivated';
  if (person.isBot && !isLetIn(person, bots)) return 'bot';
  if (person.isStranger) return 'other-organisation';
  const isOurs =
    person.teamIds.includes(here.teamId) ||
    (here.enterpriseId !== null && (person.enterpriseId === here.enterpriseId || person.teamIds.includes(here.enterpriseId)));
  if (!isOurs) return person.teamIds.length === 0 && person.enterpriseId === null ? 'unknown' : 'other-organisation';
  return person.isGuest ? 'guest' : null;
}

const isLetIn = ({ id, botId }: SlackPerson, bots: readonly string[]): boolean => bots.includes(id) || (botId !== null && bots.includes(botId));
