import { describe, expect, it } from 'vitest';
import type { AccountRecord, DealRecord, PersonRecord } from '../../../src/core/journey/record.ts';
import { isAlive, remembered } from '../../../src/core/journey/record.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { dayMs, hourMs } from '../../../src/core/time.ts';
import { aConfig, aMap, aSignal, at } from '../builders.ts';
import { journeysOf, worldOf } from './records-world.ts';

const deal = (when: string, fields: object = {}) => aSignal('deal.upserted', when, { deal: { id: 'd-1', ...fields } });
const person = (when: string, fields: object = {}) => aSignal('person.upserted', when, { person: { id: 'p-1', ...fields } });
const touch = (when: string, touchpoint: object) =>
  aSignal('touchpoint.recorded', when, { touchpoint: { type: 'email', direction: 'inbound', ...touchpoint } });
const merged = (when: string, kind: 'account' | 'deal' | 'person', from: string, into: string) =>
  aSignal('record.merged', when, { merge: { kind, from: [from], into } });

const accountIn = (signals: Signal[], id: string) => worldOf(signals).records.get(`account:${id}`) as AccountRecord;
const dealIn = (signals: Signal[], id = 'd-1') => worldOf(signals).records.get(`deal:${id}`) as DealRecord;
const personIn = (signals: Signal[], id = 'p-1') => worldOf(signals).records.get(`person:${id}`) as PersonRecord;

describe('fields', () => {
  it('change only by a newer time, whatever came last', () => {
    const signals = [
      deal('2026-09-09', { name: 'New name', amount: 3 }),
      deal('2026-09-07', { name: 'Old name', amount: 1 }),
      deal('2026-09-08', { amount: 2 }),
    ];
    expect(dealIn(signals)).toMatchObject({ name: { value: 'New name' }, amount: { value: 3 } });
  });

  it('stay when an upsert does not name them, and are emptied by null', () => {
    expect(dealIn([deal('2026-09-07', { name: 'Rollout', amount: 5 }), deal('2026-09-08', { amount: null })])).toMatchObject({
      name: { value: 'Rollout' },
      amount: { value: null, at: at('2026-09-08') },
    });
  });

  it('have all deals that somebody is said to be on at one instant: a deal that was put away for a while comes back without a change of its people', () => {
    const [without, whole] = [person('2026-09-07', { dealIds: ['d-3'] }), person('2026-09-07', { dealIds: ['d-3', 'd-1'] })];
    for (const signals of [
      [without, whole],
      [whole, without],
    ])
      expect(personIn(signals).dealIds?.value).toEqual(['d-1', 'd-3']);
    expect(personIn([whole, person('2026-09-08', { dealIds: [] })]).dealIds?.value).toEqual([]);
  });

  it('keep zero', () => {
    expect(dealIn([deal('2026-09-07', { amount: 0 })]).amount?.value).toBe(0);
  });
});

