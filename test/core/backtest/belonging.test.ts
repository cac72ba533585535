import { describe, expect, it } from 'vitest';
import { createBelonging } from '../../../src/core/backtest/belonging.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { aSignal } from '../../core/builders.ts';

const groupsOf = (...signals: Signal[]): string[][] => {
  const belonging = createBelonging();
  for (const signal of signals) belonging.add(signal);
  return [...belonging.groups()].map((group) => group.map(({ kind, id }) => `${kind}:${id}`).sort()).sort();
};
const account = (id: string) => aSignal('account.upserted', '2026-09-07', { account: { id } });
const deal = (id: string, accountId: string | null = null) => aSignal('deal.upserted', '2026-09-07', { deal: { id, accountId } });
const person = (id: string, links: { accountId?: string; dealIds?: string[] }) =>
  aSignal('person.upserted', '2026-09-07', { person: { id, ...links } });

describe('what belongs together', () => {
  it('is an account with its deals and people', () => {
    expect(groupsOf(account('a-1'), deal('d-1', 'a-1'), deal('d-2', 'a-2'), person('p-1', { accountId: 'a-1' }), deal('d-3'))).toEqual([
      ['account:a-1', 'deal:d-1', 'person:p-1'],
      ['account:a-2', 'deal:d-2'],
      ['deal:d-3'],
    ]);
  });

  it('is whoever was ever linked, in whatever order that was said', () => {
    expect(groupsOf(deal('d-1', 'a-1'), deal('d-1', 'a-2'))).toEqual([['account:a-1', 'account:a-2', 'deal:d-1']]);
    expect(
      groupsOf(
        deal('d-1', 'a-2'),
        deal('d-2', 'a-1'),
        aSignal('record.merged', '2026-09-07', { merge: { kind: 'account', from: ['a-1'], into: 'a-2' } }),
      ),
    ).toEqual([['account:a-1', 'account:a-2', 'deal:d-1', 'deal:d-2']]);
  });

  it('is not tied together by a person, who is in each of them', () => {
    const merged = aSignal('record.merged', '2026-09-07', { merge: { kind: 'person', from: ['p-2'], into: 'p-1' } });
    expect(
      groupsOf(deal('d-1', 'a-1'), deal('d-2', 'a-2'), person('p-1', { accountId: 'a-1' }), person('p-2', { dealIds: ['d-2'] }), merged),
    ).toEqual([
      ['account:a-1', 'deal:d-1', 'person:p-1', 'person:p-2'],
      ['account:a-2', 'deal:d-2', 'person:p-1', 'person:p-2'],
    ]);
  });

  it('knows whomever a touchpoint names, who may be deleted somewhere else', () => {
    const call = aSignal('touchpoint.recorded', '2026-09-07', {
      touchpoint: { dealId: 'd-1', personId: 'p-1', type: 'call', direction: 'outbound' },
    });
    const gone = aSignal('record.deleted', '2026-09-07', { record: { kind: 'person', id: 'p-1' } });
    expect(groupsOf(deal('d-1', 'a-1'), call, gone)).toEqual([['account:a-1', 'deal:d-1', 'person:p-1']]);
  });
});
