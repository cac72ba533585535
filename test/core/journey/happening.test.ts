import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { happenings, touchpointId } from '../../../src/core/journey/happening.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { hourMs } from '../../../src/core/time.ts';
import { aConfig, aMap, aSignal, at } from '../builders.ts';
import { journeysOf, worldOf } from './records-world.ts';
import { toldTwice } from './some-signals.ts';

const config = aConfig({ maps: [aMap({})] });
const people = ['p-1', 'p-2', 'p-3', 'p-4'];
const known: Signal[] = [
  aSignal('deal.upserted', '2026-09-07', { deal: { id: 'd-1', accountId: 'a-1' } }),
  ...people.map((id) => aSignal('person.upserted', '2026-09-07', { person: { id, ...(id === 'p-4' ? {} : { accountId: 'a-1' }) } })),
];
const deleted = (id: string): Signal => aSignal('record.deleted', '2026-12-01', { record: { kind: 'person', id } });

type Meeting = { name: string; hour: number; type: string; with: readonly string[] };
const said = ({ name, hour, type, with: all }: Meeting): Signal[] =>
  (all.length === 0 ? [null] : all).map((personId) => ({
    ...aSignal('touchpoint.recorded', at('2026-09-08') + hour * hourMs, {
      touchpoint: { dealId: 'd-1', accountId: 'a-1', personId, type, direction: type === 'email' ? 'outbound' : 'inbound' },
    }),
    id: touchpointId(`crm:${name}`, personId),
  }));
const meeting = (name: string, ...all: string[]): Meeting => ({ name, hour: 1, type: 'meeting', with: all });
const heard = (signals: Signal[]) =>
  journeysOf(worldOf([...known, ...signals]), config).flatMap(({ touchpoints }) => touchpoints.map(({ id, personId }) => [id, personId]));

describe('what several people were in', () => {
  it('is a touchpoint of each of them, and names those who are left when one of them is deleted', () => {
    const signals = said(meeting('m', 'p-1', 'p-2'));
    expect(heard(signals)).toEqual([
      ['crm:m:with:p-1', 'p-1'],
      ['crm:m:with:p-2', 'p-2'],
    ]);
    expect(heard([...signals, deleted('p-1')])).toEqual([['crm:m:with:p-2', 'p-2']]);
  });

  it('has happened once when nobody of them is left', () => {
    expect(heard([...said(meeting('m', 'p-1', 'p-2', 'p-4')), ...['p-1', 'p-2', 'p-4'].map(deleted)])).toEqual([['crm:m', null]]);
  });

  it('names nobody beside those who were in it, also where it was heard of before they were', () => {
    expect(heard([...said(meeting('m')), ...said(meeting('m', 'p-1'))])).toEqual([['crm:m:with:p-1', 'p-1']]);
  });

  it('counts a person once who was in it as two, before they were merged', () => {
    const merged = aSignal('record.merged', '2026-09-20', { merge: { kind: 'person', from: ['p-1'], into: 'p-2' } });
    expect(heard([...said(meeting('m', 'p-1', 'p-2')), ...said(meeting('n', 'p-1')), merged])).toEqual([
      ['crm:m:with:p-2', 'p-2'],
      ['crm:n:with:p-2', 'p-2'],
    ]);
  });

  it('has happened once that was about two deals which became one, of which a CRM says the new id', () => {
    const about = (dealId: string): Signal[] =>
      said(meeting('m', 'p-1')).map((signal) => ({
        ...signal,
        id: touchpointId('crm:m', 'p-1', dealId),
        ...(signal.type === 'touchpoint.recorded' ? { touchpoint: { ...signal.touchpoint, dealId } } : {}),
      })) as Signal[];
    const merged = aSignal('record.merged', '2026-09-20', { merge: { kind: 'deal', from: ['d-1', 'd-2'], into: 'd-3' } });
    const deal = aSignal('deal.upserted', '2026-09-20', { deal: { id: 'd-3', accountId: 'a-1' } });
    const expected = [['crm:m:with:p-1', 'p-1']];
    expect(heard([...['d-1', 'd-2', 'd-3'].flatMap(about), merged, deal])).toEqual(expected);
    expect(heard([deal, merged, ...about('d-3')])).toEqual(expected);
  });

  it('leaves what was kept under an id of its own as it is', () => {
    const plain = [1, 2].map((number) => ({ ...said(meeting('m'))[0], id: `s-${number}` }) as Signal);
    expect(heard([...plain, ...said(meeting('m', 'p-1'))])).toEqual([
      ['crm:m:with:p-1', 'p-1'],
      ['s-1', null],
      ['s-2', null],
    ]);
  });

  it('is one happening, to however many it went', () => {
    const touchpoints = journeysOf(worldOf([...known, ...said(meeting('m', 'p-1', 'p-2')), ...said(meeting('n', 'p-1'))]), config)[0]?.touchpoints;
    expect(happenings(touchpoints ?? []).map(({ id }) => id)).toEqual(['crm:m:with:p-1', 'crm:n:with:p-1']);
  });

  it('reads the same for whoever heard of it at the time, in any order and twice, as for whoever asks when people are gone', () => {
    const some = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('k', 'l', 'm', 'n', 'o'),
        hour: fc.integer({ min: 0, max: 2 }),
        type: fc.constantFrom('meeting', 'email'),
        with: fc.subarray(people),
        heardEarly: fc.boolean(),
      }),
      { selector: ({ name }) => name, maxLength: 5 },
    );
    const both = fc.record({ meetings: some, gone: fc.subarray(people) }).chain(({ meetings, gone }) => {
      const live = meetings.flatMap((one) => [...(one.heardEarly ? said({ ...one, with: [] }) : []), ...said(one)]);
      const asked = meetings.flatMap((one) => said({ ...one, with: one.with.filter((id) => !gone.includes(id)) }));
      return fc.record({
        live: toldTwice(fc.constant<Signal[]>([...known, ...live, ...gone.map(deleted)])),
        asked: fc.constant<Signal[]>([...known, ...asked, ...gone.map(deleted)]),
      });
    });
    fc.assert(
      fc.property(both, ({ live, asked }) => {
        const expected = journeysOf(worldOf(asked), config);
        expect(journeysOf(worldOf(live.one), config)).toEqual(expected);
        expect(journeysOf(worldOf(live.other), config)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
