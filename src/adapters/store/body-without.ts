import type { Source } from '../../core/journey/signal.ts';
import type { Erased } from './without-record.ts';

/**
 * A raw body without what names an erased record; null: nothing of it may stay. Of a list only the items that name it go.
 * The same text where it names none.
 */
export function bodyWithout(body: string, source: Source, erased: Pick<Erased, 'ids' | 'names'>): string | null {
  const named = namedIn(source, erased);
  if (!named(body)) return body;
  const items = listOf(body);
  if (items === null) return null;
  const kept = items.filter((item) => !named(JSON.stringify(item)));
  return kept.length === 0 ? null : JSON.stringify(kept);
}

/** Our id of a record, and what the CRM itself calls it: `hubspot:123` is `123` to HubSpot. */
export const idsInBodies = (source: Source, ids: Iterable<string>): string[] =>
  [...ids].flatMap((id) => (id.startsWith(`${source}:`) ? [id, id.slice(source.length + 1)] : [id]));

/** Everything in a body that could be an id of ours. */
export function wordsOfBody(body: string, source: Source): string[] {
  const words = new Set<string>();
  for (const [word] of body.matchAll(/[\p{L}\p{N}](?:[\p{L}\p{N}_.@:+/-]{0,198}[\p{L}\p{N}])?/gu)) {
    words.add(word);
    words.add(`${source}:${word}`);
    if (words.size >= mostWords) break;
  }
  return [...words];
}

const mostWords = 4_000;

/** Ids this long are the record's alone; a shorter number may be anything, and counts only where a field's name says that it is an id. */
const ownLength = 12;

function namedIn(source: Source, { ids, names }: Pick<Erased, 'ids' | 'names'>): (text: string) => boolean {
  const patterns = idsInBodies(source, ids).map((id) => {
    const text = RegExp.escape(id);
    return /^\d+$/.test(id) && id.length < ownLength ? `\\w*ids?"\\s*:\\s*(?:\\[[^\\]]*?)?"?${text}|>${text}<` : text;
  });
  const isNamed = [
    ...(patterns.length === 0 ? [] : [new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'iu')]),
    ...names.map((name) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${RegExp.escape(name)}|${RegExp.escape(quoted(name))})(?![\\p{L}\\p{N}])`, 'iu')),
  ];
  return (text) => isNamed.some((pattern) => pattern.test(text));
}

function listOf(body: string): unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return Array.isArray(parsed) && parsed.length > 1 ? parsed : null;
  } catch {
    return null;
  }
}

/** As it stands within a JSON string. */
export const quoted = (word: string): string => JSON.stringify(word).slice(1, -1);
