import fc from 'fast-check';
import type { RecordKind, Signal } from '../../../src/core/journey/signal.ts';
import { type EpochMs, hourMs } from '../../../src/core/time.ts';
import { aSignal, at } from '../builders.ts';

/** Few ids, so that signals meet; among them names that every JavaScript object has already. */
const ids: Record<RecordKind, string[]> = {
  account: ['a-1', 'a-2', '__proto__'],
  deal: ['d-1', 'd-2', 'constructor'],
  person: ['p-1', 'p-2', 'p-3', 'toString', '__proto__'],
};
export const hostileNames = ['__proto__', 'constructor', 'hasOwnProperty', 'nps', 'sso_live'];

// Few instants, so that many things are said of the same one; two weeks apart, so that weeks begin in between.
const start = at('2026-09-07 09:00');
const instant: fc.Arbitrary<EpochMs> = fc.integer({ min: 0, max: 14 }).map((step) => start + step * 26 * hourMs);
const idOf = (kind: RecordKind) => fc.constantFrom(...ids[kind]);
const kind = fc.constantFrom<RecordKind>('account', 'deal', 'person');
const stage = fc.constantFrom('awareness', 'decision', 'won', 'lost', 'custom_stage_7', '__proto__');
const day = fc.constantFrom('2026-10-01', '2026-11-01', '2026-12-01');
/** May be missing (says nothing) or null (empties it). */
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(fc.option(value), { nil: undefined });
const said = <Body extends Record<string, fc.Arbitrary<unknown>>>(body: Body) =>
  fc.record(body).map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));

/** What a person is called: nothing of it may outlive an erasure. */
export const secretName = (id: string, variant: number): string => `Secret ${id} ${variant}`;
export const secretMark = 'Secret ';

const bodies: fc.Arbitrary<Parameters<typeof aSignal>>[] = [
  upsert(
    'account.upserted',
    idOf('account'),
    { name: maybe(fc.constantFrom('Acme', 'Zeta')), segment: maybe(fc.constantFrom('big', 'small')), lifecycleStage: maybe(stage) },
    'account',
  ),
  upsert(
    'deal.upserted',
    idOf('deal'),
    {
      accountId: maybe(idOf('account')),
      name: maybe(fc.constantFrom('Rollout', 'Renewal')),
      stage: maybe(stage),
      amount: maybe(fc.constantFrom(1, 2, 30)),
      closeDate: maybe(day),
      closeDateNow: maybe(day),
      status: maybe(fc.constantFrom('open', 'won', 'lost')),
      stallLimit: maybe(fc.record({ stage, days: fc.option(fc.constantFrom(3, 10)) })),
    },
    'deal',
  ),
  idOf('person').chain((id) =>
    upsert(
      'person.upserted',
      fc.constant(id),
      {
        accountId: maybe(idOf('account')),
        dealIds: maybe(fc.uniqueArray(idOf('deal'), { maxLength: 2 })),
        dealLinks: fc.option(fc.array(fc.record({ dealId: idOf('deal'), linked: fc.boolean() }), { maxLength: 2 }), { nil: undefined }),
        name: maybe(fc.constantFrom(secretName(id, 1), secretName(id, 2))),
        email: maybe(fc.constant(`${secretMark}${id}@acme.example`)),
        roles: maybe(fc.uniqueArray(fc.constantFrom('champion', 'legal', ...hostileNames), { maxLength: 2 })),
      },
      'person',
    ),
  ),
  fc
    .record({
      accountId: fc.option(idOf('account')),
      dealId: fc.option(idOf('deal')),
      personId: fc.option(idOf('person')),
      type: fc.constantFrom('email', 'call'),
      direction: fc.constantFrom('inbound', 'outbound'),
      by: fc.option(fc.constantFrom('mia@us.example', 'dana@us.example')),
      note: fc.option(fc.constantFrom('Went well', 'Wants a discount')),
    })
    .map((touchpoint) => ['touchpoint.recorded', 0, { touchpoint }]),
  fc.record({ dealId: idOf('deal'), stage }).map((entered) => ['stage.entered', 0, { stage: entered }]),
  fc
    .record({ dealId: idOf('deal'), title: fc.option(fc.constantFrom('Call', 'Demo')), due: fc.option(day) })
    .map((nextStep) => ['next-step.set', 0, { nextStep }]),
  fc
    .record({ accountId: idOf('account'), name: fc.constantFrom(...hostileNames), value: fc.integer({ min: 0, max: 3 }) })
    .map((metric) => ['metric.recorded', 0, { metric }]),
  fc.record({ accountId: idOf('account'), name: fc.constantFrom(...hostileNames) }).map((milestone) => ['milestone.completed', 0, { milestone }]),
  fc.record({ personId: idOf('person'), role: fc.constantFrom('champion', ...hostileNames) }).map((role) => ['role.assigned', 0, { role }]),
  fc
    .record({
      personId: idOf('person'),
      role: fc.constantFrom('champion', ...hostileNames),
      held: fc.boolean(),
      by: fc.constantFrom('U01', 'U02'),
    })
    .map((role) => ['role.set', 0, { role }]),
  kind
    .chain((of) => fc.record({ kind: fc.constant(of), from: fc.uniqueArray(idOf(of), { minLength: 1, maxLength: 2 }), into: idOf(of) }))
    .map((merge) => ['record.merged', 0, { merge }]),
  kind.chain((of) => fc.record({ kind: fc.constant(of), id: idOf(of) })).map((record) => ['record.deleted', 0, { record }]),
  kind.chain((of) => fc.record({ kind: fc.constant(of), id: idOf(of) })).map((record) => ['record.erased', 0, { record }]),
];

