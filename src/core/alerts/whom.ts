import type { JourneyConfig, Notify, TeamDefinition } from '../journey/journey-map.ts';

/** People whom a message mentions beside the owner. `label`: as what, as people read it. `emails`: empty where journey.yml names nobody. */
export type Mention = { who: Exclude<Notify, 'owner'>; label: string; emails: string[] };

/** A team may have hundreds: so many of each are mentioned. */
export const mentionedAtMost = 10;

/** What decides whom `manager` and `team` mean now. */
export type Whose = { ownerEmail: string | null; team: TeamDefinition | null };

/** The people of a list, but for the owner, whom messages name by themselves. The team is that of the stage, else one that the owner is in. */
export function mentionsOf(notify: readonly Notify[], whose: Whose, { managers, teams }: Pick<JourneyConfig, 'managers' | 'teams'>): Mention[] {
  const owner = whose.ownerEmail?.toLowerCase() ?? null;
  const mentions: Mention[] = [];
  if (notify.includes('manager')) {
    const manager = (owner === null ? undefined : managers.byOwner[owner]) ?? managers.others;
    mentions.push({ who: 'manager', label: 'Manager', emails: manager === null ? [] : [manager] });
  }
  if (notify.includes('team')) {
    const team = whose.team ?? teams.find(({ members }) => owner !== null && members.includes(owner)) ?? null;
    mentions.push({ who: 'team', label: team === null ? 'Team' : `Team ${team.label}`, emails: team?.members ?? [] });
  }
  return mentions;
}

/** The e-mail addresses of all whom a message mentions. */
export const emailsOf = (notify: readonly Notify[], ownerEmail: string | null, mentions: readonly Mention[]): string[] => [
  ...new Set([...(notify.includes('owner') && ownerEmail !== null ? [ownerEmail] : []), ...mentions.flatMap(({ emails }) => emails)]),
];
