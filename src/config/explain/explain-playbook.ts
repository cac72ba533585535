import type { PlaybookEntry } from '../../core/journey/journey-map.ts';
import { placeOf } from '../resolve/resolve-playbook.ts';
import { entry } from './layout.ts';

/** What cards suggest, by rule; the most specific text counts. */
export function explainPlaybook(playbook: readonly PlaybookEntry[]): string[] {
  return [...Map.groupBy(playbook, ({ rule }) => rule)].flatMap(([rule, entries]) =>
    entries.flatMap((each, index) => {
      const place = each.role === null && each.stage === null ? '' : `${placeOf(each)}: `;
      return entry(index === 0 ? rule : '', `${place}${each.text}`, 2, 20, 2);
    }),
  );
}
