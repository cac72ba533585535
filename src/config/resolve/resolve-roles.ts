import type { RoleDefinition } from '../../core/journey/journey-map.ts';
import { defaultRoles } from '../default-roles.ts';
import type { JourneyFile } from '../schema.ts';
import { labelOf, type Report } from './layers.ts';

/**
 * The built-in roles with the file's own put on top: its CRM values and titles are added to a role's, and taken from whatever built-in
 * role had them. One value for two roles of the file is a mistake.
 */
export function resolveRoles(roles: JourneyFile['roles'], report: Report): RoleDefinition[] {
  const claimed = { crm: claims(roles, 'crm', report), titles: claims(roles, 'titles', report) };
  const known = defaultRoles.map((role) => ({
    ...role,
    label: roles[role.key]?.label ?? role.label,
    crm: merged(role.key, role.crm, roles[role.key]?.crm, claimed.crm),
    titles: merged(role.key, role.titles, roles[role.key]?.titles, claimed.titles),
  }));
  const own = Object.entries(roles).filter(([key]) => !defaultRoles.some((role) => role.key === key));
  return [...known, ...own.map(([key, { label = labelOf(key), crm = [], titles = [] }]) => ({ key, label, crm, titles }))];
}

/** Role by value in lower case: CRM values and titles are compared without regard to case. */
function claims(roles: JourneyFile['roles'], field: 'crm' | 'titles', report: Report): Map<string, string> {
  const owners = new Map<string, string>();
  for (const [key, role] of Object.entries(roles)) {
    for (const [index, value] of (role[field] ?? []).entries()) {
      const owner = owners.get(value.toLowerCase());
      if (owner !== undefined && owner !== key) report(['roles', key, field, index], `\`${value}\` already means the role ${owner}`);
      owners.set(value.toLowerCase(), owner ?? key);
    }
  }
  return owners;
}

function merged(role: string, builtIn: readonly string[], own: readonly string[] = [], claimed: ReadonlyMap<string, string>): string[] {
  const free = builtIn.filter((value) => !claimed.has(value.toLowerCase()));
  return [...free, ...own.filter((value) => (claimed.get(value.toLowerCase()) ?? role) === role)];
}
