import { touchpointId } from '../../../../core/journey/happening.ts';
import type { Direction, Signal, TouchpointFields } from '../../../../core/journey/signal.ts';
import { ownerOf } from './named-person.ts';
import { accountOf, dealsOf, type ReadRow, type RowContext, said } from './row.ts';

/** Something that happened between them and us: where several people were in it, a touchpoint of each of them. */
export const readActivityRow: ReadRow = (context) => {
  const { cells, ids } = context;
  const account = accountOf(context);
  const [deal] = dealsOf(context, account);
  const people = peopleOf(context, account?.name ?? null);
  const [personId] = people;
  if (deal === undefined && account === null && personId === undefined) return { refused: 'names no deal, account or person' };
  if (cells.flag('activity.done') === false) return { refused: 'has not happened yet' };
  const at = cells.time('activity.at');
  if (at == null) return { refused: at === null ? 'does not say when' : 'does not say when in a way that can be read' };
  const type = typeOf(cells.text('activity.type'));
  const [channel, asset, sentiment] = [cells.text('activity.channel'), cells.text('activity.asset'), cells.number('activity.sentiment')];
  const touchpoint: TouchpointFields = { type, direction: directionOf(context, type) };
  if (deal !== undefined) touchpoint.dealId = deal.id;
  if (account !== null) touchpoint.accountId = account.id;
  if (personId !== undefined) touchpoint.personId = personId;
  const usual = channels.get(type);
  if (channel != null || usual !== undefined) touchpoint.channel = channel ?? usual ?? null;
  if (asset != null) touchpoint.asset = asset;
  // A name alone cannot be told from others of that name: nobody is named.
  const owner = ownerOf(cells.text('activity.owner'));
  if (owner?.includes('@') === true) touchpoint.by = owner;
  if (sentiment != null) {
    if (sentiment >= -2 && sentiment <= 2) touchpoint.sentiment = sentiment;
    else cells.complain('activity.sentiment', `${sentiment} is not between -2 and 2`);
  }
  const id = cells.text('activity.id');
  const first = said(deal?.id ?? account?.id ?? personId ?? '', { type: 'touchpoint.recorded', occurredAt: at, touchpoint });
  // An id of its own: an activity that is corrected stays the same touchpoint.
  const happening = id == null ? first.id : `csv:touchpoint:${ids.ofId(id) ?? id}`;
  if (people.length < 2) return { signals: [{ ...first, id: happening }] };
  return {
    signals: people.map((each) => ({ ...first, id: touchpointId(happening, each), touchpoint: { ...touchpoint, personId: each } }) as Signal),
  };
};

/** By their ids, else by an e-mail address, else by their names. */
function peopleOf({ cells, ids }: RowContext, account: string | null): string[] {
  const known = (cells.list('person.id') ?? []).flatMap((id) => ids.ofId(id) ?? []);
  if (known.length > 0) return [...new Set(known)];
  const email = cells.text('person.email')?.toLowerCase();
  if (email != null) return [ids.ofNames('person', email)];
  return [...new Set((cells.list('person.name') ?? []).map((name) => ids.ofNames('person', name, account)))];
}

/** What CRMs call the common ones, in German as well; anything else keeps its name: `Security review` is `security_review`. */
const types = new Map(
  Object.entries({
    ...{ e_mail: 'email', mail: 'email', email_sent: 'email', email_reply: 'email', incoming_email: 'email' },
    ...{ phone_call: 'call', anruf: 'call', telefonat: 'call', phone: 'call' },
    ...{ event: 'meeting', besprechung: 'meeting', treffen: 'meeting', termin: 'meeting', lunch: 'meeting' },
    ...{ aufgabe: 'task', notiz: 'note' },
  }),
);
const channels = new Map([
  ['email', 'email'],
  ['call', 'phone'],
  ['meeting', 'meeting'],
]);

function typeOf(text: string | null | undefined): string {
  const word = (text ?? '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
  return word === '' ? 'activity' : (types.get(word) ?? word);
}

/** What the file says. Where it says nothing, a meeting takes two: they came; all else was logged by one of ours. */
function directionOf({ cells }: RowContext, type: string): Direction {
  const text = cells.text('activity.direction')?.toLowerCase();
  if (text != null) {
    if (/^(in|eingehend|incoming|received)/.test(text) && !/^intern/.test(text)) return 'inbound';
    if (/^(out|ausgehend|sent|gesendet|intern|email$)/.test(text)) return 'outbound';
    cells.complain('activity.direction', `"${text.slice(0, 60)}" is neither inbound nor outbound`);
  }
  return type === 'meeting' ? 'inbound' : 'outbound';
}
