import type { KnownPerson } from '../core/account-people.ts';
import { foldText, plainLetters, wordsOf } from '../core/journey/search-terms.ts';
import type { Match } from '../core/summary.ts';
import type { Clock } from './ports.ts';
import type { Search } from './search.ts';
import type { ActResult, Note, Notes, Records } from './use-cases.ts';

type NoteDependencies = { search: Search; records: Pick<Records, 'around' | 'logTouchpoint'>; clock: Clock };

const namesShown = 5;

/**
 * `/journey note`: a touchpoint in a line. Without `in` or `out` it is internal: what somebody here noted answers no customer's question and is no attempt to
 * reach anybody, but its mood counts, and its type, too, where it is a moment of truth.
 */
export function createNotes({ search, records, clock }: NoteDependencies): Notes {
  return {
    async note(query, note, by) {
      const account = await search.find('account', query, (match) => noteOn(match, note, by));
      return account.kind === 'none' ? search.find('deal', query, (match) => noteOn(match, note, by)) : account;
    },
    noteOn,
  };

  async function noteOn({ kind, id }: Pick<Match, 'kind' | 'id'>, note: Note, by: string): Promise<ActResult> {
    const around = await records.around({ kind, id });
    if (around === null) return { kind: 'refused', message: 'This is not known any more: it may have been merged or deleted in the CRM.' };
    const person = note.with === null ? null : personCalled(note.with, around.people);
    if (typeof person === 'string') return { kind: 'refused', message: person };
    return records.logTouchpoint(
      {
        accountId: around.account?.id ?? null,
        dealId: kind === 'deal' ? id : null,
        personId: person?.id ?? null,
        type: note.type ?? 'note',
        channel: 'slack',
        direction: note.direction ?? 'internal',
        sentiment: note.mood,
        at: clock.now(),
        note: note.text === '' ? null : note.text,
      },
      by,
    );
  }
}

/** The one whom a part of a name means; a text: why nobody is. */
function personCalled(typed: string, people: readonly KnownPerson[]): KnownPerson | string {
  const wanted = wordsOf(plainLetters(foldText(typed)));
  const found = people.filter(({ name }) => {
    const parts = wordsOf(plainLetters(foldText(name)));
    return wanted.every((word) => parts.some((part) => part.startsWith(word)));
  });
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const names = (found.length > 0 ? found : people).map(({ name }) => name);
  const there =
    names.length === 0 ? 'Nobody is known there.' : `There is ${names.slice(0, namesShown).join(', ')}${names.length > namesShown ? ' …' : ''}.`;
  return `${found.length > 1 ? `“${typed}” may be several people` : `Nobody there is called “${typed}”`}: nothing was logged. ${there}`;
}
