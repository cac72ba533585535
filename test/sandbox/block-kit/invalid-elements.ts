import {
  actions,
  block,
  button,
  type InvalidCase,
  input,
  least,
  longest,
  most,
  mrkdwn,
  notEmpty,
  option,
  plain,
  repeat,
  type Shown,
} from './invalid-case.ts';

const url = (length: number): string => `https://us.example/${'x'.repeat(length - 'https://us.example/'.length)}`;
const astralUrl = (length: number): string => `https://us.example/${'😀'.repeat(length - 'https://us.example/'.length)}`;
const confirm = (more: Record<string, unknown>): Shown =>
  actions(button({ confirm: { title: plain('T'), text: plain('X'), confirm: plain('Y'), deny: plain('N'), ...more } }));
const overflow = (options: unknown[]): Shown => actions({ type: 'overflow', options });
const select = (more: Record<string, unknown>): Shown => actions({ type: 'static_select', placeholder: plain('P'), ...more });
const group = (more: Record<string, unknown> = {}): unknown => ({ label: plain('G'), options: [option()], ...more });
const feedback = (more: Record<string, unknown>): Shown =>
  block({
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        positive_button: { text: plain('+'), value: 'up', ...more },
        negative_button: { text: plain('-'), value: 'down' },
      },
    ],
  });
const source = (given: string): Shown =>
  block({ type: 'task_card', task_id: '1', title: 'T', status: 'pending', sources: [{ type: 'url', url: given, text: 'S' }] });

export const invalidElements: Readonly<Record<string, InvalidCase>> = {
  'text-empty': notEmpty((text) => block({ type: 'section', text: mrkdwn(text) })),
  'text-too-long': longest(3000, (text) => block({ type: 'context', elements: [mrkdwn(text)] })),
  'button-action-id-too-long': longest(255, (text) => actions(button({ action_id: text }))),
  'button-text-too-long': longest(75, (text) => actions(button({ text: plain(text) }))),
  'button-url-too-long': most(3000, (length) => actions(button({ url: url(length) }))),
  'button-value-too-long': longest(2000, (text) => actions(button({ value: text }))),
  'button-accessibility-label-too-long': longest(75, (text) => actions(button({ accessibility_label: text }))),
  'confirmation-title-too-long': longest(100, (text) => confirm({ title: plain(text) })),
  'confirmation-text-too-long': longest(300, (text) => confirm({ text: plain(text) })),
  'confirmation-confirm-too-long': longest(30, (text) => confirm({ confirm: plain(text) })),
  'confirmation-deny-too-long': longest(30, (text) => confirm({ deny: plain(text) })),
  'option-text-too-long': longest(75, (text) => overflow([option({ text: plain(text) })])),
  'option-value-too-long': longest(150, (text) => overflow([option({ value: text })])),
  'option-url-too-long': most(3000, (length) => overflow([option({ url: astralUrl(length) })])),
  'option-description-too-long': longest(75, (text) => overflow([option({ description: plain(text) })])),
  'option-group-label-too-long': longest(75, (text) => select({ option_groups: [group({ label: plain(text) })] })),
  'option-group-empty': least(1, (count) => select({ option_groups: [group({ options: repeat(count, () => option()) })] })),
  'option-group-too-many-options': most(100, (count) =>
    select({ option_groups: [group({ options: repeat(count, (index) => option({ value: `${index}` })) })] }),
  ),
  'select-placeholder-too-long': longest(150, (text) => select({ placeholder: plain(text), options: [option()] })),
  'select-too-many-options': most(100, (count) => select({ options: repeat(count, (index) => option({ value: `${index}` })) })),
  'select-too-many-option-groups': most(100, (count) => select({ option_groups: repeat(count, () => group()) })),
  'overflow-empty': least(1, (count) => overflow(repeat(count, () => option()))),
  'overflow-too-many-options': most(5, (count) => overflow(repeat(count, (index) => option({ value: `${index}` })))),
  'checkboxes-empty': least(1, (count) => input({ type: 'checkboxes', options: repeat(count, () => option()) })),
  'checkboxes-too-many-options': most(10, (count) => input({ type: 'checkboxes', options: repeat(count, (index) => option({ value: `${index}` })) })),
  'radio-buttons-empty': least(1, (count) => input({ type: 'radio_buttons', options: repeat(count, () => option()) })),
  'radio-buttons-too-many-options': most(10, (count) =>
    input({ type: 'radio_buttons', options: repeat(count, (index) => option({ value: `${index}` })) }),
  ),
  'url-source-url-empty': { accepted: source('https://us.example'), refused: source('') },
  'url-source-url-too-long': most(3000, (length) => source(url(length))),
  'file-input-max-files-too-small': least(1, (count) => formOf({ type: 'file_input', max_files: count })),
  'file-input-max-files-too-large': most(10, (count) => formOf({ type: 'file_input', max_files: count })),
  'plain-text-input-max-length-too-large': most(3000, (count) => input({ type: 'plain_text_input', max_length: count })),
  'static-select-options-and-groups': {
    accepted: select({ options: [option()] }),
    refused: select({ options: [option()], option_groups: [group()] }),
  },
  'number-input-inverted-range': {
    accepted: input({ type: 'number_input', is_decimal_allowed: false, min_value: '3', max_value: '3' }),
    refused: input({ type: 'number_input', is_decimal_allowed: false, min_value: '10', max_value: '9' }),
  },
  'image-url-too-long': most(3000, (length) => image({ image_url: url(length) })),
  'image-alt-text-too-long': longest(2000, (text) => image({ image_url: url(30), alt_text: text })),
  'image-url-and-slack-file': {
    accepted: image({ slack_file: { id: 'F1' } }),
    refused: image({ slack_file: { id: 'F1' }, image_url: url(30) }),
  },
  'feedback-button-text-too-long': longest(75, (text) => feedback({ text: plain(text) })),
  'feedback-button-value-too-long': longest(2000, (text) => feedback({ value: text })),
  'feedback-button-accessibility-label-too-long': longest(75, (text) => feedback({ accessibility_label: text })),
  'icon-button-too-many-visible-users': most(10, (count) =>
    block({
      type: 'context_actions',
      elements: [{ type: 'icon_button', icon: 'trash', text: plain('D'), visible_to_user_ids: repeat(count, (i) => `U${i}`) }],
    }),
  ),
};

function image(more: Record<string, unknown>): Shown {
  return block({ type: 'image', alt_text: 'A', ...more });
}

/** Files are uploaded in modals only. */
function formOf(element: Record<string, unknown>): Shown {
  const blocks = [{ type: 'input', label: plain('L'), element }];
  return { view: { type: 'modal', title: plain('T'), submit: plain('S'), blocks } };
}
