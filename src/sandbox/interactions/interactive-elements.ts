import { type Fields, isFields } from '../block-kit/check.ts';

/** An element that a person can use, and the block that holds it. */
export type Placed = { block: Fields; element: Fields };

/** Every interactive element of the blocks, in order, however deep. */
export function interactiveElements(blocks: unknown): Placed[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.filter(isFields).flatMap((block) => {
    if (block.type === 'rich_text') return [];
    if (block.type === 'carousel') return interactiveElements(block.elements);
    const held = [block.elements, block.actions, block.accessory, block.element].flat().filter(isFields);
    const own = held.filter((element) => typeof element.action_id === 'string').map((element) => ({ block, element }));
    return [...own, ...interactiveElements(block.child_blocks)];
  });
}

/** Throws when there is none, or more than one and no block_id that says which. */
export function findElement(blocks: unknown, actionId: string, blockId: string | undefined): Placed {
  const all = interactiveElements(blocks);
  const found = all.filter(({ block, element }) => element.action_id === actionId && (blockId === undefined || block.block_id === blockId));
  const [first] = found;
  if (first && found.length === 1) return first;
  const known = all.map(({ element }) => String(element.action_id)).join(', ');
  throw new Error(
    first ? `several elements have the action_id ${actionId}; say which blockId` : `no element has the action_id ${actionId}; there are: ${known}`,
  );
}
