import { describe, expect, it } from 'vitest';
import { findRecords } from '../../../src/commands/erase/find-records.ts';
import { aTeam } from '../../app/a-team.ts';
import { aSmallBot } from '../../app/small-bot.ts';
import { aSignal } from '../../core/builders.ts';

const person = (id: string, name: string, email: string) => aSignal('person.upserted', '2026-09-07 10:00', { person: { id, name, email } });

async function find(query: string): Promise<{ ids: string[]; whole: boolean }> {
  const { live, store } = await aSmallBot({ config: aTeam() });
  await live(
    person('salesforce:003Aa000004CDefIAG', 'Priya Nair', 'priya@acme.example'),
    person('pipedrive:7', 'Ann Lee', 'ann@acme.example'),
    person('hubspot:7', 'Ann Lee', 'lee@acme.example'),
    person('hubspot:8', 'Jo Gone', 'jo@acme.example'),
    aSignal('record.deleted', '2026-09-07 11:00', { record: { kind: 'person', id: 'hubspot:8' } }),
  );
  const { refs, whole } = await findRecords(store, 'person', query);
  return { ids: refs.map(({ id }) => id).sort(), whole };
}

describe('a record that is to be erased', () => {
  it.each([
    ['its id', 'pipedrive:7', ['pipedrive:7']],
    ['an id that two CRMs have', '7', ['hubspot:7', 'pipedrive:7']],
    ['Salesforce’s id of 18 characters', '003Aa000004CDefIAG', ['salesforce:003Aa000004CDefIAG']],
    ['the 15 that its reports have of it', '003Aa000004CDef', ['salesforce:003Aa000004CDefIAG']],
    ['these with their source', 'salesforce:003Aa000004CDef', ['salesforce:003Aa000004CDefIAG']],
    ['an address in any case', 'PRIYA@acme.example', ['salesforce:003Aa000004CDefIAG']],
    ['a name that two people have', 'ann lee', ['hubspot:7', 'pipedrive:7']],
    ['the address of who was deleted in the CRM', 'jo@acme.example', ['hubspot:8']],
    ['the name of who was', 'Jo Gone', ['hubspot:8']],
    ['what matches nobody', 'o\'brien%_"\\ -- 💥', []],
  ])('is found by %s', async (_how, query, ids) => {
    expect((await find(query)).ids).toEqual(ids);
  });

  it('is only guessed by a part of its name', async () => {
    expect(await find('priya')).toEqual({ ids: ['salesforce:003Aa000004CDefIAG'], whole: false });
    expect(await find('Priya Nair')).toEqual({ ids: ['salesforce:003Aa000004CDefIAG'], whole: true });
  });
});
