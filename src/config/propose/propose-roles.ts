import { saysNoRole } from '../../core/journey/held-roles.ts';
import { defaultRoles } from '../default-roles.ts';
import type { Catalogue, ProposedRole } from './proposal.ts';
import { plain } from './stage-words.ts';

/** What names of roles begin their words with, in English, German, French and Spanish, without accents; the first role that fits is it. */
const words: readonly [role: string, words: string][] = [
  [
    'economic_buyer',
    'economic|budget|decision maker|entscheider|wirtschaftlich|decideur|acheteur economique|tomador|decisor|comprador economico|approver|cfo |finan',
  ],
  ['executive_sponsor', 'executive|sponsor|c level|geschaftsfuhr|vorstand|dirigeant|parrain|patrocinador|director general|ceo '],
  ['champion', 'champion|coach|furspreche|befurwort|defenseur|promotor|advocate|mobilizer'],
  ['technical_evaluator', 'technical|technisch|technique|tecnic|evaluator|it |security|architect|prufer'],
  ['procurement', 'procurement|purchas|buyer|einkauf|beschaffung|achat|acheteur|compras|comprador'],
  ['legal', 'legal|recht|juris|juridi|compliance|datenschutz|counsel'],
  ['implementation', 'implement|project manager|projektleit|chef de projet|jefe de proyecto|admin|rollout'],
  ['end_user', 'user|end user|benutzer|anwender|nutzer|utilisateur|usuario|business user'],
  ['blocker', 'block|gegner|opponent|detractor|detracteur|bloque|veto'],
  ['influencer', 'influenc|beeinfluss|einfluss|influyente|recommender|prescripteur'],
];

/** Which role each value of the CRM's role field is. A value that says nothing, as OTHER, is left out. */
export function proposeRoles(values: Catalogue['roles']): ProposedRole[] {
  const seen = new Set<string>();
  return values.flatMap(({ value, label }): ProposedRole[] => {
    const trimmed = value.trim();
    if (seen.has(trimmed.toLowerCase()) || saysNoRole(value)) return [];
    seen.add(trimmed.toLowerCase());
    const known = defaultRoles.find((role) => [role.key, role.label, ...role.crm].some((name) => name.toLowerCase() === trimmed.toLowerCase()));
    if (known !== undefined) return [{ value: trimmed, label, role: known.key, builtIn: true, confidence: 1, reason: 'built in' }];
    const role = roleIn(label) ?? roleIn(value);
    const judged = role === null ? { confidence: 0, reason: 'its words say nothing that is known' } : { confidence: 0.75, reason: 'by its words' };
    return [{ value: trimmed, label, role, builtIn: false, ...judged }];
  });
}

function roleIn(text: string): string | null {
  const spoken = plain(text);
  return words.find(([, list]) => list.split('|').some((word) => spoken.includes(` ${word}`)))?.[0] ?? null;
}