describe('touchpoints', () => {
  it('belong to the closest record they name, and tell when their person was last heard or reached', () => {
    const { records } = worldOf([
      touch('2026-09-07 10:00', { accountId: 'a-1', dealId: 'd-1', personId: 'p-1' }),
      touch('2026-09-07 11:00', { accountId: 'a-1', personId: 'p-1', direction: 'outbound' }),
      touch('2026-09-07 12:00', { personId: 'p-1' }),
    ]);
    expect([...records.values()].map(({ kind, touchpoints }) => [kind, touchpoints.length])).toEqual(
      expect.arrayContaining([
        ['deal', 1],
        ['account', 1],
        ['person', 1],
      ]),
    );
    expect(records.get('person:p-1')).toMatchObject({ lastInboundAt: at('2026-09-07 12:00'), lastOutboundAt: at('2026-09-07 11:00') });
  });

  it('remember our person in it, in lower case, also where the same signal comes without it, whichever comes first', () => {
    const without = aSignal(
      'touchpoint.recorded',
      '2026-09-07',
      { touchpoint: { dealId: 'd-1', type: 'email', direction: 'outbound' } },
      { id: 't' },
    );
    const withBy = aSignal(
      'touchpoint.recorded',
      '2026-09-07',
      { touchpoint: { dealId: 'd-1', type: 'email', direction: 'outbound', by: 'Mia@us.example' } },
      { id: 't' },
    );
    for (const signals of [
      [without, withBy],
      [withBy, without],
    ])
      expect(dealIn(signals).touchpoints.map(({ by }) => by)).toEqual(['mia@us.example']);
    expect(dealIn([without]).touchpoints[0]).not.toHaveProperty('by');
  });

  it('remember with whom it was, also where the CRM said that a moment later, or the first word comes last', () => {
    const said = (touchpoint: object) =>
      aSignal('touchpoint.recorded', '2026-09-07', { touchpoint: { dealId: 'd-1', type: 'call', direction: 'inbound', ...touchpoint } }, { id: 't' });
    for (const signals of [
      [said({}), said({ personId: 'p-1' })],
      [said({ personId: 'p-1' }), said({})],
    ])
      expect(dealIn(signals).touchpoints.map(({ personId }) => personId)).toEqual(['p-1']);
  });

  it('that name nobody at all change nothing', () => {
    expect(worldOf([touch('2026-09-07', {})]).records.size).toBe(0);
  });

  it('are remembered up to a number, the newest ones, whatever their order', () => {
    const many = Array.from({ length: remembered.happenings + 20 }, (_, hour) =>
      aSignal('touchpoint.recorded', at('2026-09-07') + hour * hourMs, { touchpoint: { dealId: 'd-1', type: 'email', direction: 'inbound' } }),
    );
    const { touchpoints } = dealIn([...many].reverse());
    expect(touchpoints).toHaveLength(remembered.happenings);
    expect(touchpoints.at(-1)?.at).toBe(at('2026-09-07') + 20 * hourMs);
    expect(dealIn(many).touchpoints).toEqual(touchpoints);
  });

  it('count with their newer time when somebody has corrected it', () => {
    const first = aSignal(
      'touchpoint.recorded',
      '1999-09-07',
      { touchpoint: { dealId: 'd-1', type: 'call', direction: 'inbound' } },
      { id: 'call-1' },
    );
    const later = aSignal(
      'touchpoint.recorded',
      '2026-09-10',
      { touchpoint: { dealId: 'd-1', type: 'call', direction: 'inbound' } },
      { id: 'call-1' },
    );
    for (const order of [
      [first, later],
      [later, first],
    ])
      expect(dealIn(order).touchpoints.map((touchpoint) => touchpoint.at)).toEqual([at('2026-09-10')]);
  });
});

describe('what is said again and again', () => {
  const config = aConfig({ maps: [aMap(), aMap({ key: 'customers', for: { kind: 'accounts' } })] });

  it('does not push out when an account entered its stage', () => {
    const signals = [
      aSignal('account.upserted', '2025-01-06', { account: { id: 'a-1', lifecycleStage: 'awareness' } }),
      ...Array.from({ length: 1500 }, (_, hours) =>
        aSignal('account.upserted', at('2025-02-03') + hours * 7 * hourMs, { account: { id: 'a-1', lifecycleStage: 'decision' } }),
      ),
    ];
    const [journey] = journeysOf(worldOf(signals), config);
    expect(journey?.visits.map(({ stage, enteredAt }) => [stage, enteredAt])).toEqual([
      ['awareness', at('2025-01-06')],
      ['decision', at('2025-02-03')],
    ]);
    expect(accountIn(signals, 'a-1').stages.length).toBeLessThan(200);
  });

  it('does not push out how often the close date was moved', () => {
    const days = ['2026-10-01', '2026-11-01', '2026-12-01'];
    const signals = days.flatMap((closeDate, index) =>
      Array.from({ length: 60 }, (_, hour) =>
        aSignal('deal.upserted', at('2026-06-01') + index * 20 * dayMs + hour * hourMs, { deal: { id: 'd-1', closeDate } }),
      ),
    );
    const [journey] = journeysOf(worldOf(signals), config);
    expect(journey?.deal?.closeDates.map(({ day, setAt }) => [day, setAt])).toEqual(
      days.map((day, index) => [day, at('2026-06-01') + index * 20 * dayMs]),
    );
    expect(journey?.deal?.closeDate?.day).toBe('2026-12-01');
  });
});

