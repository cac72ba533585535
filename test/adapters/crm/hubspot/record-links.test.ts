import { describe, expect, it } from 'vitest';
import { recordUrl } from '../../../../src/adapters/crm/hubspot/object-kinds.ts';
import { hubspotLink } from '../../../../src/adapters/crm/hubspot/record-links.ts';

const read = (url: string) => hubspotLink(new URL(url));

describe('a link to HubSpot', () => {
  it.each([
    ['https://app.hubspot.com/contacts/145/record/0-3/987', 'deal'],
    ['https://app-eu1.hubspot.com/contacts/145/record/0-3/987/', 'deal'],
    ['https://app-na2.hubspot.com/contacts/145/record/0-2/987/view/1?interaction=note#top', 'account'],
    ['https://app.hubspot.com/contacts/145/record/0-1/987', 'person'],
    ['https://app.hubspot.com/contacts/145/deal/987/', 'deal'],
    ['https://app.hubspot.com/contacts/145/company/987?eschref=x', 'account'],
    ['https://app.hubspot.com/contacts/145/contact/987', 'person'],
  ])('%s shows a record', (url, kind) => {
    expect(read(url)).toEqual({ kind, id: 'hubspot:987', place: '145' });
  });

  it('is read as the bot itself writes it', () => {
    expect(read(recordUrl(145, 'companies', '9'))).toEqual({ kind: 'account', id: 'hubspot:9', place: '145' });
  });

  it.each([
    'https://app.hubspot.com/contacts/145/objects/0-3/views/all/list',
    'https://app.hubspot.com/contacts/145/record/0-5/987',
    'https://app.hubspot.com/contacts/145/record/0-3/987abc',
    'https://app.hubspot.com/contacts/145/ticket/987',
    'https://app.hubspot.com/contacts/x/record/0-3/987',
    'https://app.hubspot.com.evil.example/contacts/145/record/0-3/987',
    'https://evilapp.hubspot.com/contacts/145/record/0-3/987',
    'https://knowledge.hubspot.com/contacts/145/record/0-3/987',
  ])('%s shows none', (url) => {
    expect(read(url)).toBeNull();
  });
});
