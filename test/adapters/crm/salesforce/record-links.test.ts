import { describe, expect, it } from 'vitest';
import { recordUrl } from '../../../../src/adapters/crm/salesforce/object-names.ts';
import { salesforceLink } from '../../../../src/adapters/crm/salesforce/record-links.ts';
import { to18 } from '../../../../src/adapters/crm/salesforce-id.ts';

const read = (url: string) => salesforceLink(new URL(url));
const short = '0065g00000Xy1Za';
const id = `salesforce:${to18(short)}`;

describe('a link to Salesforce', () => {
  it.each([
    [`https://acme.lightning.force.com/lightning/r/Opportunity/${to18(short)}/view`, 'acme'],
    [`https://acme.lightning.force.com/lightning/r/Opportunity/${short}/view?ws=1`, 'acme'],
    [`https://acme.lightning.force.com/lightning/r/${to18(short)}/view`, 'acme'],
    [`https://acme.my.salesforce.com/${short}`, 'acme'],
    [`https://acme.my.salesforce.com/${to18(short)}?srPos=0`, 'acme'],
    [`https://acme--test.sandbox.lightning.force.com/lightning/r/Opportunity/${short}/view`, 'acme--test'],
    [`https://acme-dev-ed.develop.my.salesforce.com/${short}/e`, 'acme-dev-ed'],
    [`https://acme.lightning.force.com/one/one.app#/sObject/${short}/view`, 'acme'],
    [`https://eu5.salesforce.com/${short}`, null],
  ])('%s shows a record', (url, place) => {
    expect(read(url)).toEqual({ kind: 'deal', id, place });
  });

  it('names accounts and contacts by how their ids begin, whatever stands before the id', () => {
    expect(read('https://acme.lightning.force.com/lightning/r/Opportunity/0015g00000Xy1Za/view')?.kind).toBe('account');
    expect(read('https://acme.my.salesforce.com/0035g00000Xy1Za')?.kind).toBe('person');
  });

  it('is read as the bot itself writes it', () => {
    expect(read(recordUrl('https://acme.my.salesforce.com', short))).toEqual({ kind: 'deal', id, place: 'acme' });
  });

  it.each([
    'https://acme.lightning.force.com/lightning/o/Opportunity/list',
    'https://acme.lightning.force.com/lightning/r/Task/00T5g00000Xy1Za/view',
    'https://acme.lightning.force.com/lightning/r/Opportunity/0065g00000Xy1ZaAAA/view',
    'https://acme.my.salesforce.com/006/o',
    'https://salesforce.com/0065g00000Xy1Za',
    'https://acme.my.salesforce.com.evil.example/0065g00000Xy1Za',
    'https://notforce.com/0065g00000Xy1Za',
  ])('%s shows none', (url) => {
    expect(read(url)).toBeNull();
  });
});
