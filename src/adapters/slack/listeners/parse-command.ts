import Fuse from 'fuse.js';
import { durationSchema } from '../../../core/duration.ts';
import { type Token, tokenise } from './command-text.ts';

export type JourneyCommand =
  | { do: 'home' }
  | { do: 'help' }
  | { do: 'account' | 'deal' | 'why' | 'unmute'; query: string }
  | { do: 'list'; which: 'stalled' | 'gaps'; filter: string }
  | { do: 'metrics'; filter: string }
  | { do: 'mute'; query: string; duration: string | null; reason: string }
  | { do: 'digest' }
  | { do: 'review'; done: boolean }
  /** A name is missing. */
  | { do: 'incomplete'; usage: string }
  /** `suggestion`: what may have been meant. */
  | { do: 'unknown'; word: string; suggestion: string };

const words = ['account', 'deal', 'stalled', 'gaps', 'metrics', 'why', 'mute', 'unmute', 'digest', 'review', 'help'] as const;
type Word = (typeof words)[number];

const queryRoom = 200;
const filterRoom = 300;
const reasonRoom = 300;

/** Reads what stands behind `/journey`; never fails. */
export function parseCommand(text: string): JourneyCommand {
  const [first, ...rest] = tokenise(text);
  if (first === undefined) return { do: 'home' };
  const word = words.find((known) => known === first.text.toLowerCase());
  return word === undefined ? unknown(first.text, text) : readCommand(word, rest);
}

function readCommand(word: Word, rest: Token[]): JourneyCommand {
  switch (word) {
    case 'account':
    case 'deal':
    case 'why':
    case 'unmute': {
      const query = textOf(rest).slice(0, queryRoom);
      return query === '' ? { do: 'incomplete', usage: `/journey ${word} NAME` } : { do: word, query };
    }
    case 'stalled':
    case 'gaps':
      return { do: 'list', which: word, filter: filterText(rest) };
    case 'metrics':
      return { do: 'metrics', filter: filterText(rest) };
    case 'mute':
      return readMute(rest);
    case 'review':
      return { do: 'review', done: rest.length === 1 && rest[0]?.text.toLowerCase() === 'done' };
    case 'digest':
    case 'help':
      return { do: word };
  }
}

/** `"Acme GmbH" 5bd on holiday`, or without quotation marks: the name ends before the first duration. */
function readMute(rest: Token[]): JourneyCommand {
  const [first] = rest;
  const at = first?.quoted === true ? 1 : rest.findIndex(({ text, quoted }, index) => index > 0 && !quoted && isDuration(text));
  const nameEnd = at === -1 ? rest.length : at;
  const query = textOf(rest.slice(0, nameEnd)).slice(0, queryRoom);
  if (query === '') return { do: 'incomplete', usage: '/journey mute NAME 5bd REASON' };
  const next = rest[nameEnd];
  const duration = next !== undefined && !next.quoted && isDuration(next.text) ? next.text : null;
  const reason = textOf(rest.slice(duration === null ? nameEnd : nameEnd + 1)).slice(0, reasonRoom);
  return { do: 'mute', query, duration, reason: reason === '' ? 'no reason given' : reason };
}

function unknown(word: string, text: string): JourneyCommand {
  const near = new Fuse([...words], { threshold: 0.4 }).search(word)[0]?.item;
  // Somebody may have typed a name straight away.
  const suggestion = near === undefined ? `/journey account ${text.slice(0, 60)}` : `/journey ${near}`;
  return { do: 'unknown', word: word.slice(0, 60), suggestion };
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
    .map(({ text, quoted }) => (quoted ? `"${text}"` : text))
    .join(' ')
    .replaceAll(/:\s+"/g, ':"')
    .slice(0, filterRoom);
