import { describe, expect, it } from 'vitest';
import { fieldFor, textsOf } from '../../../../src/adapters/crm/pipedrive/custom-fields.ts';
import { dayOf, timeOf } from '../../../../src/adapters/crm/pipedrive/times.ts';
import { valueHistory } from '../../../../src/adapters/crm/pipedrive/value-history.ts';

const noon = Date.parse('2026-06-01T12:00:00Z');

describe('times', () => {
  it.each([
    ['2026-06-01T12:00:00Z'],
    ['2026-06-01T12:00:00.987Z'],
    ['2026-06-01T14:00:00+02:00'],
    ['2026-06-01 12:00:00'],
    [noon / 1_000],
    [noon + 21],
    [String(noon / 1_000)],
  ])('reads %s to the second', (text) => {
    expect(timeOf(text)).toBe(noon);
  });

  it.each([[''], [null], [undefined], ['soon'], [0], [-5], [Number.NaN], ['99999999999999999999']])('takes %s for none', (text) => {
    expect(timeOf(text)).toBeNull();
  });

  it.each([
    ['2026-12-15', '2026-12-15'],
    ['2026-12-15T10:00:00Z', '2026-12-15'],
    ['20026-12-15', null],
    ['2026-13-45', null],
    ['', null],
    [null, null],
  ])('reads the day of %s', (text, day) => {
    expect(dayOf(text)).toBe(day);
  });
});

describe('the history of a field', () => {
  const change = (at: number, before: string | null, after: string | null, field = 'stage_id') => ({
    field_key: field,
    old_value: before,
    new_value: after,
    time: at,
  });

  it('begins with what it was before its first change', () => {
    expect(valueHistory([change(20, '1', '2'), change(30, '2', '1')], 'stage_id', '1', 10)).toEqual([
      { at: 10, value: '1' },
      { at: 20, value: '2' },
      { at: 30, value: '1' },
    ]);
  });

  it('is the present value where nothing was changed, whatever happened to other fields', () => {
    expect(valueHistory([change(20, 'a', 'b', 'title')], 'stage_id', '7', 10)).toEqual([{ at: 10, value: '7' }]);
  });

  it('knows no more of one instant than its end, and no change that changes nothing', () => {
    expect(valueHistory([change(10, '1', '2'), change(20, '2', '3'), change(20, '3', '2'), change(30, '2', '2')], 'stage_id', '2', 10)).toEqual([
      { at: 10, value: '2' },
    ]);
  });
});

describe('the team’s own fields', () => {
  const field = (field_name: string, field_type = 'set') => ({
    field_code: 'x',
    field_name,
    field_type,
    options: [
      { id: '31', label: 'Champion' },
      { id: '32', label: 'Legal' },
    ],
  });

  it.each(['Role', 'Buying role', 'buying_role', 'Roles', 'Committee role', 'Stakeholder role'])('knows a role by the name %s', (name) => {
    expect(fieldFor([field('Name'), field(name)], 'role')?.field_name).toBe(name);
  });

  it.each(['Roles and rights', 'Payroll', 'Controller'])('does not take %s for a role', (name) => {
    expect(fieldFor([field(name)], 'role')).toBeNull();
  });

  it.each([
    ['ids', [31, 32]],
    ['ids as text', '31,32'],
    [
      'labelled options',
      [
        { id: 31, label: 'Champion' },
        { id: 32, label: 'Legal' },
      ],
    ],
    ['a webhook’s form', { type: 'set', values: [{ id: 31 }, { id: 32 }] }],
  ])('reads options from %s', (_name, value) => {
    expect(textsOf(value, field('Role'))).toEqual(['Champion', 'Legal']);
  });

  it('says nothing of an option that it does not know, and reads plain text as it is', () => {
    expect(textsOf([99], field('Role'))).toEqual([]);
    expect(textsOf({ type: 'varchar', value: 'Champion, mostly' }, { ...field('Role', 'varchar'), options: null })).toEqual(['Champion, mostly']);
  });
});
