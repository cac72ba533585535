import { type Field, fieldNames, type IdOwner, type RowKind, usable } from './fields.ts';
import { headerNames } from './header-names.ts';

export type KnownHeader = { field: Field; rank: number };
const lookups = new Map<RowKind, Map<string, KnownHeader>>();

/** Known headers, as `plainHeader` has them, of rows of a kind. `rank`: of several columns for one field, the smaller says more. */
export function knownHeaders(rows: RowKind): Map<string, KnownHeader> {
  const known = lookups.get(rows);
  if (known !== undefined) return known;
  const lookup = new Map<string, KnownHeader>();
  for (const field of fieldNames) {
    for (const [rank, name] of (headerNames[rows][field]?.split(',') ?? []).entries())
      if (!lookup.has(name.trim())) lookup.set(name.trim(), { field, rank });
  }
  // The names that mapping files use are headers, too.
  for (const field of fieldNames.filter(usable[rows])) if (!lookup.has(plainHeader(field))) lookup.set(plainHeader(field), { field, rank: 0 });
  lookups.set(rows, lookup);
  return lookup;
}

/** Letters and digits alone, in lower case: `Deal - Title`, `deal_title` and `DEAL TITLE` are one. A currency in parentheses says nothing here. */
export const plainHeader = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/\((?:[A-Z]{3}|[€$£])\)/, ' ')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** HubSpot has a column for each stage: `Date entered "Contract Sent (Sales Pipeline)"`. */
const enteredColumn = /^(?:cumulative\s+)?(?:date entered|datum des eintritts in|eingetreten in)\s+(?:stage\s+|phase\s+)?["'“„]?(.+?)["'”“]?$/i;

export function stageEnteredIn(header: string): string | null {
  const name = enteredColumn.exec(header.normalize('NFKC').trim())?.[1]?.trim();
  return name === undefined || /^(current |the |aktuelle )?(stage|phase)$/i.test(name)
    ? null
    : name.replace(/\s*\([^()]*\)$/, '').replace(/["”“]$/, '');
}

/** Headers that only one CRM's exports have. */
const marks: Record<IdOwner, RegExp> = {
  hubspot:
    /^(record id( \p{L}+)?|datensatz id|hs object id|associated (company|contact|deal)( ids?)?( primary)?|company domain name|deal owner|dealstage|dealname|zugeordnetes unternehmen.*|id de fiche d informations|(nom|propriétaire) de la transaction|id de registro|(nombre|propietario) del negocio)$/u,
  salesforce:
    /^(opportunity (name|id|owner|inhaber)|opportunityid|stagename|accountid|currencyisocode|lastmodifieddate|accountname|field event|company account|(nom|propriétaire) de l opportunité|(nombre|propietario) de (la )?oportunidad)$/u,
  pipedrive: /^(deal|organi[sz]ation|person|activity|aktivität|affaire|trato) - ./u,
};

/** Whose export it is, by most marks; null where there is none. */
export function ownerOf(headers: readonly string[]): IdOwner | null {
  const raw = headers.map((header) =>
    header
      .normalize('NFKC')
      .trim()
      .toLowerCase()
      .replaceAll(/\s+[-–]\s+/g, ' - '),
  );
  const count = (owner: IdOwner): number =>
    headers.filter((header, index) => marks[owner].test(owner === 'pipedrive' ? (raw[index] ?? '') : plainHeader(header))).length;
  const [best, second] = (['pipedrive', 'hubspot', 'salesforce'] as const)
    .map((owner) => ({ owner, marks: count(owner) }))
    .sort((a, b) => b.marks - a.marks);
  return best === undefined || best.marks === 0 || best.marks === second?.marks ? null : best.owner;
}
