import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { AccountPeople } from '../../../../core/account-people.ts';
import { noteRoom } from '../../../../core/journey/note-room.ts';
import type { Direction } from '../../../../core/journey/signal.ts';
import type { EpochMs } from '../../../../core/time.ts';
import { formIds } from '../../action-values.ts';
import { section } from '../blocks.ts';
import { bold, md } from '../escape.ts';
import { form, menuField, momentField, radioField, textField } from './form.ts';

export const touchpointFields = {
  deal: 'deal',
  person: 'person',
  type: 'type',
  channel: 'channel',
  direction: 'direction',
  at: 'at',
  mood: 'mood',
  note: 'note',
} as const;

export type TouchpointDraft = {
  dealId?: string | null;
  personId?: string | null;
  at: EpochMs;
  type?: string;
  direction?: Direction;
  channel?: string;
  note?: string;
};

const directions = [
  { text: 'They came to us', value: 'inbound' },
  { text: 'We went to them', value: 'outbound' },
  { text: 'Neither: a note of ours', value: 'internal' },
];
const channels = ['phone', 'video', 'in person', 'email', 'chat'].map((value) => ({ text: sentence(value), value }));
const moods = [
  { text: '+2  very good', value: '2' },
  { text: '+1  good', value: '1' },
  { text: '0  neither', value: '0' },
  { text: '−1  bad', value: '-1' },
  { text: '−2  very bad', value: '-2' },
];

/** Asks what happened between a customer and us. */
export function touchpointForm({ account, deals, people, touchpointTypes }: AccountPeople, draft: TouchpointDraft, metadata: string): ModalView {
  const types = touchpointTypes.map((value) => ({ text: sentence(value.replaceAll('_', ' ')), value }));
  const whom = people.map(({ id, name, title }) => ({ text: title === null ? name : `${name}, ${title}`, value: id }));
  const which = deals.map(({ id, name }) => ({ text: name, value: id }));
  const name = account?.name ?? deals[0]?.name ?? '';
  const blocks: (KnownBlock | null)[] = [
    section([md`With ${bold(name)}`]),
    menuField({ name: touchpointFields.type, label: 'What was it?' }, types, draft.type ?? 'call'),
    radioField({ name: touchpointFields.direction, label: 'Who began?' }, directions, draft.direction ?? 'outbound'),
    momentField({ name: touchpointFields.at, label: 'When?' }, draft.at),
    menuField({ name: touchpointFields.person, label: 'With whom?', optional: true }, whom, draft.personId ?? undefined),
    menuField({ name: touchpointFields.deal, label: 'About which deal?', optional: true }, which, draft.dealId ?? undefined),
    menuField({ name: touchpointFields.channel, label: 'How?', optional: true }, channels, draft.channel),
    menuField({ name: touchpointFields.mood, label: 'How did it go?', optional: true }, moods),
    note(draft.note),
  ];
  return form(formIds.touchpoint, { title: 'Log a touchpoint', submit: 'Log', metadata, blocks: blocks.filter((block) => block !== null) });
}

function note(text: string | undefined): InputBlock {
  const block = textField({ name: touchpointFields.note, label: 'Note', optional: true }, { room: noteRoom, lines: 'many' });
  return text === undefined || text === ''
    ? block
    : { ...block, element: { ...block.element, initial_value: text.slice(0, noteRoom) } as InputBlock['element'] };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
