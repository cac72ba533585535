import type { Note } from '../../../app/use-cases.ts';
import { noteRoom } from '../../../core/journey/note-room.ts';
import type { Token } from './command-text.ts';

type ReadNote = { ok: true; query: string; note: Note } | { ok: false; problem: string };

const queryRoom = 200;
const optionRoom = 80;
const optionNames = ['mood', 'with', 'type'] as const;

/**
 * `Acme rollout mood:-1 with:priya "They have a new budget owner"`: a name, options, and the text in quotation marks. `in` and `out` are options where only
 * options and the text follow, so that Made in Italy can be a name.
 */
export function readNote(tokens: readonly Token[]): ReadNote {
  const options = new Map<(typeof optionNames)[number], string>();
  const rest: Token[] = [];
  for (const token of tokens) {
    const name = token.quoted ? undefined : optionNames.find((known) => token.text.toLowerCase().startsWith(`${known}:`));
    if (name === undefined) rest.push(token);
    else options.set(name, token.text.slice(name.length + 1).slice(0, optionRoom));
  }
  const named = rest[0]?.quoted === true && rest.length > 1 ? 1 : 0;
  let end = rest.length;
  while (end > Math.max(named, 1) && (rest[end - 1]?.quoted === true || directionOf(rest[end - 1]) !== null)) end -= 1;
  const after = rest.slice(end);
  const query = textOf(rest.slice(0, end)).slice(0, queryRoom);
  const text = textOf(after.filter(({ quoted }) => quoted));
  const mood = moodOf(options.get('mood'));
  if (mood === 'unknown') return { ok: false, problem: `“${options.get('mood') ?? ''}” is no mood: it is -2, -1, 0, +1 or +2.` };
  if (query === '' || (text === '' && mood === null))
    return { ok: false, problem: 'A note needs a name, and what was said in quotation marks: /journey note Acme "They have a new budget owner"' };
  if (text.length > noteRoom)
    return { ok: false, problem: `A note has at most ${noteRoom} characters, this one has ${text.length}: nothing was logged.` };
  const direction = after.map(directionOf).find((found) => found !== null) ?? null;
  return { ok: true, query, note: { text, mood, direction, with: options.get('with') || null, type: options.get('type')?.toLowerCase() || null } };
}

function directionOf(token: Token | undefined): Note['direction'] {
  if (token === undefined || token.quoted) return null;
  const word = token.text.toLowerCase();
  return word === 'in' ? 'inbound' : word === 'out' ? 'outbound' : null;
}

/** `−1` with the sign that phones type, too. */
function moodOf(text: string | undefined): number | null | 'unknown' {
  if (text === undefined) return null;
  const mood = /^[+-]?[0-2]$/.test(text.replace('−', '-')) ? Number(text.replace('−', '-')) : Number.NaN;
  return Number.isNaN(mood) ? 'unknown' : mood === 0 ? 0 : mood;
}

const textOf = (tokens: readonly Token[]): string =>
  tokens
    .map(({ text }) => text)
    .join(' ')
    .trim();
