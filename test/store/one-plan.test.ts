import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sql } from '../../src/adapters/store/drizzle.ts';
import { withOnePlan } from '../../src/adapters/store/sqlite/one-plan.ts';

const given = sql.placeholder('given');

describe('a query', () => {
  it('hides what is compared and counted from its plan, and writes out what never changes', () => {
    const text = 'select "a" from "t" where ("t"."state" = ? and "t"."a" > ?) order by "t"."a" limit ?';
    expect(withOnePlan({ sql: text, params: ["it's", given, 1] })).toEqual({
      sql: `select "a" from "t" where ("t"."state" = 'it''s' and "t"."a" > +?) order by "t"."a" limit 1`,
      params: [given],
    });
  });

  it('keeps what is written, and what a beginning of a text is looked for by', () => {
    const text = 'update "t" set "a" = ?, "b" = ? where "t"."name" like ? escape \'!\'';
    expect(withOnePlan({ sql: text, params: [1, given, given] })).toEqual({ sql: text, params: [1, given, given] });
  });

  it('writes out a text as it is, whatever signs are in it', () => {
    const text = 'select 1 from "t" where "t"."a" = ? and "t"."b" = ?';
    expect(withOnePlan({ sql: text, params: ["$'$&$$", given] }).sql).toBe(`select 1 from "t" where "t"."a" = '$''$&$$' and "t"."b" = +?`);
  });

  it('takes no question mark in a text or a name for a place of a parameter', () => {
    const text = `select "why?" from "t" where "t"."note" = 'why '' where ?' and "t"."a" = ?`;
    expect(withOnePlan({ sql: text, params: [given] }).sql).toBe(text.replace(/\?$/, '+?'));
    expect(() => withOnePlan({ sql: text, params: [given, given] })).toThrow('1 places for 2 parameters');
  });

  it('has as many places left as parameters, whichever were written out', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.string(), fc.constant(given)), { maxLength: 6 }), (params) => {
        const conditions = params.map((_, index) => `"t"."c${index}" = ?`);
        const planned = withOnePlan({ sql: `select 1 from "t" where ${conditions.join(' and ')}`, params });
        expect(planned.params).toEqual(params.filter((param) => param === given));
        expect(planned.sql.replace(/'(?:[^']|'')*'/g, '').split('+?')).toHaveLength(planned.params.length + 1);
      }),
    );
  });
});
