import { isFields } from './check.ts';
import { checkBlocks, collect } from './check-blocks.ts';
import { limits } from './limits.ts';

/** Slack's lines about the blocks of a message; none when they are right. */
export function checkMessageBlocks(blocks: readonly unknown[], { uniqueBlockIds }: { uniqueBlockIds: boolean }): string[] {
  const rules = {
    surface: 'message',
    min: 0,
    max: limits.message.blocks.max,
    uniqueBlockIds,
  } as const;
  return collect('message', (context) => checkBlocks(blocks, '/blocks', rules, context));
}

export function checkAttachments(attachments: readonly unknown[]): string[] {
  const rules = {
    surface: 'message',
    min: 0,
    max: limits.message.blocks.max,
    uniqueBlockIds: false,
  } as const;
  return collect('message', (context) => {
    for (const [index, attachment] of attachments.entries()) {
      if (!isFields(attachment)) context.report(`/attachments/${index}`, 'must be an object');
      else if (attachment.blocks !== undefined) {
        checkBlocks(attachment.blocks, `/attachments/${index}/blocks`, rules, context);
      }
    }
  });
}
