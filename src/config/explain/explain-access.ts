import { type Access, type Deed, deeds, openAccess, type Who } from '../../core/access.ts';
import { paragraph } from './layout.ts';

const words: Record<Deed, string> = {
  acknowledge: 'take, snooze and resolve alerts',
  record: 'log touchpoints and set roles',
  mute: 'mute accounts',
  subscribe: 'subscribe to digests',
};

export const limitsAccess = (access: Access): boolean => JSON.stringify(access) !== JSON.stringify(openAccess);

/** Who may do and see what, a line each; nothing of what everybody may. */
export function explainAccess({ may, amounts, details, bots }: Access): string[] {
  const lines = deeds.flatMap((deed) => {
    const who = may[deed];
    return who === 'everyone' ? [] : [`To ${words[deed]}: ${namesOf(who)}.`];
  });
  if (amounts !== null)
    lines.push(`Amounts are shown to ${listOf([...amounts.who.emails, ...amounts.who.userIds])} in answers, and in ${channels(amounts.channels)}.`);
  if (details !== null) lines.push(`Accounts are shown in ${channels(details)}, and to one person alone.`);
  if (bots.length > 0) lines.push(`Bots that may do what everyone may: ${bots.join(', ')}.`);
  return lines.flatMap((line) => paragraph(line, 2));
}

const namesOf = (who: Exclude<Who, 'everyone'>): string => listOf([...who.emails, ...who.userIds]);

const listOf = (names: readonly string[]): string => {
  if (names.length === 0) return 'nobody';
  return names.length > shown ? `${names.slice(0, shown).join(', ')} and ${names.length - shown} more` : names.join(', ');
};

const shown = 10;

const channels = (names: readonly string[]): string => (names.length === 0 ? 'no channel' : names.join(', '));
