import type { Datepicker, DateTimepicker, EmailInput, NumberInput, PlainTextInput, RichTextInput, Timepicker, URLInput } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import { drawInteractive, type ElementPlace, elementId, elementLabel } from './element-place.ts';
import { plainString } from './text.ts';

export type TextField = PlainTextInput | EmailInput | URLInput | NumberInput | RichTextInput;
export type Picker = Datepicker | Timepicker | DateTimepicker;

export function drawTextField(element: TextField, place: ElementPlace): ReactNode {
  const common = {
    id: elementId(element, place),
    className: 'field',
    'aria-label': elementLabel(place, element.placeholder, 'Text'),
    placeholder: element.placeholder && plainString(element.placeholder.text),
  };
  switch (element.type) {
    case 'plain_text_input': {
      const field = { ...common, defaultValue: element.initial_value, minLength: element.min_length, maxLength: element.max_length };
      return drawInteractive(element, place, element.multiline ? h('textarea', { ...field, rows: 4 }) : h('input', { ...field, type: 'text' }));
    }
    case 'rich_text_input':
      return drawInteractive(element, place, h('textarea', { ...common, rows: 4 }));
    case 'email_text_input':
      return drawInteractive(element, place, h('input', { ...common, type: 'email', defaultValue: element.initial_value }));
    case 'url_text_input':
      return drawInteractive(element, place, h('input', { ...common, type: 'url', defaultValue: element.initial_value }));
    case 'number_input': {
      const range = { min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? 'any' : 1 };
      return drawInteractive(element, place, h('input', { ...common, ...range, type: 'number', defaultValue: element.initial_value }));
    }
  }
}

export function drawPicker(element: Picker, place: ElementPlace): ReactNode {
  const { type, value } = pickerValue(element, place.reader.tz);
  const placeholder = 'placeholder' in element ? element.placeholder : undefined;
  const label = elementLabel(place, placeholder, 'Choose a date or time');
  return drawInteractive(
    element,
    place,
    h('input', { id: elementId(element, place), className: 'field field--short', type, 'aria-label': label, defaultValue: value }),
  );
}

function pickerValue(element: Picker, tz: string): { type: string; value: string | undefined } {
  switch (element.type) {
    case 'datepicker':
      return { type: 'date', value: element.initial_date };
    case 'timepicker':
      return { type: 'time', value: element.initial_time };
    case 'datetimepicker': {
      const seconds = element.initial_date_time;
      const local =
        seconds &&
        Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
          .toZonedDateTimeISO(tz)
          .toPlainDateTime();
      return { type: 'datetime-local', value: local ? local.toString({ smallestUnit: 'minute' }) : undefined };
    }
  }
}
