import type { RoleDefinition } from '../../core/journey/journey-map.ts';
import { defaultRoles } from '../default-roles.ts';
import { paragraph } from './layout.ts';

/** The roles with what they are recognised by: first those that journey.yml adds, for a mistyped key adds one. */
export function explainRoles(roles: readonly RoleDefinition[]): string[] {
  const isOurs = ({ key }: RoleDefinition): boolean => defaultRoles.some((role) => role.key === key);
  return [...roles.filter((role) => !isOurs(role)), ...roles.filter(isOurs)].flatMap((role) => {
    const signs = [listed('in the CRM', role.crm), listed('by title', role.titles)].filter((sign) => sign !== '');
    const words = signs.length === 0 ? 'recognised by nothing: neither CRM values nor titles' : signs.join('; ');
    return paragraph(`${role.key}${isOurs(role) ? '' : ' (your own)'}: ${words}`, 2);
  });
}

/** CRMs write the same one in several cases, which make no difference. */
function listed(where: string, values: readonly string[]): string {
  const once = [...new Map(values.map((value) => [value.toLowerCase(), value])).values()];
  return once.length === 0 ? '' : `${where} ${once.join(', ')}`;
}
