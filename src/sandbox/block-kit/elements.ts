import { boolean, type Check, fields, list, number, object, oneOf, pattern, string, url } from './check.ts';
import { limits } from './limits.ts';
import {
  anyText,
  choiceOption,
  choices,
  confirmation,
  dispatchConfiguration,
  filter,
  ids,
  imageElement,
  initialsAmongOptions,
  menuOption,
  overflowOption,
  plainText,
  workflow,
} from './objects.ts';

const type = string();
const interactive = { action_id: ids.action_id };
const placeholder = plainText(limits.select.placeholder.max);
const picker = {
  ...interactive,
  placeholder,
  confirm: confirmation,
  focus_on_load: boolean,
};
const manyPicker = { ...picker, max_selected_items: number({ min: 1 }) };
const typed = {
  ...interactive,
  placeholder,
  focus_on_load: boolean,
  dispatch_action_config: dispatchConfiguration,
};
const queried = { ...picker, min_query_length: number({ min: 0 }) };
const idList = list(string({ min: 1 }));
const conversation = {
  default_to_current_conversation: boolean,
  response_url_enabled: boolean,
  filter,
};

const button = object({
  required: { type, text: plainText(limits.button.text.max) },
  optional: {
    ...interactive,
    url: url({ max: limits.button.url.max }),
    value: string({ max: limits.button.value.max }),
    style: oneOf('primary', 'danger'),
    confirm: confirmation,
    accessibility_label: string({ max: limits.button.accessibilityLabel.max }),
  },
});

const choiceList = (limit: { min: number; max: number }, initial: Record<string, Check>): Check =>
  object({
    required: { type, options: list(choiceOption, limit) },
    optional: {
      ...interactive,
      confirm: confirmation,
      focus_on_load: boolean,
      ...initial,
    },
    also: initialsAmongOptions,
  });

const feedbackButton = object({
  required: {
    text: plainText(limits.feedbackButton.text.max),
    value: string({ max: limits.feedbackButton.value.max }),
  },
  optional: {
    accessibility_label: string({
      max: limits.feedbackButton.accessibilityLabel.max,
    }),
  },
});

const element = (optional: Record<string, Check>): Check => object({ required: { type }, optional });

/** Every kind of element that a block can hold. */
export const elements: Readonly<Record<string, Check>> = {
  button,
  workflow_button: object({
    required: { type, text: plainText(limits.button.text.max), workflow },
    optional: {
      ...interactive,
      style: oneOf('primary', 'danger'),
      accessibility_label: string({
        max: limits.button.accessibilityLabel.max,
      }),
    },
  }),
  overflow: object({
    required: { type, options: list(overflowOption, limits.overflow.options) },
    optional: { ...interactive, confirm: confirmation },
  }),
  checkboxes: choiceList(limits.checkboxes.options, {
    initial_options: list(choiceOption, { min: 1 }),
  }),
  radio_buttons: choiceList(limits.radioButtons.options, {
    initial_option: choiceOption,
  }),
  image: imageElement,
  datepicker: element({
    ...picker,
    initial_date: pattern(/^\d{4}-\d{2}-\d{2}$/, 'a date like 2026-01-31'),
  }),
  timepicker: element({
    ...picker,
    initial_time: pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time like 09:30'),
    timezone: string({ min: 1 }),
  }),
  datetimepicker: element({
    ...interactive,
    confirm: confirmation,
    focus_on_load: boolean,
    initial_date_time: number({ min: 0, max: 9_999_999_999 }),
  }),
  static_select: object({
    required: { type },
    optional: { ...picker, ...choices.optional, initial_option: menuOption },
    also: choices.also,
  }),
  multi_static_select: object({
    required: { type },
    optional: {
      ...manyPicker,
      ...choices.optional,
      initial_options: list(menuOption, { min: 1 }),
    },
    also: choices.also,
  }),
  external_select: element({ ...queried, initial_option: menuOption }),
  multi_external_select: element({
    ...queried,
    initial_options: list(menuOption, { min: 1 }),
    max_selected_items: number({ min: 1 }),
  }),
  users_select: element({ ...picker, initial_user: string({ min: 1 }) }),
  multi_users_select: element({ ...manyPicker, initial_users: idList }),
  channels_select: element({
    ...picker,
    initial_channel: string({ min: 1 }),
    response_url_enabled: boolean,
  }),
  multi_channels_select: element({ ...manyPicker, initial_channels: idList }),
  conversations_select: element({
    ...picker,
    ...conversation,
    initial_conversation: string({ min: 1 }),
  }),
  multi_conversations_select: element({
    ...manyPicker,
    initial_conversations: idList,
    default_to_current_conversation: boolean,
    filter,
  }),
  plain_text_input: element({
    ...typed,
    initial_value: string(),
    multiline: boolean,
    min_length: number({ min: 0, max: limits.plainTextInput.maxLength.max }),
    max_length: number({ min: 1, max: limits.plainTextInput.maxLength.max }),
  }),
  email_text_input: element({ ...typed, initial_value: string() }),
  url_text_input: element({ ...typed, initial_value: string() }),
  number_input: object({
    required: { type, is_decimal_allowed: boolean },
    optional: {
      ...typed,
      initial_value: string(),
      min_value: string(),
      max_value: string(),
    },
    also(value, at, { report }) {
      if (Number(value.min_value) > Number(value.max_value)) report(at, 'min_value must not exceed max_value');
    },
  }),
  rich_text_input: element({ ...typed, initial_value: fields }),
  file_input: element({
    ...interactive,
    filetypes: list(string({ min: 1 }), { min: 1 }),
    max_files: number(limits.fileInput.maxFiles),
  }),
  feedback_buttons: object({
    required: {
      type,
      positive_button: feedbackButton,
      negative_button: feedbackButton,
    },
    optional: interactive,
  }),
  icon_button: object({
    required: {
      type,
      icon: string({ min: 1 }),
      text: plainText(limits.button.text.max),
    },
    optional: {
      ...interactive,
      value: string({ max: limits.button.value.max }),
      confirm: confirmation,
      accessibility_label: string({
        max: limits.button.accessibilityLabel.max,
      }),
      visible_to_user_ids: list(string({ min: 1 }), limits.iconButton.visibleToUserIds),
    },
  }),
  plain_text: anyText(),
  mrkdwn: anyText(),
};

const selects = ['static_select', 'external_select', 'users_select', 'channels_select', 'conversations_select'];
const pickers = [...selects, ...selects.map((name) => `multi_${name}`)];
const lists = ['checkboxes', 'radio_buttons'];

/** Which elements may stand where. */
export const elementPlaces = {
  accessory: ['button', 'workflow_button', 'overflow', 'image', 'datepicker', 'timepicker', ...lists, ...pickers],
  actions: ['button', 'workflow_button', 'overflow', 'datepicker', 'timepicker', 'datetimepicker', ...lists, ...pickers],
  context: ['image', 'plain_text', 'mrkdwn'],
  contextActions: ['feedback_buttons', 'icon_button'],
  input: [
    'plain_text_input',
    'email_text_input',
    'url_text_input',
    'number_input',
    'rich_text_input',
    'file_input',
    'datepicker',
    'timepicker',
    'datetimepicker',
    ...lists,
    ...pickers,
  ],
} as const;
