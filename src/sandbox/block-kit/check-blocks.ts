import { blocks as kinds, onlyOn } from './blocks.ts';
import { byType, type Context, type Fields, type IsPicture, isFields, list, type Surface } from './check.ts';

export type BlockRules = {
  surface: Surface;
  min: number;
  max: number;
  uniqueBlockIds: boolean;
};

const anyBlock = byType(kinds);

/** Reports every mistake of a list of blocks; nothing means that Slack draws it. */
export function checkBlocks(value: unknown, at: string, rules: BlockRules, context: Context): void {
  list(anyBlock, rules)(value, at, context);
  if (!Array.isArray(value)) return;
  checkSurface(value, at, rules.surface, context);
  if (rules.uniqueBlockIds) checkUnique(value, 'block_id', at, context);
  for (const [index, block] of value.entries()) {
    if (isFields(block)) checkUnique(elementsOf(block), 'action_id', `${at}/${index}`, context);
  }
  const tables = value.filter((block) => isFields(block) && block.type === 'table');
  if (tables.length > 1) context.report(at, 'only_one_table_allowed');
}

/** Collects Slack's lines. */
export function collect(surface: Surface, look: (context: Context) => void, isPicture?: IsPicture): string[] {
  const mistakes: string[] = [];
  look({
    surface,
    isPicture,
    report: (at, mistake) => mistakes.push(`${mistake} [json-pointer:${at}]`),
  });
  return mistakes;
}

function checkSurface(blocks: readonly unknown[], at: string, surface: Surface, { report }: Context): void {
  for (const [index, block] of blocks.entries()) {
    const type = isFields(block) ? String(block.type) : '';
    const only = onlyOn[type];
    if (only !== undefined && only !== surface) report(`${at}/${index}/type`, `unsupported type: ${type}`);
    const element = isFields(block) && isFields(block.element) ? block.element.type : undefined;
    if (element === 'file_input' && surface !== 'modal') {
      report(`${at}/${index}/element/type`, 'unsupported type: file_input');
    }
  }
}

function elementsOf(block: Fields): unknown[] {
  if (block.type === 'rich_text') return [];
  const lists = [block.elements, block.actions].filter(Array.isArray).flat();
  return [...lists, block.accessory, block.element];
}

function checkUnique(values: readonly unknown[], name: 'block_id' | 'action_id', at: string, { report }: Context): void {
  const seen = new Set<unknown>();
  for (const value of values) {
    const id = isFields(value) ? value[name] : undefined;
    if (id === undefined || id === '') continue;
    if (seen.has(id)) report(at, `${name} "${String(id)}" already exists`);
    seen.add(id);
  }
}
