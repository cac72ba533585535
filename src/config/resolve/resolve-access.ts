import { type Access, deeds, type Who } from '../../core/access.ts';
import type { Managers, TeamDefinition } from '../../core/journey/journey-map.ts';
import type { AccessSection } from '../schema/access-section.ts';
import { suggest } from '../suggest.ts';
import type { Report } from './layers.ts';

/** `channels`: those that journey.yml itself posts to. */
type Surroundings = { managers: Managers; teams: TeamDefinition[]; channels: readonly string[] };

/** Names looked up: a team is its members, `managers` are all that the file names. */
export function resolveAccess(section: AccessSection, around: Surroundings, report: Report): Access {
  const may = Object.fromEntries(deeds.map((deed) => [deed, whoOf(section[deed], deed)])) as Access['may'];
  const amounts = whoOf(section.amounts, 'amounts');
  return {
    may,
    amounts: amounts === 'everyone' ? null : { who: amounts, channels: section.amounts.filter(isChannel) },
    details: section.details === undefined ? null : [...new Set([...section.details, ...around.channels])],
    bots: section.bots,
  };

  function whoOf(words: readonly string[], key: string): Who {
    const emails = new Set<string>();
    const userIds = new Set<string>();
    let everyone = false;
    for (const [index, word] of words.entries()) {
      if (isChannel(word)) continue;
      if (word === 'everyone') everyone = true;
      else if (word === 'managers') for (const email of managersOf(['access', key, index])) emails.add(email);
      else if (word.includes('@')) emails.add(word.toLowerCase());
      else if (/^[UW][A-Z0-9]/.test(word)) userIds.add(word);
      else for (const email of teamOf(word, ['access', key, index])) emails.add(email);
    }
    return everyone ? 'everyone' : { emails: [...emails], userIds: [...userIds] };
  }

  function managersOf(path: (string | number)[]): string[] {
    const { byOwner, others } = around.managers;
    const emails = [...Object.values(byOwner), ...(others === null ? [] : [others])].map((email) => email.toLowerCase());
    if (emails.length === 0) report(path, 'nobody is a manager yet: name them in `managers`, such as managers: { default: mia@us.example }');
    return emails;
  }

  function teamOf(word: string, path: (string | number)[]): string[] {
    const team = around.teams.find(({ key }) => key === word);
    const known = ['everyone', 'managers', ...around.teams.map(({ key }) => key)];
    if (team === undefined) report(path, `unknown team \`${word}\``, { suggestion: suggest(word, known) });
    else if (team.members.length === 0) report(path, `the team \`${word}\` names no members`);
    return team?.members ?? [];
  }
}

const isChannel = (word: string): boolean => word.startsWith('#') || /^[CG][A-Z0-9]{8,}$/.test(word);
