import type { OwnerDefinition } from './journey-map.ts';

/**
 * The e-mail address of what a CRM calls an owner: `owners` of journey.yml first, then the value itself where it is an address. Null: neither says.
 * Spaces at either end and case make no difference.
 */
export function ownerEmailOf(owner: string | null | undefined, owners: readonly OwnerDefinition[]): string | null {
  if (owner == null) return null;
  const value = owner.trim();
  return lookupOf(owners).get(foldOwner(value)) ?? (value.includes('@') ? value : null);
}

/** How owners are compared. */
export const foldOwner = (value: string): string => value.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Worked out once a config: journeys are assembled at every evaluation. */
const lookups = new WeakMap<readonly OwnerDefinition[], Map<string, string>>();

function lookupOf(owners: readonly OwnerDefinition[]): Map<string, string> {
  const lookup = lookups.get(owners) ?? new Map(owners.map(({ crm, email }) => [foldOwner(crm), email]));
  lookups.set(owners, lookup);
  return lookup;
}
