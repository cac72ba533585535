import type { Button } from '@slack/types';
import { actionIds, writeValue } from '../action-values.ts';
import { button } from './blocks.ts';

/** Open the forms about an account, from where no answer can be posted; none where it has no id, or one longer than a button carries. */
export function formButtons(accountId: string | null, about: string): Button[] {
  const value = accountId === null ? null : writeValue({ accountId });
  if (value === null) return [];
  return [button('Log a touchpoint', { id: actionIds.logTouchpoint, value, about }), button('Set a role', { id: actionIds.setRole, value, about })];
}
