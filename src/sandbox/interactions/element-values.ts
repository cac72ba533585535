import { type Fields, isFields } from '../block-kit/check.ts';
import { interactiveElements, type Placed } from './interactive-elements.ts';

/** By block_id, then action_id: what Slack calls `state.values`. */
export type Values = Record<string, Record<string, unknown>>;

type Kind = { field: string; initial: string; many: boolean; isOption: boolean };

const text = { field: 'value', initial: 'initial_value', many: false, isOption: false };
const one = { field: 'selected_option', initial: 'initial_option', many: false, isOption: true };
const many = { field: 'selected_options', initial: 'initial_options', many: true, isOption: true };
const plain = (name: string): Kind => ({ field: `selected_${name}`, initial: `initial_${name}`, many: false, isOption: false });
const plainMany = (name: string): Kind => ({ ...plain(name), many: true });

/** Elements that hold a value, and under which name. */
const kinds: Readonly<Record<string, Kind>> = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value', many: false, isOption: false },
  file_input: { field: 'files', initial: '', many: true, isOption: false },
  static_select: one,
  external_select: one,
  radio_buttons: one,
  overflow: one,
  multi_static_select: many,
  multi_external_select: many,
  checkboxes: many,
  datepicker: plain('date'),
  timepicker: plain('time'),
  datetimepicker: plain('date_time'),
  users_select: plain('user'),
  multi_users_select: plainMany('users'),
  channels_select: plain('channel'),
  multi_channels_select: plainMany('channels'),
  conversations_select: plain('conversation'),
  multi_conversations_select: plainMany('conversations'),
};

/** The state object of an element for a value of the test's: text, option value, id, date, an array, or Slack's own object. */
export function elementValue(element: Fields, given: unknown): Fields {
  const type = String(element.type);
  const kind = kinds[type];
  if (!kind) throw new Error(`a ${type} holds no value`);
  if (isFields(given) && kind.field in given) return { type, ...given };
  if (given === undefined || given === null) return { type, [kind.field]: kind.many ? [] : null };
  const values = kind.isOption ? [given].flat().map((each) => chosenOption(element, each)) : [given].flat();
  return { type, [kind.field]: kind.many ? values : values[0] };
}

/** What a form shows: what the user put in, else what the app gave as initial. */
export function stateValues(blocks: unknown, put: Values): Values {
  const values: Values = {};
  for (const { block, element } of interactiveElements(blocks)) {
    const kind = kinds[String(element.type)];
    if (!kind || element.type === 'overflow') continue;
    const blockId = String(block.block_id);
    const actionId = String(element.action_id);
    const value = put[blockId]?.[actionId] ?? elementValue(element, initialOf(element, kind));
    values[blockId] = { ...values[blockId], [actionId]: value };
  }
  return values;
}

/** Undefined for an element that was left empty. */
export function heldValue({ element }: Placed, state: Values, blockId: string): unknown {
  const kind = kinds[String(element.type)];
  const value = state[blockId]?.[String(element.action_id)];
  const held = kind && isFields(value) ? value[kind.field] : undefined;
  return held === null || held === '' || (Array.isArray(held) && held.length === 0) ? undefined : held;
}

function initialOf(element: Fields, kind: Kind): unknown {
  const initial = element[kind.initial];
  return initial === undefined ? undefined : { [kind.field]: initial };
}

function chosenOption(element: Fields, given: unknown): Fields {
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [];
  const groupOptions = groups.map((group: unknown) => (isFields(group) ? group.options : []));
  const options = [element.options, groupOptions].flat(2).filter(isFields);
  const value = isFields(given) ? given.value : given;
  const option = options.find((each) => each.value === value);
  if (option) return option;
  if (String(element.type).includes('external') && isFields(given)) return given;
  const known = options.map((each) => String(each.value)).join(', ');
  throw new Error(`no option of ${String(element.action_id)} has the value ${String(value)}; there are: ${known}`);
}
