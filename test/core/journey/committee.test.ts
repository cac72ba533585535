import { describe, expect, it } from 'vitest';
import { committeeOf } from '../../../src/core/journey/committee.ts';
import { roleOf } from '../../../src/core/journey/held-roles.ts';
import type { RoleDefinition } from '../../../src/core/journey/journey-map.ts';
import type { PersonRecord } from '../../../src/core/journey/record.ts';
import type { PersonFields, Signal } from '../../../src/core/journey/signal.ts';
import { aSignal, at } from '../builders.ts';
import { worldOf } from './records-world.ts';

const roles: RoleDefinition[] = [
  { key: 'economic_buyer', label: 'Economic buyer', crm: ['BUDGET_HOLDER'], titles: ['CFO', 'VP Finance'] },
  { key: 'champion', label: 'Champion', crm: ['CHAMPION'], titles: [] },
  { key: 'legal', label: 'Legal', crm: ['LEGAL_AND_COMPLIANCE'], titles: ['Counsel'] },
];
const person = (fields: PersonFields = {}, id = 'p-1', when = '2026-09-07') => aSignal('person.upserted', when, { person: { id, ...fields } });
const assigned = (role: string) => aSignal('role.assigned', '2026-09-08', { role: { personId: 'p-1', role } });
const committee = (...signals: Signal[]) =>
  committeeOf(
    [...worldOf(signals).records.values()].filter((record): record is PersonRecord => record.kind === 'person'),
    roles,
  );
const rolesIn = (...signals: Signal[]) => committee(...signals)[0]?.roles;

describe('the buying committee', () => {
  it('is everybody whom the CRM has told of and not taken away, ordered by id', () => {
    const gone = aSignal('record.deleted', '2026-09-09', { record: { kind: 'person', id: 'p-0' } });
    const named = aSignal('touchpoint.recorded', '2026-09-09', {
      touchpoint: { dealId: 'd-1', personId: 'p-9', type: 'email', direction: 'inbound' },
    });
    expect(committee(person({}, 'p-2'), person({}, 'p-1'), person({}, 'p-0'), gone, named).map(({ id }) => id)).toEqual(['p-1', 'p-2']);
  });

  it('does not take being put on a deal for being there', () => {
    const link = person({ dealLinks: [{ dealId: 'd-1', linked: true }] }, 'p-7');
    expect(committee(link)).toEqual([]);
    expect(committee(link, person({}, 'p-7')).map(({ id }) => id)).toEqual(['p-7']);
  });

  it('has a person on every deal that the newest word on it says, in whatever order deals are told', () => {
    const linked = (dealId: string, on: boolean, when: string) => person({ dealLinks: [{ dealId, linked: on }] }, 'p-7', when);
    const told = [
      linked('d-1', true, '2026-09-07'),
      linked('d-2', true, '2026-09-08'),
      linked('d-1', false, '2026-09-09'),
      linked('d-3', true, '2026-09-01'),
    ];
    for (const signals of [told, told.toReversed()])
      expect(worldOf(signals).records.get('person:p-7')).toMatchObject({ dealIds: { value: ['d-2', 'd-3'], at: at('2026-09-09') } });
  });

  it('names people by their e-mail address, or id, where the CRM has no name', () => {
    expect(committee(person({ name: null, email: 'priya@acme.example' }))[0]?.name).toBe('priya@acme.example');
    expect(committee(person())[0]?.name).toBe('p-1');
  });

  it('knows them since they were first spoken of, a touchpoint before their record included', () => {
    const early = aSignal('touchpoint.recorded', '2026-09-01', {
      touchpoint: { dealId: 'd-1', personId: 'p-1', type: 'email', direction: 'inbound' },
    });
    expect(committee(person(), early)[0]).toMatchObject({ addedAt: at('2026-09-01'), lastInboundAt: at('2026-09-01'), lastOutboundAt: null });
  });
});

