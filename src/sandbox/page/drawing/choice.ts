import type { Checkboxes, Option, RadioButtons } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import { drawInteractive, type ElementPlace, elementId, type InteractiveElement } from './element-place.ts';
import { drawText } from './text.ts';

export function drawRadioButtons(element: RadioButtons, place: ElementPlace): ReactNode {
  return drawChoices(element, 'radio', element.options, element.initial_option ? [element.initial_option] : [], place);
}

export function drawCheckboxes(element: Checkboxes, place: ElementPlace): ReactNode {
  return drawChoices(element, 'checkbox', element.options, element.initial_options ?? [], place);
}

function drawChoices(element: InteractiveElement, type: 'radio' | 'checkbox', options: Option[], initial: Option[], place: ElementPlace): ReactNode {
  const chosen = new Set(initial.map((option) => option.value));
  const group = { role: type === 'radio' ? 'radiogroup' : 'group', 'aria-label': place.label ?? 'Choices', className: 'choices' };
  return drawInteractive(
    element,
    place,
    h(
      'div',
      group,
      ...options.map((option) =>
        h(
          'label',
          { className: 'choice' },
          h('input', {
            type,
            name: elementId(element, place),
            value: option.value ?? '',
            'data-text': option.text.text,
            defaultChecked: chosen.has(option.value),
          }),
          h('span', null, drawText(option.text, place), option.description && h('small', null, drawText(option.description, place))),
        ),
      ),
    ),
  );
}
