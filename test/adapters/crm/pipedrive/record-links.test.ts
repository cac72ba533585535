import { describe, expect, it } from 'vitest';
import { pipedriveLink } from '../../../../src/adapters/crm/pipedrive/record-links.ts';

const read = (url: string) => pipedriveLink(new URL(url));

describe('a link to Pipedrive', () => {
  it.each([
    ['https://acme.pipedrive.com/deal/42', 'deal', 'acme'],
    ['https://ACME.pipedrive.com/organization/42?tab=notes#x', 'account', 'acme'],
    ['https://acme-2.pipedrive.com/person/42/', 'person', 'acme-2'],
    ['https://app.pipedrive.com/deal/42', 'deal', null],
  ])('%s shows a record', (url, kind, place) => {
    expect(read(url)).toEqual({ kind, id: 'pipedrive:42', place });
  });

  it.each([
    'https://acme.pipedrive.com/deals/list/user/everyone',
    'https://acme.pipedrive.com/pipeline/1',
    'https://acme.pipedrive.com/deal/abc',
    'https://acme.pipedrive.com/leads/inbox/42',
    'https://pipedrive.com/deal/42',
    'https://acme.pipedrive.com.evil.example/deal/42',
    'https://a.b.pipedrive.com/deal/42',
  ])('%s shows none', (url) => {
    expect(read(url)).toBeNull();
  });
});
