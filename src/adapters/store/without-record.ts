import type { Alert } from '../../core/alerts/alert.ts';
import type { CardContent } from '../../core/alerts/card.ts';
import { nobodysAlert } from '../../core/alerts/nobodys-alert.ts';
import type { Message } from '../../core/delivery.ts';
import type { JourneyRecord } from '../../core/journey/record.ts';
import type { RecordKind, Signal } from '../../core/journey/signal.ts';

/**
 * What is to be forgotten: records by every id they went by, the names and addresses that texts may hold, and the journeys that were theirs. A person's
 * name is looked for everywhere; that of a deal or an account only in what is about its journeys, for a company may be called Decision.
 */
export type Erased = { kind: RecordKind; ids: ReadonlySet<string>; names: readonly string[]; journeys: ReadonlySet<string> };

const blank = 'erased';

/** One letter is never told from a word. */
const shortestWord = 2;

/** An alert without them; one about a person becomes one about nobody. */
export function alertWithout(alert: Alert, erased: Erased): Alert {
  const rest = documentWithout(alert, erased, isOf(erased, alert));
  const nobodys = erased.kind === 'person' ? nobodysAlert(rest, erased.ids) : rest;
  return nobodys === rest ? rest : { ...nobodys, finding: { ...rest.finding, subject: nobodys.subject } };
}

/** What a card shows, without them. */
export function contentWithout(content: CardContent, erased: Erased): CardContent {
  const { kind, ids } = erased;
  const isItself =
    kind === 'deal' ? erased.journeys.has(content.journeyId) : kind === 'account' && content.kind === 'account' && isOf(erased, content);
  const rest = documentWithout(content, erased, isOf(erased, content));
  const said = isItself ? nameless(rest) : rest;
  const account = said.account === null || kind !== 'account' || !ids.has(said.account.id) ? said.account : nameless(said.account);
  return account === said.account ? said : { ...said, account };
}

const nameless = <Named extends { name: string; url: string | null }>(named: Named): Named =>
  named.name === blank && named.url === null ? named : { ...named, name: blank, url: null };

/** A message as it may still be said, or be kept after it was. */
export const messageWithout = (message: Message, erased: Erased): Message =>
  documentWithout(message, erased, 'cardId' in message ? isOf(erased, { journeyId: message.cardId.split('|')[0] ?? '' }) : null);

/**
 * Another record without a person's full name or address in its texts. A single word is left alone: Grace Hospital is no person. What other people are
 * called is theirs.
 */
export const recordWithout = <Kept extends JourneyRecord>(record: Kept, erased: Erased): Kept =>
  documentWithout(record, { ...erased, names: erased.names.filter(isTelling) }, true, record.kind === 'person' ? called : pointers);

/** The same of what was said of one. */
export const signalTextWithout = (signal: Signal, erased: Erased): Signal =>
  signal.type === 'person.upserted' ? signal : documentWithout(signal, { ...erased, names: erased.names.filter(isTelling) }, true);

/**
 * A JSON body that still waits to be processed, without a person's full name or address in its values, and else to the letter as it came: what it says apart
 * from that is still to be taken in. Ids stay: by them it shows that it speaks of somebody who is erased. `about`: it speaks of the person, so that first name
 * and surname by themselves are theirs, where a name belongs.
 */
export function waitingBodyWithout(body: string, erased: Erased, about: boolean): string {
  const telling = { ...erased, names: erased.names.filter(isTelling) };
  const parts = new Set(about ? erased.names.flatMap((name) => name.toLowerCase().split(/\s+/)) : []);
  let key = '';
  return body.replaceAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g, (literal, colon?: string) => {
    if (colon !== undefined) key = literal;
    if (colon !== undefined || /ids?"\s*:$/i.test(key)) return literal;
    const text = JSON.parse(literal) as string;
    const isPart = /(?:name|propertyvalue)"\s*:$/i.test(key) && parts.has(text.trim().toLowerCase());
    const rest = isPart ? blank : textWithout(text, telling);
    return rest === text ? literal : JSON.stringify(rest);
  });
}

