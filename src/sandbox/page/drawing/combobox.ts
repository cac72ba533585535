import type { ExternalSelect, MultiExternalSelect, Option } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import { drawInteractive, type ElementPlace, elementId, elementLabel } from './element-place.ts';
import { plainString } from './text.ts';

/** A menu whose options come from the app while one types. What is chosen stands in `data-chosen`, as the script reads and writes it. */
export function drawCombobox(element: ExternalSelect | MultiExternalSelect, place: ElementPlace): ReactNode {
  const id = elementId(element, place);
  const isMany = element.type === 'multi_external_select';
  const initial = [
    ('initial_options' in element ? element.initial_options : 'initial_option' in element ? element.initial_option : undefined) ?? [],
  ].flat();
  const chosen = initial.map((option: Option) => ({ value: option.value ?? '', text: plainString(option.text.text) }));
  const label = elementLabel(place, element.placeholder, 'Type to search');
  const box = {
    id,
    type: 'text',
    className: 'field combo__box',
    role: 'combobox',
    'aria-label': label,
    'aria-autocomplete': 'list',
    'aria-expanded': false,
    'aria-controls': `${id}-options`,
    autoComplete: 'off',
    spellCheck: false,
    placeholder: element.placeholder ? plainString(element.placeholder.text) : 'Type to search',
    defaultValue: isMany ? '' : chosen[0]?.text,
  } as const;
  const frame = { className: 'combo', 'data-chosen': JSON.stringify(chosen), 'data-many': isMany ? '' : undefined };
  return drawInteractive(
    element,
    place,
    h(
      'div',
      { ...frame, 'data-shortest': element.min_query_length ?? 3 },
      isMany && h('ul', { className: 'tokens', 'aria-label': `${label}: chosen` }, ...chosen.map(drawToken)),
      h('input', box),
      h('ul', { className: 'combo__options', id: `${id}-options`, role: 'listbox', 'aria-label': label, hidden: true }),
      h('p', { className: 'visually-hidden', role: 'status' }),
    ),
  );
}

function drawToken({ value, text }: { value: string; text: string }): ReactNode {
  return h('li', null, h('button', { type: 'button', className: 'token', 'data-token': value, 'aria-label': `Remove ${text}` }, `${text} ✕`));
}
