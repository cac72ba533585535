import type { ExternalSelect, MultiExternalSelect, MultiSelect, Select } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import { drawInteractive, type ElementPlace, elementId, elementLabel } from './element-place.ts';
import { plainString } from './text.ts';

/** Menus whose choices are known here; those of an external select come from the app while one types. */
export type LocalSelect = Exclude<Select, ExternalSelect>;
export type LocalMultiSelect = Exclude<MultiSelect, MultiExternalSelect>;

type Choice = { value: string; text: string };
type ChoiceGroup = { label: string | null; choices: Choice[] };

/** A native select: the keyboard, phones and screen readers know it. */
export function drawSelect(element: LocalSelect, place: ElementPlace): ReactNode {
  const prompt = element.placeholder ? plainString(element.placeholder.text) : 'Choose an option';
  const control = {
    className: 'select',
    id: elementId(element, place),
    'aria-label': elementLabel(place, element.placeholder, 'Choose an option'),
    defaultValue: initialValues(element)[0] ?? '',
  };
  const empty = h('option', { value: '', disabled: true, hidden: true }, prompt);
  return drawInteractive(element, place, h('select', control, empty, ...choiceGroups(element, place).flatMap(drawGroup)));
}

/** Several choices: a short list of boxes to tick, in place of Slack's tokens. */
export function drawMultiSelect(element: LocalMultiSelect, place: ElementPlace): ReactNode {
  const initial = new Set(initialValues(element));
  const name = elementId(element, place);
  const rows = choiceGroups(element, place).flatMap((group) => [
    group.label && h('b', { className: 'choices__label' }, group.label),
    ...group.choices.map(({ value, text }) =>
      h(
        'label',
        { className: 'choice' },
        h('input', { type: 'checkbox', name, value, 'data-text': text, defaultChecked: initial.has(value) }),
        h('span', null, text),
      ),
    ),
  ]);
  const label = elementLabel(place, element.placeholder, 'Choices');
  return drawInteractive(element, place, h('div', { className: 'choices choices--many', role: 'group', 'aria-label': label }, ...rows));
}

function drawGroup({ label, choices }: ChoiceGroup): ReactNode[] {
  const options = choices.map(({ value, text }) => h('option', { value }, text));
  return label === null ? options : [h('optgroup', { label }, ...options)];
}

function choiceGroups(element: LocalSelect | LocalMultiSelect, place: ElementPlace): ChoiceGroup[] {
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return (element.option_groups ?? [{ label: null, options: element.options ?? [] }]).map(({ label, options }) => ({
        label: label && plainString(label.text),
        choices: options.map((option) => ({ value: option.value ?? '', text: plainString(option.text.text) })),
      }));
    case 'users_select':
    case 'multi_users_select':
      return [{ label: null, choices: place.people().map((user) => ({ value: user.id, text: user.realName })) }];
    case 'channels_select':
    case 'multi_channels_select':
    case 'conversations_select':
    case 'multi_conversations_select':
      return [{ label: null, choices: place.places().map((channel) => ({ value: channel.id, text: `#${channel.name}` })) }];
  }
}

function initialValues(element: LocalSelect | LocalMultiSelect): string[] {
  return [initialValue(element)].flat().filter((value) => value !== undefined);
}

function initialValue(element: LocalSelect | LocalMultiSelect): string | undefined | (string | undefined)[] {
  switch (element.type) {
    case 'static_select':
      return element.initial_option?.value;
    case 'users_select':
      return element.initial_user;
    case 'channels_select':
      return element.initial_channel;
    case 'conversations_select':
      return element.initial_conversation;
    case 'multi_static_select':
      return element.initial_options?.map((option) => option.value);
    case 'multi_users_select':
      return element.initial_users;
    case 'multi_channels_select':
      return element.initial_channels;
    case 'multi_conversations_select':
      return element.initial_conversations;
  }
}
