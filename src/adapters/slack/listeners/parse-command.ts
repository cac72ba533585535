import type { Note } from '../../../app/use-cases.ts';
import type { ListName } from '../../../core/detectors/detector.ts';
import { durationSchema } from '../../../core/duration.ts';
import { nearest } from '../../../core/nearest.ts';
import { type Token, tokenise } from './command-text.ts';
import { readNote } from './parse-note.ts';

export type JourneyCommand =
  | { do: 'home' }
  /** `about` null: everything, shortly. */
  | { do: 'help'; about: CommandWord | null }
  | { do: 'account' | 'deal' | 'path' | 'why' | 'unmute'; query: string }
  /** `page` from 1. */
  | { do: 'list'; which: ListName; filter: string; page: number }
  | { do: 'metrics'; filter: string }
  | { do: 'mute'; query: string; duration: string | null; reason: string }
  | { do: 'note'; query: string; note: Note }
  | { do: 'digest'; filter: string }
  | { do: 'subscribe'; filter: string }
  | { do: 'review'; done: boolean }
  /** Something is missing: what, in words. */
  | { do: 'incomplete'; word: CommandWord; problem: string }
  /** `suggestions`: what may have been meant. */
  | { do: 'unknown'; word: string; suggestions: string[] };

export const commandWords = [
  'account',
  'deal',
  'path',
  'stalled',
  'gaps',
  'silent',
  'metrics',
  'why',
  'note',
  'mute',
  'unmute',
  'digest',
  'subscribe',
  'review',
  'help',
] as const;
export type CommandWord = (typeof commandWords)[number];

const queryRoom = 200;
const filterRoom = 300;
const reasonRoom = 300;

/** Reads what stands behind `/journey`; never fails. */
export function parseCommand(text: string): JourneyCommand {
  const [first, ...rest] = tokenise(text);
  if (first === undefined) return { do: 'home' };
  const word = wordOf(first.text);
  return word === undefined ? unknown(first.text, text) : readCommand(word, rest);
}

const wordOf = (text: string): CommandWord | undefined => commandWords.find((known) => known === text.toLowerCase());

function readCommand(word: CommandWord, rest: Token[]): JourneyCommand {
  switch (word) {
    case 'account':
    case 'deal':
    case 'path':
    case 'why':
    case 'unmute': {
      const query = textOf(rest).slice(0, queryRoom);
      return query === '' ? { do: 'incomplete', word, problem: 'A name is missing.' } : { do: word, query };
    }
    case 'stalled':
    case 'gaps':
    case 'silent':
      return {
        do: 'list',
        which: word,
        filter: filterText(rest.filter((token) => pageOf(token) === null)),
        page: rest.map(pageOf).find((page) => page !== null) ?? 1,
      };
    case 'metrics':
    case 'subscribe':
      return { do: word, filter: filterText(rest) };
    case 'digest':
      return { do: word, filter: filterText(rest[0]?.text.toLowerCase() === 'now' ? rest.slice(1) : rest) };
    case 'mute':
      return readMute(rest);
    case 'note': {
      const read = readNote(rest);
      return read.ok ? { do: word, query: read.query, note: read.note } : { do: 'incomplete', word, problem: read.problem };
    }
    case 'review':
      return { do: 'review', done: rest.length === 1 && rest[0]?.text.toLowerCase() === 'done' };
    case 'help':
      return { do: word, about: wordOf(rest[0]?.text ?? '') ?? null };
  }
}

/**
 * `"Acme GmbH" 5bd on holiday`, or without quotation marks: the name ends before the first duration. A time that is none is not taken for a reason: the
 * account would be muted for good.
 */
function readMute(rest: Token[]): JourneyCommand {
  const [first] = rest;
  const at = first?.quoted === true ? 1 : rest.findIndex(({ text, quoted }, index) => index > 0 && !quoted && isDuration(text));
  const nameEnd = at === -1 ? rest.length : at;
  const query = textOf(rest.slice(0, nameEnd)).slice(0, queryRoom);
  if (query === '') return { do: 'incomplete', word: 'mute', problem: 'A name is missing.' };
  const next = rest[nameEnd];
  const duration = next !== undefined && !next.quoted && isDuration(next.text) ? next.text : null;
  const mistyped = duration === null ? mistypedTime(rest, first?.quoted === true ? 1 : null) : null;
  if (mistyped !== null)
    return { do: 'incomplete', word: 'mute', problem: `I do not understand “${mistyped}” as a time. Say 5bd (working days), 3d or 4h.` };
  const reason = textOf(rest.slice(duration === null ? nameEnd : nameEnd + 1)).slice(0, reasonRoom);
  return { do: 'mute', query, duration, reason: reason === '' ? 'no reason given' : reason };
}

/** `2w`, `5 days`, `until Monday` behind a name; right behind one in quotation marks also `-5bd`, `for a week`. */
function mistypedTime(tokens: readonly Token[], reasonAt: number | null): string | null {
  for (const [index, { text, quoted }] of tokens.entries()) {
    if (index === 0 || quoted) continue;
    const next = tokens[index + 1];
    const pair = next === undefined || next.quoted ? text : `${text} ${next.text}`;
    const isPair = pair !== text && (/^(until|till)$/i.test(text) || timeLike.test(pair) || (index === reasonAt && /^for$/i.test(text)));
    if (isPair) return pair.slice(0, 60);
    if (timeLike.test(text) || (index === reasonAt && /^[-+\d.,]+$/.test(text))) return text.slice(0, 60);
  }
  return null;
}

const timeLike = /^[-+]?\d+(?:[.,]\d+)?\s?(?:b?d|b?h|[ms]|w[dk]?|days?|hours?|hrs?|weeks?|wks?|months?|mo|years?|y)$/i;

/** What begins like it, else what is spelled like it; else somebody may have typed a name straight away. */
function unknown(word: string, text: string): JourneyCommand {
  const typed = word.toLowerCase();
  const begun = commandWords.filter((known) => known.startsWith(typed));
  const near = nearest(typed, commandWords);
  const meant = begun.length > 0 ? begun : near === null ? [] : [near];
  const suggestions = meant.length === 0 ? [`/journey account ${text.slice(0, 60)}`] : meant.map((known) => `/journey ${known}`);
  return { do: 'unknown', word: word.slice(0, 60), suggestions };
}

/** `page:2` */
function pageOf({ text, quoted }: Token): number | null {
  const [, digits] = /^page:([1-9]\d{0,3})$/i.exec(text) ?? [];
  return digits === undefined || quoted ? null : Number(digits);
}

const isDuration = (text: string): boolean => durationSchema.safeParse(text).success;

const textOf = (tokens: Token[]): string =>
  tokens
    .map(({ text }) => text)
    .join(' ')
    .trim();

/** Filters keep their quotation marks: `stage:"Proof of value"`. */
const filterText = (tokens: Token[]): string =>
  tokens
    .map(({ text, quoted }) => (quoted ? `"${text}"` : text.replace(/^([A-Za-z]+):(.*\s.*)$/, '$1:"$2"')))
    .join(' ')
    .replaceAll(/:\s+"/g, ':"')
    .slice(0, filterRoom);