describe('merges', () => {
  it('make one record of several, found by any of their ids', () => {
    const world = worldOf([
      aSignal('account.upserted', '2026-09-07', { account: { id: 'a-1', name: 'Acme' } }),
      aSignal('account.upserted', '2026-09-08', { account: { id: 'a-2', domain: 'acme.example' } }),
      merged('2026-09-09', 'account', 'a-1', 'a-2'),
      aSignal('account.upserted', '2026-09-10', { account: { id: 'a-1', segment: 'big' } }),
    ]);
    expect([...world.records.keys()]).toEqual(['account:a-2']);
    expect(world.records.get('account:a-2')).toMatchObject({ name: { value: 'Acme' }, domain: { value: 'acme.example' }, segment: { value: 'big' } });
  });

  it('take people and deals along', () => {
    const [journey] = journeysOf(
      worldOf([
        aSignal('account.upserted', '2026-09-07', { account: { id: 'a-2', name: 'Acme' } }),
        deal('2026-09-07', { accountId: 'a-1', stage: 'decision' }),
        person('2026-09-07', { accountId: 'a-1', name: 'Priya Nair' }),
        merged('2026-09-09', 'account', 'a-1', 'a-2'),
      ]),
      aConfig(),
    );
    expect(journey).toMatchObject({ account: { id: 'a-2', name: 'Acme' }, committee: [{ name: 'Priya Nair' }] });
  });

  it('leave a deal what the CRM says of the one that is left, not what was said of the other', () => {
    const twin = (when: string, fields: object = {}) => aSignal('deal.upserted', when, { deal: { id: 'd-2', ...fields } });
    const signals = [
      deal('2026-09-07', { name: 'Rollout', status: 'open', closeDate: '2026-11-01' }),
      aSignal('stage.entered', '2026-09-07', { stage: { dealId: 'd-1', stage: 'awareness' } }),
      twin('2026-09-08', { name: 'Rollout (2)', status: 'lost', amount: 5, closeDate: '2026-10-01' }),
      aSignal('stage.entered', '2026-09-09', { stage: { dealId: 'd-2', stage: 'decision' } }),
      touch('2026-09-09 10:00', { dealId: 'd-2' }),
      aSignal('record.deleted', '2026-09-10', { record: { kind: 'deal', id: 'd-2' } }),
      merged('2026-09-10', 'deal', 'd-2', 'd-1'),
    ];
    for (const told of [signals, signals.toReversed(), [...signals.slice(3), ...signals]]) {
      const record = dealIn(told);
      expect(isAlive(record)).toBe(true);
      expect(record).toMatchObject({ name: { value: 'Rollout' }, status: { value: 'open' }, closeDates: [{ value: '2026-11-01' }] });
      expect(record.stages.map(({ stage }) => stage)).toEqual(['awareness']);
      // What was never said of it may be known of the other; what happened, happened.
      expect(record.amount?.value).toBe(5);
      expect(record.touchpoints).toHaveLength(1);
      expect(record.firstSeenAt).toBe(at('2026-09-07'));
    }
  });

  it('keep what was said of a deal that was merged into one of which nothing was said yet', () => {
    const record = dealIn([deal('2026-09-07', { name: 'Rollout', stage: 'decision' }), merged('2026-09-08', 'deal', 'd-1', 'd-3')], 'd-3');
    expect(record).toMatchObject({ name: { value: 'Rollout' }, stages: [{ stage: 'decision' }], firstSeenAt: at('2026-09-07') });
  });

  it('of a record into itself change nothing', () => {
    expect(worldOf([merged('2026-09-09', 'account', 'a-1', 'a-1')]).records.size).toBe(0);
  });
});

describe('deletions and erasures', () => {
  it('delete until a newer upsert speaks of the record', () => {
    const deleted = aSignal('record.deleted', '2026-09-08', { record: { kind: 'deal', id: 'd-1' } });
    expect(isAlive(dealIn([deal('2026-09-07'), deleted]))).toBe(false);
    expect(isAlive(dealIn([deleted, deal('2026-09-07')]))).toBe(false);
    expect(isAlive(dealIn([deleted, deal('2026-09-09')]))).toBe(true);
  });

  it('erase for good: what the CRM still says of the record is not taken in', () => {
    const erased = aSignal('record.erased', '2026-09-08', { record: { kind: 'person', id: 'p-1' } });
    const record = personIn([
      person('2026-09-07', { name: 'Priya Nair' }),
      erased,
      person('2026-09-09', { name: 'Priya Nair' }),
      touch('2026-09-10', { personId: 'p-1' }),
    ]);
    expect(record).toMatchObject({ erasedAt: at('2026-09-08'), touchpoints: [], lastInboundAt: null });
    expect(record.name).toBeUndefined();
  });

  it('leave the touchpoints of an erased person as touchpoints of nobody, also those by an id that is merged into it only later', () => {
    const erased = aSignal('record.erased', '2026-09-08', { record: { kind: 'person', id: 'p-1' } });
    const { touchpoints } = dealIn([touch('2026-09-07', { dealId: 'd-1', personId: 'p-2' }), erased, merged('2026-09-06', 'person', 'p-2', 'p-1')]);
    expect(touchpoints).toMatchObject([{ personId: null }]);
  });
});
