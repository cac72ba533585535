import type { DigestDefinition } from '../../core/journey/journey-map.ts';
import type { JourneyFile } from '../schema.ts';
import type { Report } from './layers.ts';
import { type MatchVocabulary, resolveMatch } from './resolve-match.ts';

/** A digest is known by its channel and what it is about, several of them by their numbers: with another schedule it stays the same one. */
export function resolveDigests(
  file: JourneyFile,
  vocabulary: MatchVocabulary,
  report: Report,
  isRefused: (index: number) => boolean,
): DigestDefinition[] {
  const alike = new Map<string, string[]>();
  return file.digests.map(({ channel, schedule, timezone = file.timezone, match }, index): DigestDefinition => {
    const resolved = resolveMatch(match, ['digests', index, 'match'], vocabulary, report);
    const about = [channel, ...Object.entries(resolved).map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(' ');
    const schedules = alike.get(about) ?? [];
    // One that was refused for its form has an example for a schedule, and is the same as none.
    if (schedules.includes(schedule) && !isRefused(index)) report(['digests', index], 'is the same as an earlier digest');
    if (!isRefused(index)) alike.set(about, [...schedules, schedule]);
    return { id: schedules.length === 0 ? about : `${about} (${schedules.length + 1})`, channel, schedule, timezone, match: resolved };
  });
}
