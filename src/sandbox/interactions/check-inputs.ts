import type { Fields } from '../block-kit/check.ts';
import { heldValue, type Values } from './element-values.ts';
import { interactiveElements } from './interactive-elements.ts';

/** What Slack's own form says before it sends anything, by block_id. */
export function checkInputs(blocks: unknown, state: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const placed of interactiveElements(blocks)) {
    const { block, element } = placed;
    if (block.type !== 'input') continue;
    const blockId = String(block.block_id);
    const held = heldValue(placed, state, blockId);
    const mistake = held === undefined ? missing(block) : wrong(element, String(held));
    if (mistake !== undefined) errors[blockId] = mistake;
  }
  return errors;
}

function missing(block: Fields): string | undefined {
  return block.optional === true ? undefined : 'Please complete this required field.';
}

function wrong(element: Fields, held: string): string | undefined {
  const limit = (name: string): number => (element[name] === undefined ? Number.NaN : Number(element[name]));
  switch (element.type) {
    case 'plain_text_input': {
      const length = [...held].length;
      if (length < limit('min_length')) return `Must be at least ${limit('min_length')} characters.`;
      if (length > limit('max_length')) return `Must be at most ${limit('max_length')} characters.`;
      return undefined;
    }
    case 'number_input': {
      const value = Number(held);
      const fits = Number.isFinite(value) && (element.is_decimal_allowed === true || Number.isInteger(value));
      return fits && !(value < limit('min_value')) && !(value > limit('max_value')) ? undefined : 'Please enter a valid number.';
    }
    case 'email_text_input':
      return /^[^@\s]+@[^@\s]+$/.test(held) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(held) ? undefined : 'Please enter a valid URL.';
    default:
      return undefined;
  }
}
