import { type Fields, isFields } from './check.ts';

const elementLists = ['elements', 'actions'] as const;
const elementPlaces = ['accessory', 'element'] as const;
const withoutActions = new Set(['image', 'plain_text', 'mrkdwn', 'card']);

/** Slack gives every block a block_id and every interactive element an action_id when the app gave none. */
export function withIds(blocks: readonly unknown[], newId: () => string): unknown[] {
  return blocks.map((block) => {
    if (!isFields(block)) return block;
    const result: Fields = { ...block, block_id: block.block_id || newId() };
    if (Array.isArray(block.child_blocks)) result.child_blocks = withIds(block.child_blocks, newId);
    if (block.type === 'carousel' && Array.isArray(block.elements)) {
      result.elements = withIds(block.elements, newId);
    } else if (block.type !== 'rich_text') {
      for (const name of elementLists) {
        const list = block[name];
        if (Array.isArray(list)) result[name] = list.map((element) => withActionId(element, newId));
      }
    }
    for (const name of elementPlaces) if (isFields(block[name])) result[name] = withActionId(block[name], newId);
    return result;
  });
}

function withActionId(element: unknown, newId: () => string): unknown {
  if (!isFields(element) || element.action_id || withoutActions.has(String(element.type))) return element;
  return { ...element, action_id: newId() };
}
