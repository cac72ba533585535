import { type Context, type IsPicture, isFields } from './check.ts';
import { checkBlocks, collect } from './check-blocks.ts';
import { limits } from './limits.ts';

/** Slack's lines about the blocks of a message; none when they are right. */
export function checkMessageBlocks(blocks: readonly unknown[], given: { uniqueBlockIds: boolean; isPicture?: IsPicture }): string[] {
  const rules = {
    surface: 'message',
    min: 0,
    max: limits.message.blocks.max,
    uniqueBlockIds: given.uniqueBlockIds,
  } as const;
  return collect('message', (context) => checkBlocks(blocks, '/blocks', rules, context), given.isPicture);
}

export function checkAttachments(attachments: readonly unknown[], isPicture?: IsPicture): string[] {
  const rules = {
    surface: 'message',
    min: 0,
    max: limits.message.blocks.max,
    uniqueBlockIds: false,
  } as const;
  const look = (context: Context): void => {
    for (const [index, attachment] of attachments.entries()) {
      if (!isFields(attachment)) context.report(`/attachments/${index}`, 'must be an object');
      else if (attachment.blocks !== undefined) {
        checkBlocks(attachment.blocks, `/attachments/${index}/blocks`, rules, context);
      }
    }
  };
  return collect('message', look, isPicture);
}
