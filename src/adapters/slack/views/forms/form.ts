import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { ActResult } from '../../../../app/use-cases.ts';
import type { FormId } from '../../action-values.ts';
import { option, plainText } from '../blocks.ts';
import { limits } from '../limits.ts';
import { actView } from '../said.ts';

/** Construction of forms. A field is a block and its element under one name, by which what was filled in is read, and what is wrong is said. */

type Field = { name: string; label: string; hint?: string; optional?: boolean };
type Choice = { text: string; value: string };

/** `metadata` comes back with what was filled in. */
export function form(
  id: FormId,
  { title, submit, metadata, blocks }: { title: string; submit: string; metadata: string; blocks: KnownBlock[] },
): ModalView {
  return {
    type: 'modal',
    callback_id: id,
    private_metadata: metadata,
    title: plainText(title, limits.modalTitle),
    submit: plainText(submit, limits.modalButton),
    close: plainText('Cancel', limits.modalButton),
    blocks,
  };
}

/** What became of a form, in its place. */
export const saidForm = (result: ActResult): ModalView => ({
  type: 'modal',
  title: plainText({ done: 'Done', stale: 'Too late', refused: 'Not done' }[result.kind], limits.modalTitle),
  close: plainText('Close', limits.modalButton),
  blocks: actView(result).blocks,
});

export function textField(field: Field, { room, lines = 'one' }: { room: number; lines?: 'one' | 'many' }): InputBlock {
  return input(field, { type: 'plain_text_input', action_id: field.name, max_length: room, ...(lines === 'many' ? { multiline: true } : {}) });
}

export function radioField(field: Field, choices: readonly Choice[], chosen?: string): InputBlock {
  return input(field, { type: 'radio_buttons', action_id: field.name, options: choices.map(option), ...initial(choices, chosen) });
}

/** Null where there is nothing to choose from. More than a menu holds come in groups. */
export function menuField(field: Field, all: readonly Choice[], chosen?: string): InputBlock | null {
  // Slack keeps 150 characters of a value, and a cut id would be another one.
  const choices = all.filter(({ value }) => value.length <= limits.optionValue);
  if (choices.length === 0) return null;
  const element = { type: 'static_select', action_id: field.name, ...initial(choices, chosen) } as const;
  if (choices.length <= limits.selectOptions) return input(field, { ...element, options: choices.map(option) });
  const groups = Array.from({ length: Math.min(limits.selectOptions, Math.ceil(choices.length / limits.selectOptions)) }, (_, index) => {
    const from = index * limits.selectOptions;
    const within = choices.slice(from, from + limits.selectOptions);
    return { label: plainText(`${from + 1}–${from + within.length}`, limits.optionText), options: within.map(option) };
  });
  return input(field, { ...element, option_groups: groups });
}

/** A member of the workspace. */
export function userField(field: Field, chosen?: string | null): InputBlock {
  return input(field, { type: 'users_select', action_id: field.name, ...(chosen == null ? {} : { initial_user: chosen }) });
}

/** A calendar day, such as 2026-12-15. */
export const dayField = (field: Field): InputBlock => input(field, { type: 'datepicker', action_id: field.name });

/** A day and time of day in the zone of whoever fills it in. */
export const momentField = (field: Field, at: number): InputBlock =>
  input(field, { type: 'datetimepicker', action_id: field.name, initial_date_time: Math.floor(at / 1000) });

/** Any other element that asks for something. */
export function input({ name, label, hint, optional = false }: Field, element: InputBlock['element']): InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: plainText(label, limits.inputLabel),
    element,
    ...(hint === undefined ? {} : { hint: plainText(hint, limits.inputHint) }),
    ...(optional ? { optional } : {}),
  };
}

function initial(choices: readonly Choice[], chosen: string | undefined): { initial_option?: PlainTextOption } {
  const choice = choices.find(({ value }) => value === chosen);
  return choice === undefined ? {} : { initial_option: option(choice) };
}
