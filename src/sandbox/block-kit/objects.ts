import { boolean, byType, type Check, type Context, type Fields, isFields, list, object, oneOf, string, url } from './check.ts';
import { limits } from './limits.ts';

const type = string();

function text(kinds: readonly ('plain_text' | 'mrkdwn')[], { min = 1, max = limits.text.max as number } = {}): Check {
  const content = string({ min, max });
  const checks = {
    plain_text: object({
      required: { type, text: content },
      optional: { emoji: boolean },
    }),
    mrkdwn: object({
      required: { type, text: content },
      optional: { verbatim: boolean },
    }),
  };
  return byType(Object.fromEntries(kinds.map((kind) => [kind, checks[kind]])));
}

export const plainText = (max: number): Check => text(['plain_text'], { max });
export const anyText = (max: number = limits.text.max): Check => text(['plain_text', 'mrkdwn'], { max });

export const ids = {
  action_id: string({ min: 1, max: limits.actionId.max }),
  block_id: string({ max: limits.blockId.max }),
};

export const confirmation = object({
  required: {
    title: plainText(limits.confirmation.title.max),
    text: anyText(limits.confirmation.text.max),
    confirm: plainText(limits.confirmation.confirm.max),
    deny: plainText(limits.confirmation.deny.max),
  },
  optional: { style: oneOf('primary', 'danger') },
});

const optionWith = (textOf: (max: number) => Check, more: Record<string, Check> = {}): Check =>
  object({
    required: {
      text: textOf(limits.option.text.max),
      value: string({ max: limits.option.value.max }),
    },
    optional: { description: textOf(limits.option.description.max), ...more },
  });

/** Radio buttons and checkboxes draw markup, menus do not; a link belongs into an overflow menu alone. */
export const choiceOption = optionWith(anyText);
export const menuOption = optionWith(plainText);
export const overflowOption = optionWith(plainText, { url: url({ max: limits.option.url.max }) });

const optionGroup = object({
  required: {
    label: plainText(limits.optionGroup.label.max),
    options: list(menuOption, limits.optionGroup.options),
  },
});

/** Either `options` or `option_groups`, and initial options that are among them. */
export const choices = {
  optional: {
    options: list(menuOption, { min: 1, max: limits.select.options.max }),
    option_groups: list(optionGroup, {
      min: 1,
      max: limits.select.optionGroups.max,
    }),
  },
  also(value: Fields, at: string, context: Context): void {
    const given = ['options', 'option_groups'].filter((name) => value[name] !== undefined);
    if (given.length !== 1) context.report(at, 'must define either `options` or `option_groups`');
    initialsAmongOptions(value, at, context);
  },
};

export function initialsAmongOptions(value: Fields, at: string, { report }: Context): void {
  const groups = Array.isArray(value.option_groups) ? value.option_groups : [];
  const lists = [value.options, ...groups.map((group) => (isFields(group) ? group.options : []))];
  const known = new Set(lists.flat().map(faceOf));
  const initials = [value.initial_option, value.initial_options].flat().filter(isFields);
  if (initials.some((each) => !known.has(faceOf(each)))) report(at, 'initial options must be among the options');
}

/** An initial option has to be one of the options, not only to have its value. */
function faceOf(option: unknown): string {
  const { value, text } = isFields(option) ? option : {};
  return JSON.stringify([value, isFields(text) ? text.text : text]);
}

export const filter = object({
  optional: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
});

export const dispatchConfiguration = object({
  required: {
    trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1, max: 2 }),
  },
});

const inputParameter = object({
  required: { name: string({ min: 1 }), value: string() },
});
const trigger = object({
  required: { url: url() },
  optional: { customizable_input_parameters: list(inputParameter) },
});
export const workflow = object({ required: { trigger } });

/** `id` or `url`, never both. */
const slackFile = object({
  optional: { id: string({ min: 1 }), url: url() },
  also(value, at, { report, isPicture }) {
    if ((value.id === undefined) === (value.url === undefined)) report(at, 'must define either `id` or `url`');
    else if (isPicture?.(value) === false) report(at, 'invalid slack file');
  },
});

export const imageSource = {
  required: { alt_text: string({ max: limits.image.altText.max }) },
  optional: {
    image_url: url({ max: limits.image.imageUrl.max }),
    slack_file: slackFile,
  },
  also(value: Fields, at: string, { report }: Context): void {
    if ((value.image_url === undefined) === (value.slack_file === undefined)) {
      report(at, 'must define either `image_url` or `slack_file`');
    }
  },
};

export const imageElement = object({
  required: { type, ...imageSource.required },
  optional: {
    ...imageSource.optional,
    image_width: () => {},
    image_height: () => {},
    image_bytes: () => {},
  },
  also: imageSource.also,
});

export const urlSource = object({
  required: {
    type: oneOf('url'),
    url: url(limits.urlSource.url),
    text: string({ min: 1 }),
  },
});
