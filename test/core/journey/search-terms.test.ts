import { describe, expect, it } from 'vitest';
import { foldText, sameTerms, searchTerms, urlTerm } from '../../../src/core/journey/search-terms.ts';
import { aSignal } from '../builders.ts';
import { worldOf } from './records-world.ts';

const termsOf = (account: object) => {
  const [record] = worldOf([aSignal('account.upserted', '2026-09-07', { account: { id: 'a-1', ...account } })]).records.values();
  return record === undefined ? [] : searchTerms(record);
};

describe('the words a record is found by', () => {
  it('are its name, its words and its domain, folded', () => {
    expect(termsOf({ name: 'Müller  & Söhne GmbH', domain: 'Mueller.example' })).toEqual([
      'muller & sohne gmbh',
      'muller',
      'sohne',
      'gmbh',
      'mueller.example',
      'mueller',
      'example',
    ]);
  });

  it('are spelled plainly, too, where not every keyboard has a letter', () => {
    expect(termsOf({ name: 'Weiß Ægir' })).toEqual(['weiß ægir', 'weiß', 'ægir', 'weiss aegir', 'weiss', 'aegir']);
  });

  it('are its id where it has no name, for that is what it is shown as', () => {
    expect(termsOf({})).toEqual(['a-1', 'a', '1']);
  });

  it('are few and short, whatever the name', () => {
    const terms = termsOf({ name: Array.from({ length: 300 }, (_, word) => `${'x'.repeat(200)}${word}`).join(' ') });
    expect(terms.length).toBeLessThanOrEqual(24);
    expect(Math.max(...terms.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('hold its address, which nothing that somebody types begins, and no longer address', () => {
    const url = 'https://crm.example/a/1?x=Ä';
    expect(termsOf({ name: 'Acme', url: ` ${url}` })).toEqual(['acme', ` ${url} `]);
    expect(urlTerm(url)).toBe(` ${url} `);
    expect(urlTerm(`${url}2`)?.startsWith(urlTerm(url) ?? '')).toBe(false);
    expect([urlTerm(null), urlTerm(' '), urlTerm(`https://crm.example/${'x'.repeat(500)}`)]).toEqual([null, null, null]);
  });

  it('are others once the name, the domain or the address is another', () => {
    const recordOf = (fields: object) => [
      ...worldOf([aSignal('account.upserted', '2026-09-07', { account: { id: 'a-1', ...fields } })]).records.values(),
    ];
    const same = (fields: object) => recordOf({}).every((before) => recordOf(fields).every((after) => sameTerms(before, after)));
    expect([same({ segment: 'x' }), same({ name: 'x' }), same({ domain: 'x' }), same({ url: 'https://x.example' })]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('are none once it is erased', () => {
    const [record] = worldOf([
      aSignal('person.upserted', '2026-09-07', { person: { id: 'p-1', name: 'Priya Nair' } }),
      aSignal('record.erased', '2026-09-08', { record: { kind: 'person', id: 'p-1' } }),
    ]).records.values();
    expect(record && searchTerms(record)).toEqual([]);
  });
});

it('folds case, accents and spaces', () => {
  expect(foldText('  ÉCOLE   Nº 5 ')).toBe('ecole no 5');
});
