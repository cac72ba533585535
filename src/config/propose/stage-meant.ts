import type { JourneyMap, StageDefinition, StageIds } from '../../core/journey/journey-map.ts';
import { topicsOf } from './stage-words.ts';

/** The stage of a map that is about the same as the words a CRM has for one of its own; null: none is. */
export function stageMeantBy({ stages }: JourneyMap, words: readonly string[]): StageDefinition | null {
  const topics = words.flatMap(topicsOf);
  return stages.find(({ key, label }) => topicsOf(`${key} ${label}`).some((topic) => topics.includes(topic))) ?? null;
}

/** Whether the words of a CRM's stage say that it is all over, and how. */
export const outcomeMeantBy = (words: readonly string[]): 'won' | 'lost' | undefined =>
  words.flatMap(topicsOf).find((topic) => topic === 'won' || topic === 'lost');

/** The list for a source replaces a template's, so it names those that are there, too. */
export const withIds = (ids: StageIds, by: keyof StageIds, more: readonly string[]): StageIds => ({ ...ids, [by]: [...(ids[by] ?? []), ...more] });
