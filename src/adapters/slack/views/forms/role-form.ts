import type { ModalView } from '@slack/types';
import type { AccountPeople, KnownPerson } from '../../../../core/account-people.ts';
import { formIds } from '../../action-values.ts';
import { sections } from '../blocks.ts';
import { bold, join, type Mrkdwn, md } from '../escape.ts';
import { roleOrigin } from '../role-origin.ts';
import { count } from '../words.ts';
import { form, menuField, radioField } from './form.ts';

export const roleFields = { person: 'person', role: 'role', held: 'held' } as const;

const shown = 10;

const choices = [
  { text: 'Has this role', value: 'held' },
  { text: 'Does not have it (any more)', value: 'not-held' },
];

/**
 * Asks who has which role. `role`, `personId`: the role that an alert misses, and whom it is about. Whoever's title suggests the role is proposed before anybody
 * else. Null: there is nobody to choose.
 */
export function roleForm(
  { account, deals, people, roles }: AccountPeople,
  { role: wanted, personId }: { role: string | null; personId: string | null },
  metadata: string,
): ModalView | null {
  const suggests = (wantedRole: string | null) =>
    people.find(({ suggested }) => suggested.some(({ role }) => wantedRole === null || role === wantedRole));
  const meant = people.find(({ id }) => id === personId);
  const proposed = (wanted === null ? meant : suggests(wanted)) ?? meant ?? (wanted === null ? suggests(null) : undefined);
  const role = wanted ?? proposed?.suggested[0]?.role;
  const whom = menuField(
    { name: roleFields.person, label: 'Person' },
    people.map(({ id, name, title }) => ({ text: title === null ? name : `${name}, ${title}`, value: id })),
    proposed?.id,
  );
  const which = menuField(
    { name: roleFields.role, label: 'Role' },
    roles.map(({ key, label }) => ({ text: label, value: key })),
    role,
  );
  if (whom === null || which === null) return null;
  const name = account?.name ?? deals[0]?.name ?? '';
  const lines = [bold(md`Who is who at ${name}`), ...people.slice(0, shown).map(personLine)];
  if (people.length > shown) lines.push(md`and ${count(people.length - shown, 'more person', 'more people')} in the menu`);
  return form(formIds.role, {
    title: 'Set a role',
    submit: 'Set',
    metadata,
    blocks: [...sections(lines), whom, which, radioField({ name: roleFields.held, label: 'What is true?' }, choices, 'held')],
  });
}

/** `• Priya Nair, CFO: Champion (from HubSpot), title “CFO” suggests economic buyer` */
function personLine({ name, title, roles, suggested }: KnownPerson): Mrkdwn {
  // What the title suggests is said with why, once.
  const sure = roles.filter(({ key }) => !suggested.some(({ role }) => role === key));
  const parts = [...sure.map((role) => md`${role.label} (${roleOrigin(role)})`), ...suggested.map(({ why }) => md`${why}`)];
  return md`• ${title === null ? name : `${name}, ${title}`}: ${parts.length === 0 ? md`no role` : join(parts, ', ')}`;
}
