import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Access, isAmong, openAccess, seesAmounts, showsAmounts, withoutAmounts } from '../../src/core/access.ts';

const dana = { userId: 'U0DANA', email: 'Dana@us.example' };
const theo = { userId: 'U0THEO', email: null };
const some: Access = { ...openAccess, amounts: { who: { emails: ['dana@us.example'], userIds: [] }, channels: ['#deals'] } };

describe('who is meant', () => {
  it('finds people by e-mail address, in whatever case, and by id', () => {
    expect(isAmong({ emails: ['dana@us.example'], userIds: [] }, dana)).toBe(true);
    expect(isAmong({ emails: [], userIds: ['U0THEO'] }, theo)).toBe(true);
    expect(isAmong({ emails: ['dana@us.example'], userIds: [] }, theo)).toBe(false);
    expect(isAmong({ emails: [], userIds: [] }, dana)).toBe(false);
    expect(isAmong('everyone', theo)).toBe(true);
  });
});

describe('amounts', () => {
  it('are everybody’s where journey.yml says nothing', () => {
    expect(seesAmounts(openAccess, theo)).toBe(true);
    expect(showsAmounts(openAccess, '#anywhere')).toBe(true);
  });

  it('are shown to those named, and in the channels named', () => {
    expect(seesAmounts(some, dana)).toBe(true);
    expect(seesAmounts(some, theo)).toBe(false);
    expect(showsAmounts(some, '#deals')).toBe(true);
    expect(showsAmounts(some, '#general')).toBe(false);
  });

  it('are hidden wherever they stand in a value, and nothing else changes', () => {
    const money = fc.record({ value: fc.integer({ min: 77_000, max: 78_000 }), currency: fc.option(fc.constantFrom('EUR', 'USD')) });
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        money,
        fc.constantFrom<unknown>(null, true, 5, 'text', { amount: 5, unit: 'bd' }),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('amount', 'won', 'name', 'since'), tie('tree'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const hidden = JSON.stringify(withoutAmounts({ value }));
        expect(hidden).not.toMatch(/"currency"|77\d\d\d/);
        if (!JSON.stringify({ value }).includes('currency')) expect(hidden).toBe(JSON.stringify({ value }));
      }),
    );
  });

  it('leave durations alone', () => {
    expect(withoutAmounts({ after: { amount: 5, unit: 'bd' }, amount: { value: 5, currency: 'EUR' } })).toEqual({
      after: { amount: 5, unit: 'bd' },
      amount: null,
    });
  });
});
