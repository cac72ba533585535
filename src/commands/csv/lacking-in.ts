import type { ColumnPlan } from '../../adapters/crm/csv/column-plan.ts';
import type { Field } from '../../adapters/crm/csv/fields.ts';

/** What rules will miss in a list of deals: said before anybody wonders at what they say. */
export function lackingIn({ rows, columns }: Pick<ColumnPlan, 'rows' | 'columns'>): string[] {
  if (rows !== 'deals') return [];
  const has = (...fields: Field[]): boolean => columns.some(({ field }) => field !== null && fields.includes(field));
  const saysSince = has('deal.stage_entered') || columns.some(({ entered }) => entered !== null);
  const saysTouches = has('deal.last_activity', 'deal.last_inbound', 'deal.last_outbound');
  return [...(saysSince ? [] : [noSince]), ...(saysTouches ? [] : [noTouches])];
}

const noSince =
  'No column says since when a deal is in its stage: it counts from its last change. Better: export "last stage change", too, or import the stage history as well.';
const noTouches =
  'No column says when anybody was last in touch: rules take it that nobody was. Better: export "last activity", too, or import the activities as well.';
