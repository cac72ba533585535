import type { ActionsBlockElement, ContextActionsBlockElement, InputBlockElement, SectionBlockAccessory } from '@slack/types';
import { createElement as h, type ReactNode } from 'react';
import { drawButton, drawFeedback, drawIconButton, drawOverflow } from './button.ts';
import { drawCheckboxes, drawRadioButtons } from './choice.ts';
import { drawCombobox } from './combobox.ts';
import type { ElementPlace } from './element-place.ts';
import { drawPicker, drawTextField } from './field.ts';
import { drawImage } from './image.ts';
import { drawMultiSelect, drawSelect } from './select.ts';

export type AnyElement = ActionsBlockElement | ContextActionsBlockElement | InputBlockElement | SectionBlockAccessory;

export function drawElement(element: AnyElement, place: ElementPlace): ReactNode {
  switch (element.type) {
    case 'button':
      return drawButton(element, place);
    case 'feedback_buttons':
      return drawFeedback(element, place);
    case 'icon_button':
      return drawIconButton(element, place);
    case 'overflow':
      return drawOverflow(element, place);
    case 'radio_buttons':
      return drawRadioButtons(element, place);
    case 'checkboxes':
      return drawCheckboxes(element, place);
    case 'static_select':
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
      return drawSelect(element, place);
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
      return drawMultiSelect(element, place);
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return drawPicker(element, place);
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
    case 'rich_text_input':
      return drawTextField(element, place);
    case 'image':
      return drawImage(element, 'accessory', place);
    case 'external_select':
    case 'multi_external_select':
      return drawCombobox(element, place);
    case 'file_input':
    case 'workflow_button':
      return drawUnsupported(element.type);
    default:
      return drawUnsupported((element as { type: string }).type);
  }
}

/** Says so in place of what this page cannot draw. */
export function drawUnsupported(what: string): ReactNode {
  return h('div', { className: 'unsupported' }, `This sandbox does not draw “${what}”.`);
}
