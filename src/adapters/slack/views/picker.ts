import type { Note } from '../../../app/use-cases.ts';
import type { Match } from '../../../core/summary.ts';
import { actionIds, writeValue } from '../action-values.ts';
import { button, context, section, type View, view } from './blocks.ts';
import { bold, join, type Mrkdwn, md } from './escape.ts';

const shown = 10;

/** What is to be done with the one that is picked. */
export type Purpose =
  | { do: 'account' | 'deal' | 'why' | 'path' }
  | { do: 'mute'; duration: string | null; reason: string }
  | { do: 'unmute' }
  | { do: 'note'; note: Note };

/** Several records have this name: one button each. */
export function pickerView(query: string, matches: readonly Match[], purpose: Purpose): View {
  return choices(md`Which “${query}” do you mean?`, matches, purpose);
}

/** Nothing has this name; the nearest may be meant. */
export function notFoundView(query: string, nearest: readonly Match[], purpose: Purpose): View {
  if (nearest.length > 0) return choices(md`Nothing is called “${query}”. Did you mean one of these?`, nearest, purpose);
  const said = md`Nothing is called “${query}”. Part of the name or the web domain is enough.`;
  return view(said, [section([said])]);
}

function choices(said: Mrkdwn, matches: readonly Match[], purpose: Purpose): View {
  const rows = matches.slice(0, shown).map((match) => section([matchText(match)], pickButton(match, purpose)));
  const more = matches.length > shown ? [context([md`and ${matches.length - shown} more: type more of the name`])] : [];
  return view(said, [section([said]), ...rows], more);
}

function matchText({ kind, name, detail }: Match): Mrkdwn {
  return join([bold(name), md`${kind}`, ...(detail === null ? [] : [md`${detail}`])], ' · ');
}

/** `whom`: stands on the button, where it is not what stands beside it. Null: the id is longer than a button carries. */
export function pickButton(match: Pick<Match, 'kind' | 'id' | 'name'>, purpose: Purpose, whom?: string) {
  const { text, id, value } = pick(match, purpose);
  return value === null ? null : whom === undefined ? button(text, { id, value, about: match.name }) : button(`${text} ${whom}`, { id, value });
}

function pick({ kind, id }: Pick<Match, 'kind' | 'id'>, purpose: Purpose): { text: string; id: string; value: string | null } {
  switch (purpose.do) {
    case 'mute':
      return { text: 'Mute', id: actionIds.mute, value: writeValue({ accountId: id, duration: purpose.duration, reason: purpose.reason }) };
    case 'unmute':
      return { text: 'Unmute', id: actionIds.unmute, value: writeValue({ accountId: id }) };
    case 'note':
      return { text: 'Note it here', id: actionIds.note, value: writeValue({ kind, id, note: purpose.note }) };
    case 'path':
      return { text: 'Path', id: actionIds.show, value: writeValue({ view: 'path', kind, id, replace: true }) };
    case 'why':
      return { text: 'Why?', id: actionIds.show, value: writeValue({ view: 'why', kind, id, replace: true }) };
    case 'account':
    case 'deal':
      // A deal may be found where an account was asked for, and the other way round: it is shown as what it is.
      return { text: 'Show', id: actionIds.show, value: writeValue({ view: kind, kind, id, replace: true }) };
  }
}
