import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  Overflow,
  PlainTextElement,
  PlainTextOption,
  RichTextBlock,
  SectionBlock,
  StaticSelect,
  TableBlock,
} from '@slack/types';
import type { PictureSubject } from '../../../core/picture.ts';
import type { Drawing } from '../pictures/drawing.ts';
import type { ChartBlock } from './charts.ts';
import { empty, join, type Mrkdwn, md, plain, webAddress } from './escape.ts';
import { limits } from './limits.ts';

/** Construction of blocks: each keeps its own limits, whatever it is given. */

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text, limits.headerText) };
}

/** As many of the lines as have room. */
export function section(lines: readonly Mrkdwn[], accessory?: Button | null): SectionBlock {
  return { type: 'section', text: mrkdwn(fitLines(lines)), ...(accessory ? { accessory } : {}) };
}

/** All lines, in as many sections as they need. */
export function sections(lines: readonly Mrkdwn[]): SectionBlock[] {
  const groups: Mrkdwn[][] = [];
  let length: number = limits.sectionText;
  for (const line of lines) {
    length += line.mrkdwn.length + 1;
    if (length > limits.sectionText) {
      groups.push([]);
      length = line.mrkdwn.length;
    }
    groups.at(-1)?.push(line);
  }
  return groups.map((group) => section(group));
}

export function context(parts: readonly Mrkdwn[]): ContextBlock {
  const line = join(parts, ' · ');
  return { type: 'context', elements: [mrkdwn(line.mrkdwn.length > limits.sectionText ? fitLines(parts) : line)] };
}

export const divider: DividerBlock = { type: 'divider' };

/** `blockId` changes with the state it acts on: Slack keeps what a menu was set to for as long as its block id stays. */
export function actions(elements: readonly (Button | Overflow | StaticSelect)[], blockId?: string): ActionsBlock {
  return {
    type: 'actions',
    elements: elements.slice(0, limits.actionsElements),
    ...(blockId === undefined ? {} : { block_id: blockId.slice(0, limits.id) }),
  };
}

/** `value` is ours and short: ids and what belongs to a question. */
export function button(text: string, action: { id: string; value: string; about?: string; style?: 'primary' | 'danger' }): Button {
  return {
    type: 'button',
    text: plainText(text, limits.buttonText),
    action_id: action.id,
    value: action.value,
    ...(action.about === undefined ? {} : { accessibility_label: spoken(`${text}: ${action.about}`) }),
    ...(action.style === undefined ? {} : { style: action.style }),
  };
}

/** For readers of screens. Without angle brackets: nothing of Slack's parses this today, and nothing shall find a mention in it tomorrow. */
const spoken = (text: string): string => plain(text.replaceAll('<', '‹').replaceAll('>', '›'), limits.accessibilityLabel);

/** Null where there is no address that a browser opens. */
export function linkButton(text: string, id: string, url: string | null): Button | null {
  const target = url === null ? null : webAddress(url);
  if (target === null || target.length > limits.url) return null;
  return { type: 'button', text: plainText(text, limits.buttonText), action_id: id, url: target };
}

export function menu(placeholder: string, id: string, options: readonly { text: string; value: string }[]): StaticSelect {
  return {
    type: 'static_select',
    action_id: id,
    placeholder: plainText(placeholder, limits.placeholder),
    options: options.slice(0, limits.selectOptions).map(option),
  };
}

/** What is seldom wanted, behind three dots. */
export function more(id: string, options: readonly { text: string; value: string }[]): Overflow {
  return { type: 'overflow', action_id: id, options: options.slice(0, limits.overflowOptions).map(option) };
}

export function option({ text, value }: { text: string; value: string }): PlainTextOption {
  return { text: plainText(text, limits.optionText), value };
}

/** A table's cells hold text that nothing parses. The first row is its head. */
export function table(rows: readonly (readonly string[])[]): TableBlock {
  return {
    type: 'table',
    column_settings: (rows[0] ?? []).slice(0, limits.tableColumns).map(() => ({ is_wrapped: true })),
    rows: rows.slice(0, limits.tableRows).map((row) =>
      // Slack refuses an empty cell.
      row.slice(0, limits.tableColumns).map((cell) => ({ type: 'raw_text' as const, text: plain(cell, 70) || '–' })),
    ),
  };
}

/** Lines to be copied, as they are: nothing in them formats, mentions or links. */
export function code(lines: readonly string[]): RichTextBlock {
  let text = lines.map((line) => cutLine(line)).join('\n');
  if (text.length > limits.codeText) text = `${text.slice(0, text.lastIndexOf('\n', limits.codeText - 2))}\n…`;
  return { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: text || '–' }] }] };
}

/** Indentation counts. */
const cutLine = (line: string): string => `${/^ */.exec(line)?.[0] ?? ''}${plain(line, limits.codeLine)}`;

export function plainText(text: string, room: number): PlainTextElement {
  return { type: 'plain_text', text: plain(text, room) || '–', emoji: true };
}

/** A message or an ephemeral answer: always both, since Slack shows and reads out `text` where it cannot show blocks. */
export type View<Shown extends ViewBlock = KnownBlock> = { text: string; blocks: Shown[]; picture?: () => Illustration };

/** Charts are Slack's, too, though its types do not have them yet. */
export type ViewBlock = KnownBlock | ChartBlock;

/** A picture beside a message, drawn only when it is to be shown; `title` is plain text. */
export type Illustration = { title: string; drawing: Drawing; about: PictureSubject };

/** As many blocks as a message takes, the first ones first; `tail` is kept in any case. */
export function view<Shown extends ViewBlock = KnownBlock>(
  text: Mrkdwn,
  blocks: readonly (Shown | KnownBlock)[],
  tail: readonly KnownBlock[] = [],
): View<Shown | KnownBlock> {
  // Stars are ours alone, and only in the way where text is read out.
  const said = text.mrkdwn.replaceAll('*', '') || 'journey';
  const all = [...blocks, ...tail];
  if (fits(all)) return { text: said, blocks: all };
  const more = context([md`… and more than fits into one message.`]);
  const kept: (Shown | KnownBlock)[] = [];
  for (const block of blocks) {
    if (!fits([...kept, block, more, ...tail])) break;
    kept.push(block);
  }
  return { text: said, blocks: [...kept, more, ...tail] };
}

const fits = (blocks: readonly ViewBlock[]): boolean => blocks.length <= limits.blocks && textLength(blocks) <= limits.blocksText;

const notText = new Set(['type', 'action_id', 'block_id', 'value', 'url', 'style']);

/** Everything in blocks that is said, whichever field holds it. */
export function textLength(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let length = 0;
  for (const [key, inner] of Object.entries(value)) if (!notText.has(key)) length += textLength(inner);
  return length;
}

const mrkdwn = (text: Mrkdwn): MrkdwnElement => ({ type: 'mrkdwn', text: text.mrkdwn === '' ? '–' : text.mrkdwn, verbatim: true });

function fitLines(lines: readonly Mrkdwn[]): Mrkdwn {
  let kept = empty;
  for (const line of lines) {
    const longer = join([kept, line], '\n');
    // Whole lines only: a cut inside a link or an entity would show its bare markup.
    if (longer.mrkdwn.length > limits.sectionText - 2) return join([kept, md`…`], '\n');
    kept = longer;
  }
  return kept;
}