const isTelling = (name: string): boolean => name.includes('@') || name.trim().includes(' ');
const noFields: ReadonlySet<string> = new Set();
/** Fields of a record that hold ids, or the CRM's words. */
const pointers: ReadonlySet<string> = new Set(['accountId', 'dealIds', 'dealLinks', 'source', 'pipeline', 'ownerEmail', 'stages', 'merges']);
const called: ReadonlySet<string> = new Set([...pointers, 'name', 'email', 'title']);

/** A text without people's names. */
export const textWithout = (text: string, erased: Erased): string => (erased.kind === 'person' ? clean(text, patternsOf(erased)) : text);

const isOf = ({ journeys }: Erased, { journeyId }: { journeyId: string }): boolean => journeys.has(journeyId);

/** Ids and words of ours: no text in them, and what is looked up by them must stay as it is. */
const ours = new Set(
  'id identity journeyId cardId alertId previousId accountId dealId personId deliveryId digestId parentId kind rule subject state severity mapKey channel by how outcome day due type source stage pipeline ownerEmail'.split(
    ' ',
  ),
);
/** Fields that hold a record's name and nothing else. */
const nameFields = new Set(['name', 'accountName', 'journeyName']);

/**
 * Looks into every text of a document, so that whatever is added to one is looked at, too. Unchanged parts stay the very same. `about`: whether it is about
 * their journeys, as its parts may be; null: it does not say.
 */
function documentWithout<Document>(document: Document, erased: Erased, about: boolean | null, left: ReadonlySet<string> = noFields): Document {
  const patterns = patternsOf(erased);
  const names = new Set(erased.names);
  const everywhere = erased.kind === 'person';
  return walk(document, '', about) as Document;

  function walk(value: unknown, key: string, isAbout: boolean | null): unknown {
    if (typeof value === 'string') return textIn(value, key, isAbout);
    if (Array.isArray(value)) return walkList(value, key, isAbout);
    if (typeof value !== 'object' || value === null) return value;
    const inside = isAbout || !('journeyId' in value) ? isAbout : erased.journeys.has(String(value.journeyId));
    let changed = false;
    const entries = Object.entries(value).map(([name, field]): [string, unknown] => {
      const rest = left.has(name) ? field : walk(field, name, inside);
      changed ||= rest !== field;
      return [name, rest];
    });
    return changed ? Object.fromEntries(entries) : value;
  }

  function walkList(list: unknown[], key: string, isAbout: boolean | null): unknown[] {
    const kept = everywhere && key === 'people' ? list.filter((person) => !isPerson(person)) : list;
    const rest = kept.map((item) => walk(item, key, isAbout));
    return kept.length === list.length && rest.every((item, index) => item === list[index]) ? list : rest;
  }

  function textIn(text: string, key: string, isAbout: boolean | null): string {
    if (ours.has(key)) return text;
    // Another customer's journey keeps its name, should it be the same one; whose account a line names, it does not say.
    if (nameFields.has(key) && names.has(text) && (everywhere || isAbout !== false || key === 'accountName')) return blank;
    return everywhere || isAbout ? clean(text, patterns) : text;
  }

  /** In findings people are ids, on cards names with titles. */
  function isPerson(person: unknown): boolean {
    if (typeof person === 'string') return erased.ids.has(person);
    return typeof person === 'object' && person !== null && 'name' in person && names.has(String(person.name));
  }
}

const clean = (text: string, patterns: readonly RegExp[]): string => patterns.reduce((rest, pattern) => rest.replaceAll(pattern, blank), text);

/** Names as words of their own: erasing Ann leaves Annual alone. Longer ones first, or Ann Lee would leave a Lee. Addresses are the same in any case. */
const patternsOf = ({ names }: Erased): RegExp[] =>
  names
    .filter((name) => name.length >= shortestWord)
    .toSorted((a, b) => b.length - a.length)
    .map((name) => new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`, name.includes('@') ? 'giu' : 'gu'));
