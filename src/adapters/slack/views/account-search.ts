import type { SectionBlock } from '@slack/types';
import { plainText, section } from './blocks.ts';
import { bold } from './escape.ts';
import { limits } from './limits.ts';

/** A menu that asks the bot for accounts while somebody types. No field of a form: what is picked is told at once, and nothing is to be submitted. */
export const accountSearch = (question: string, actionId: string): SectionBlock => ({
  ...section([bold(question)]),
  block_id: actionId,
  accessory: {
    type: 'external_select',
    action_id: actionId,
    // One character of Chinese or Japanese is a word.
    min_query_length: 1,
    placeholder: plainText('Type a name', limits.placeholder),
    focus_on_load: true,
  },
});
