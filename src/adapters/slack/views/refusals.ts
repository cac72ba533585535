import type { ModalView } from '@slack/types';
import type { Deed } from '../../../core/access.ts';
import type { View } from './blocks.ts';
import { channelNamed, join, md } from './escape.ts';
import { saidView } from './said.ts';

/** What those hear who may not do or see what they asked for. */

/** Guests and people of other organisations. */
export const refusalView = (): View => saidView(md`Sorry, journey answers only full members of this workspace.`);

const words: Record<Deed, string> = {
  acknowledge: 'take, snooze or resolve alerts, or note reviews',
  record: 'log touchpoints or set roles',
  mute: 'mute accounts',
  subscribe: 'change digest subscriptions',
};

export const notPermittedView = (deed: Deed): View =>
  saidView(md`✋ You may not ${words[deed]}. Whoever keeps journey.yml decides who may, under “access: ${deed}”. Nothing was changed.`);

/** `channels`: ids of those that whoever reads it can find. */
export function notHereView(channels: readonly string[]): View {
  const named = channels.slice(0, channelsNamed);
  const where = named.length === 0 ? md`` : md`, or in ${join(named.map(channelNamed), ', ')}${channels.length > named.length ? ' …' : ''}`;
  return saidView(md`✋ Accounts are not shown in this channel. Ask in a message to yourself${where}.`);
}

const channelsNamed = 5;

/** The same in the place of a form. */
export const refusalModal = ({ blocks }: View): ModalView => ({
  type: 'modal',
  title: { type: 'plain_text', text: 'Not done' },
  close: { type: 'plain_text', text: 'Close' },
  blocks,
});
