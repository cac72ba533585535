import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAttachments, checkMessageBlocks } from '../../../src/sandbox/block-kit/check-message.ts';
import { checkView } from '../../../src/sandbox/block-kit/check-view.ts';
import { invalidBlocks } from './invalid-blocks.ts';
import { block, button, modal, mrkdwn, option, plain, type Shown } from './invalid-case.ts';
import { invalidElements } from './invalid-elements.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/block-kit');
const read = (path: string): unknown => JSON.parse(readFileSync(join(fixtures, path), 'utf8'));
const valid = (folder: string): [string, Record<string, unknown>][] =>
  readdirSync(join(fixtures, 'valid', folder)).map((file) => [file, read(`valid/${folder}/${file}`) as Record<string, unknown>]);

function mistakes(shown: Shown): string[] {
  return 'view' in shown ? checkView(shown.view) : checkMessageBlocks(shown.blocks, { uniqueBlockIds: true });
}

const inputs = new Set(['file_input', 'plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'rich_text_input']);

/** Puts an element where Slack allows it. */
function placed(element: Record<string, unknown>): Shown {
  const type = String(element.type);
  if (type === 'image') return block({ type: 'context', elements: [element] });
  if (type === 'url') return block({ type: 'task_card', task_id: '1', title: 'T', status: 'pending', sources: [element] });
  if (!inputs.has(type)) return block({ type: 'actions', elements: [element] });
  return modal({ submit: plain('S'), blocks: [{ type: 'input', label: plain('L'), element }] });
}

/** Puts an object of that fixture's into a block that has one. */
function holding(file: string, given: Record<string, unknown>): Shown {
  const select = (more: Record<string, unknown>): Shown => block({ type: 'actions', elements: [{ type: 'static_select', ...more }] });
  const workflow = (value: unknown): Shown => block({ type: 'actions', elements: [{ type: 'workflow_button', text: plain('W'), workflow: value }] });
  const trigger = (parameters: unknown[]): unknown => ({ url: 'https://us.example/t', customizable_input_parameters: parameters });
  const kind = Object.keys(holders).find((each) => file.startsWith(each)) ?? expect.fail(`no place for ${file}`);
  return holders[kind as keyof typeof holders](given, { select, workflow, trigger });
}

type Places = {
  select(more: Record<string, unknown>): Shown;
  workflow(value: unknown): Shown;
  trigger(parameters: unknown[]): unknown;
};
const holders = {
  option_group: (given: unknown, { select }: Places) => select({ option_groups: [given] }),
  option: (given: unknown, { select }: Places) => select({ options: [given] }),
  text: (given: unknown) => block({ type: 'section', text: given }),
  confirmation: (given: unknown) => block({ type: 'actions', elements: [button({ confirm: given })] }),
  conversation_filter: (given: unknown) => block({ type: 'actions', elements: [{ type: 'conversations_select', filter: given }] }),
  dispatch_action: (given: unknown) => placed({ type: 'plain_text_input', dispatch_action_config: given }),
  workflow: (given: unknown, { workflow }: Places) => workflow(given),
  trigger: (given: unknown, { workflow }: Places) => workflow({ trigger: given }),
  input_parameter: (given: unknown, { workflow, trigger }: Places) => workflow({ trigger: trigger([given]) }),
};

/** Puts a part of rich text into a whole. */
function rich(part: Record<string, unknown>): Shown {
  const whole = String(part.type).startsWith('rich_text_') ? part : { type: 'rich_text_section', elements: [part] };
  return block({ type: 'rich_text', elements: [whole] });
}

describe('what Slack draws', () => {
  it.each(valid('blocks'))('draws %s', (_file, given) => {
    expect(mistakes(given.type === 'alert' ? modal({ blocks: [given] }) : block(given))).toEqual([]);
  });
  it.each(valid('elements'))('draws the element %s', (_file, given) => {
    expect(mistakes(placed(given))).toEqual([]);
  });
  it.each(valid('objects'))('draws the object %s', (file, given) => {
    expect(mistakes(holding(file, given))).toEqual([]);
  });
  it.each(valid('rich_text'))('draws %s', (_file, given) => {
    expect(mistakes(rich(given))).toEqual([]);
  });
  it.each(valid('views'))('draws the view %s', (_file, given) => {
    expect(checkView(given)).toEqual([]);
  });
  it.each(valid('attachments'))('draws the attachment %s', (_file, given) => {
    expect(checkAttachments([given])).toEqual([]);
  });
  it.each(valid('messages'))('draws the message %s', (_file, given) => {
    const { blocks = [], attachments = [] } = given;
    expect(checkMessageBlocks(blocks as unknown[], { uniqueBlockIds: false })).toEqual([]);
    expect(checkAttachments(attachments as unknown[])).toEqual([]);
  });
});

describe('what Slack refuses', () => {
  const cases = { ...invalidElements, ...invalidBlocks };
  const manifest = read('invalid/manifest.json') as { cases: { id: string; description: string }[] };

  it('is tried in every case of the manifest', () => {
    expect(Object.keys(cases).toSorted()).toEqual(manifest.cases.map(({ id }) => id).toSorted());
  });
  it.each(manifest.cases)('$id: $description', ({ id }) => {
    const { accepted, refused } = cases[id] ?? expect.fail(`no case ${id}`);
    expect(mistakes(accepted)).toEqual([]);
    expect(mistakes(refused)).not.toEqual([]);
  });

  it('says where, as a JSON pointer', () => {
    const blocks = [{ type: 'divider' }, { type: 'header', text: plain('x'.repeat(151)) }];
    expect(mistakes({ blocks })).toEqual(['must be less than 151 characters [json-pointer:/blocks/1/text/text]']);
  });
  it('counts code points, so that an emoji is one character', () => {
    expect(mistakes(block({ type: 'header', text: plain('😀'.repeat(150)) }))).toEqual([]);
    expect(mistakes(block({ type: 'header', text: plain('😀'.repeat(151)) }))).toHaveLength(1);
  });
  it.each([
    ['an unknown kind', { type: 'sektion' }, 'unsupported type: sektion [json-pointer:/blocks/0/type]'],
    ['no kind', {}, 'missing required field: type [json-pointer:/blocks/0]'],
    ['an unknown property', { type: 'divider', colour: 'red' }, 'invalid additional property: colour [json-pointer:/blocks/0/colour]'],
    ['a missing property', { type: 'header' }, 'missing required field: text [json-pointer:/blocks/0]'],
    ['markdown in a header', { type: 'header', text: { type: 'mrkdwn', text: 'H' } }, 'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]'],
    ['text that is no object', { type: 'section', text: 'T' }, 'must be an object [json-pointer:/blocks/0/text]'],
    ['a block of modals', { type: 'alert', text: plain('A') }, 'unsupported type: alert [json-pointer:/blocks/0/type]'],
    [
      'an initial option that is no option',
      {
        type: 'actions',
        elements: [{ type: 'static_select', options: [{ text: plain('A'), value: 'a' }], initial_option: { text: plain('B'), value: 'b' } }],
      },
      'initial options must be among the options [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'an initial option that is called otherwise than the option',
      { type: 'actions', elements: [{ type: 'static_select', options: [option()], initial_option: option({ text: plain('B') }) }] },
      'initial options must be among the options [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'markup in an option of a menu',
      { type: 'actions', elements: [{ type: 'static_select', options: [option({ text: mrkdwn('O') })] }] },
      'unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/options/0/text/type]',
    ],
    [
      'markup in an overflow menu',
      { type: 'actions', elements: [{ type: 'overflow', options: [option({ text: mrkdwn('O') })] }] },
      'unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/options/0/text/type]',
    ],
    [
      'a link in a menu that is no overflow menu',
      { type: 'actions', elements: [{ type: 'static_select', options: [option({ url: 'https://us.example' })] }] },
      'invalid additional property: url [json-pointer:/blocks/0/elements/0/options/0/url]',
    ],
  ])('refuses %s', (_what, given, mistake) => {
    expect(mistakes(block(given))).toContain(mistake);
  });
  it('draws markup in what is ticked, and links in an overflow menu', () => {
    const ticked = { type: 'checkboxes', options: [option({ text: mrkdwn('*O*') })], initial_options: [option({ text: mrkdwn('*O*') })] };
    const linked = { type: 'overflow', options: [option({ url: 'https://us.example' })] };
    expect(mistakes(block({ type: 'actions', elements: [ticked, linked] }))).toEqual([]);
  });
  it('refuses the same block_id twice', () => {
    const twins = [
      { type: 'divider', block_id: 'b' },
      { type: 'divider', block_id: 'b' },
    ];
    expect(mistakes({ blocks: twins })).toEqual(['block_id "b" already exists [json-pointer:/blocks]']);
  });
  it('refuses the same action_id twice in a block, not in two blocks', () => {
    const row = (count: number): unknown => ({ type: 'actions', elements: Array.from({ length: count }, () => button({ action_id: 'a' })) });
    expect(mistakes({ blocks: [row(1), row(1)] })).toEqual([]);
    expect(mistakes({ blocks: [row(2)] })).toEqual(['action_id "a" already exists [json-pointer:/blocks/0]']);
  });
  it('refuses more than 50 blocks in a message', () => {
    const blocks = Array.from({ length: 51 }, () => ({ type: 'divider' }));
    expect(mistakes({ blocks: blocks.slice(1) })).toEqual([]);
    expect(mistakes({ blocks })).toEqual(['no more than 50 items allowed [json-pointer:/blocks]']);
  });
  it('refuses two tables in a message', () => {
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'A' }]] };
    expect(mistakes({ blocks: [table, table] })).toEqual(['only_one_table_allowed [json-pointer:/blocks]']);
  });
  it('refuses a modal without title, and one with an input and no submit', () => {
    expect(checkView({ type: 'modal', blocks: [{ type: 'divider' }] })).toEqual(['missing required field: title [json-pointer:/view]']);
    const form = { type: 'modal', title: plain('T'), blocks: [{ type: 'input', label: plain('L'), element: { type: 'plain_text_input' } }] };
    expect(checkView(form)).toEqual(['missing required field: submit [json-pointer:/view]']);
    expect(checkView({ ...form, submit: plain('S') })).toEqual([]);
  });
});
