import type { ActionsBlock } from '@slack/types';
import { actionIds, writeValue } from '../action-values.ts';
import { actions, button } from './blocks.ts';

/** What can be done about an account: a row of buttons under its answer; none where its id is longer than a button carries. */
export function accountButtons({ id, name }: { id: string; name: string }, isMuted: boolean): ActionsBlock[] {
  const value = writeValue({ accountId: id });
  if (value === null) return [];
  const muting = isMuted
    ? button('Unmute', { id: actionIds.unmute, value, about: name })
    : button('Mute', { id: actionIds.muteAccount, value, about: name });
  return [
    actions([
      button('Log a touchpoint', { id: actionIds.logTouchpoint, value, about: name }),
      button('Set a role', { id: actionIds.setRole, value, about: name }),
      muting,
    ]),
  ];
}