describe('roles', () => {
  it('come from the CRM in its own words, from the key or the label, in any case', () => {
    expect(rolesIn(person({ roles: ['budget_holder', ' Champion '] }))).toEqual([
      { role: 'economic_buyer', origin: 'crm' },
      { role: 'champion', origin: 'crm' },
    ]);
    expect(roleOf('Economic Buyer', roles)).toBe('economic_buyer');
  });

  it('come from whoever assigned them, and then once', () => {
    expect(rolesIn(person({ roles: ['CHAMPION'] }), assigned('champion'), assigned('legal'))).toEqual([
      { role: 'champion', origin: 'assigned' },
      { role: 'legal', origin: 'assigned' },
    ]);
  });

  it('are inferred from whole words of the title only where nothing else is known', () => {
    expect(rolesIn(person({ title: 'Group CFO, Europe' }))).toEqual([{ role: 'economic_buyer', origin: 'title' }]);
    expect(rolesIn(person({ title: 'vp-finance' }))).toEqual([{ role: 'economic_buyer', origin: 'title' }]);
    expect(rolesIn(person({ title: 'CFOs assistant' }))).toEqual([]);
    expect(rolesIn(person({ title: 'CFO', roles: ['CHAMPION'] }))).toEqual([{ role: 'champion', origin: 'crm' }]);
    expect(rolesIn(person({ title: 'CFO', roles: ['OTHER'] }))).toEqual([{ role: 'economic_buyer', origin: 'title' }]);
  });

  it('are never guessed from words that the map does not know', () => {
    for (const value of ['OTHER', '__proto__', 'constructor', '']) expect(roleOf(value, roles)).toBeNull();
    expect(rolesIn(person({ roles: ['__proto__'] }), assigned('constructor'), assigned('__proto__'))).toEqual([]);
  });
});

describe('a role that somebody set in Slack', () => {
  const set = (held: boolean, when: string, role = 'champion') =>
    aSignal('role.set', when, { role: { personId: 'p-1', role, held, by: 'U1' } }, { source: 'slack' });
  const crm = (roles: string[], when: string) => person({ roles }, 'p-1', when);
  const bySlack = (when: string, role = 'champion') => ({ role, origin: 'slack', by: 'U1', at: at(when) });

  it('is held, and says who set it and when', () => {
    expect(rolesIn(person(), set(true, '2026-09-10'))).toEqual([bySlack('2026-09-10')]);
  });

  it('wins over what the title suggests, and may take that away', () => {
    expect(rolesIn(person({ title: 'CFO' }), set(true, '2026-09-10'))).toEqual([bySlack('2026-09-10')]);
    expect(rolesIn(person({ title: 'CFO' }), set(false, '2026-09-10', 'economic_buyer'))).toEqual([]);
  });

  it('wins over what the CRM said before and goes on repeating, beside something new or not', () => {
    expect(rolesIn(crm(['CHAMPION'], '2026-09-07'), set(false, '2026-09-10'), crm(['CHAMPION'], '2026-09-12'))).toEqual([]);
    expect(rolesIn(crm(['CHAMPION'], '2026-09-07'), set(false, '2026-09-10'), crm(['CHAMPION', 'LEGAL_AND_COMPLIANCE'], '2026-09-12'))).toEqual([
      { role: 'legal', origin: 'crm' },
    ]);
    expect(rolesIn(assigned('champion'), person(), set(false, '2026-09-10'))).toEqual([]);
    expect(rolesIn(crm([], '2026-09-07'), set(true, '2026-09-10'), crm([], '2026-09-12'))).toEqual([bySlack('2026-09-10')]);
  });

  it('is not taken away by a CRM that speaks of roles for the first time, and not of this one', () => {
    expect(rolesIn(person(), set(true, '2026-09-10'), crm([], '2026-09-12'))).toEqual([bySlack('2026-09-10')]);
  });

  it('gives way to what the CRM says anew', () => {
    const now = [{ role: 'champion', origin: 'crm' }];
    expect(rolesIn(person(), set(false, '2026-09-10'), crm(['CHAMPION'], '2026-09-12'))).toEqual(now);
    expect(rolesIn(crm(['CHAMPION'], '2026-09-07'), set(false, '2026-09-08'), crm([], '2026-09-09'), crm(['CHAMPION'], '2026-09-12'))).toEqual(now);
    expect(rolesIn(crm([], '2026-09-07'), set(true, '2026-09-10'), crm(['CHAMPION'], '2026-09-12'), crm([], '2026-09-13'))).toEqual([]);
    const given = aSignal('role.assigned', '2026-09-12', { role: { personId: 'p-1', role: 'champion' } });
    expect(rolesIn(person(), set(false, '2026-09-10'), given)).toEqual([{ role: 'champion', origin: 'assigned' }]);
  });

  it('is the newest word that was said, and comes from the CRM once that says so, too', () => {
    expect(rolesIn(person(), set(false, '2026-09-11'), set(true, '2026-09-10'))).toEqual([]);
    expect(rolesIn(person(), set(true, '2026-09-10'), crm(['CHAMPION'], '2026-09-12'))).toEqual([{ role: 'champion', origin: 'crm' }]);
  });

  it('holds for records that were stored before such words were kept', () => {
    const [record] = worldOf([crm(['CHAMPION'], '2026-09-07')]).records.values();
    const { rolesSaid, ...old } = record as PersonRecord;
    expect(rolesSaid).toBeDefined();
    const [after] = committeeOf([{ ...old, manual: { champion: { value: { held: false, by: 'U1' }, at: at('2026-09-10') } } }], roles);
    expect(after?.roles).toEqual([]);
  });
});