/** Any signal; merges and erasures as often as what they act on. */
export const someSignal: fc.Arbitrary<Signal> = fc.tuple(fc.oneof(...bodies), instant).map(([[type, , body], when]) => aSignal(type, when, body));

/** More touchpoints of a few records than these remember. */
export const manyTouchpoints: fc.Arbitrary<Signal[]> = fc.array(
  fc
    .record({ dealId: fc.constantFrom('d-1', 'd-2'), personId: fc.option(idOf('person')), when: fc.integer({ min: 0, max: 400 }) })
    .map(({ dealId, personId, when }) =>
      aSignal('touchpoint.recorded', start + when * hourMs, { touchpoint: { dealId, personId, type: 'email', direction: 'inbound' } }),
    ),
  { minLength: 120, maxLength: 180 },
);

/** The same set of signals twice: in two orders, each with its own repetitions. */
export const toldTwice = (signals: fc.Arbitrary<Signal[]>): fc.Arbitrary<{ one: Signal[]; other: Signal[] }> =>
  signals.chain((list) => fc.record({ one: anyOrder(list), other: anyOrder(list) }));

const anyOrder = (list: Signal[]): fc.Arbitrary<Signal[]> =>
  fc
    .record({ keys: fc.array(fc.nat(), { minLength: list.length, maxLength: list.length }), again: fc.subarray(list) })
    .map(({ keys, again }) => [...[...list.entries()].sort(([a], [b]) => (keys[a] ?? 0) - (keys[b] ?? 0)).map(([, signal]) => signal), ...again]);

function upsert(
  type: 'account.upserted' | 'deal.upserted' | 'person.upserted',
  id: fc.Arbitrary<string>,
  fields: Record<string, fc.Arbitrary<unknown>>,
  name: 'account' | 'deal' | 'person',
): fc.Arbitrary<Parameters<typeof aSignal>> {
  return fc.tuple(id, said(fields)).map(([own, rest]) => [type, 0, { [name]: { id: own, ...rest } }] as unknown as Parameters<typeof aSignal>);
}

export const everyId: [RecordKind, string][] = (['account', 'deal', 'person'] as const).flatMap((of) =>
  ids[of].map((id): [RecordKind, string] => [of, id]),
);
