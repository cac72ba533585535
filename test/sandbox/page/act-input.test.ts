import { describe, expect, it } from 'vitest';
import { toActInput, toSubmitValues } from '../../../src/sandbox/page/act-input.ts';
import type { ActBody } from '../../../src/sandbox/page/post-bodies.ts';

const where = { channel: 'C1', ts: '1.000100' };
const act = (rest: Partial<ActBody> & { type: string }) => toActInput({ as: 'U1', where, actionId: 'a', blockId: 'b', ...rest }, 'Europe/Berlin');
const one = { value: '1', text: 'One' };
const whole = { text: { type: 'plain_text', text: 'One' }, value: '1' };

describe('acting on an element', () => {
  it.each([
    ['button', { value: 'v' }, { value: 'v' }],
    ['button', {}, {}],
    ['overflow', { chosen: [one] }, { selectedOption: one }],
    ['static_select', { chosen: [one] }, { selectedOption: one }],
    ['checkboxes', { chosen: [one] }, { selectedOptions: [one] }],
    ['checkboxes', { chosen: [] }, { selectedOptions: [] }],
    ['users_select', { chosen: [one] }, { fields: { selected_user: '1' } }],
    ['multi_channels_select', { chosen: [one] }, { fields: { selected_channels: ['1'] } }],
    ['external_select', { chosen: [one] }, { fields: { selected_option: whole } }],
    ['external_select', { chosen: [] }, { fields: { selected_option: null } }],
    ['multi_external_select', { chosen: [one] }, { fields: { selected_options: [whole] } }],
    ['datepicker', { value: '2026-03-04' }, { fields: { selected_date: '2026-03-04' } }],
    ['datepicker', { value: '' }, { fields: { selected_date: null } }],
    ['datetimepicker', { value: '2026-03-04T10:30' }, { fields: { selected_date_time: 1_772_616_600 } }],
    ['plain_text_input', { value: '' }, { value: '' }],
  ])('tells the app of a %s as Slack does', (type, given, expected) => {
    expect(act({ type, ...given })).toEqual({ user: 'U1', ...where, actionId: 'a', blockId: 'b', ...expected });
  });
});

describe('submitting a form', () => {
  it('keeps empty fields as null and reads date-times in the zone of the person', () => {
    const values = {
      note: { v: { type: 'plain_text_input', value: null } },
      tags: { v: { type: 'multi_static_select', value: ['a', 'b'] } },
      at: { v: { type: 'datetimepicker', value: '2026-03-04T10:30' } },
      account: { v: { type: 'external_select', value: [one] } },
      others: { v: { type: 'multi_external_select', value: [one] } },
      nobody: { v: { type: 'external_select', value: [] } },
    };
    expect(toSubmitValues({ as: 'U1', viewId: 'V1', values }, 'Europe/Berlin')).toEqual({
      note: { v: null },
      tags: { v: ['a', 'b'] },
      at: { v: 1_772_616_600 },
      account: { v: whole },
      others: { v: [whole] },
      nobody: { v: null },
    });
  });
});
