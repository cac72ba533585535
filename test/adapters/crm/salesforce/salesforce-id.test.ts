import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainOf } from '../../../../src/adapters/crm/salesforce/record-signals.ts';
import { isId, isSameId, to18 } from '../../../../src/adapters/crm/salesforce-id.ts';

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];
const short = fc.array(fc.constantFrom(...letters), { minLength: 15, maxLength: 15 }).map((chosen) => chosen.join(''));

describe('ids of Salesforce', () => {
  it.each([
    ['001A0000006Vm9r', '001A0000006Vm9rIAC'],
    ['00D000000000062', '00D000000000062EAA'],
    ['ABCDEFGHIJKLMNO', 'ABCDEFGHIJKLMNO555'],
  ])('have one form: %s is %s', (id, long) => {
    expect(to18(id)).toBe(long);
    expect(to18(long)).toBe(long);
    expect(isSameId(id, long)).toBe(true);
  });

  it('differ by case in their short form, and in their long form without it', () => {
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(isId(to18(a))).toBe(true);
        expect(to18(a).toUpperCase() === to18(b).toUpperCase()).toBe(a === b);
        expect(isSameId(a, b)).toBe(a === b);
      }),
    );
  });

  it.each(['', '001', '001A0000006Vm9rAAA', '001A0000006Vm9!', "001' OR Name != ''", '00100000000000é'])('are not “%s”', (text) => {
    expect(isId(text)).toBe(false);
  });
});

describe('the domain of a website', () => {
  it.each([
    ['https://www.acme.example/de?x=1', 'acme.example'],
    ['Acme.Example', 'acme.example'],
    ['http://shop.acme.example:8080', 'shop.acme.example'],
    ['acme', null],
    ['', null],
    [null, null],
  ])('of %s is %s', (website, domain) => {
    expect(domainOf(website)).toBe(domain);
  });
});
