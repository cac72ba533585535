import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyMapping } from '../../../../src/adapters/crm/csv/csv-mapping.ts';
import { inspectCsv, obstaclesTo } from '../../../../src/adapters/crm/csv/inspect-csv.ts';
import { recogniseHeaders } from '../../../../src/adapters/crm/csv/propose-mapping.ts';
import { historyOf, ofType, type Told, toldOf } from './told.ts';

async function fileOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'journey-others-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'deals.csv');
  await writeFile(file, text);
  return file;
}

const toldOfText = async (text: string): Promise<Told> => toldOf(historyOf(await fileOf(text), { as_of: '2026-09-25' }));
const dealIds = (told: Told): string[] => [...new Set(ofType(told, 'deal.upserted').map(({ deal }) => deal.id))];

describe('a column called Record ID', () => {
  it.each([
    ['Zoho', 'Record Id,Deal Name,Deal Owner,Stage\nzcrm_4876876000000539001,Benton,Dana,Qualification\n', 'csv:zcrm_4876876000000539001'],
    [
      'Attio',
      'Record ID,Deal name,Deal stage,Deal owner\n6f6f2a8b-2d1c-4a72-a9d4-9a3a3b7f8e01,Acme,Lead,Dana\n',
      'csv:6f6f2a8b-2d1c-4a72-a9d4-9a3a3b7f8e01',
    ],
    ['a team of its own', 'Record ID,Deal Name,Deal Stage\nHS-001,Acme,Discovery\n', 'csv:HS-001'],
    ['HubSpot', 'Record ID,Deal Name,Deal Stage\n9324567891,Acme,Discovery\n', 'hubspot:9324567891'],
  ])("holds %s's ids, as they look", async (_whose, text, id) => {
    const told = await toldOfText(text);
    expect([dealIds(told), told.refused]).toEqual([[id], []]);
  });

  it('still holds HubSpot ids where a spreadsheet has rounded them', async () => {
    const told = await toldOfText('Record ID,Deal Name,Deal Stage\n1.23457E+11,Acme,Discovery\n');
    expect(told.refused.map(({ why }) => why)).toEqual(['"1.23457E+11" is no id of a deal (a spreadsheet has rounded it)']);
  });

  it('asks whose ids they are where a few are none of the CRM that the others are of', async () => {
    const told = await toldOfText('Record ID,Deal Name,Deal Stage\n1,Acme,Discovery\n2,Globex,Discovery\nHS-3,Hooli,Discovery\n');
    expect(told.refused.map(({ why }) => why)).toEqual(['"HS-3" is no id of a deal (whose ids are these? `crm:` in a mapping says it)']);
  });
});

describe('a column called Status', () => {
  it('is the outcome where it says open, won, lost beside a stage', async () => {
    const told = await toldOfText('ID,Title,Stage,Status\n1,Acme,Proposal,Open\n2,Globex,Proposal,Won\n3,Hooli,Proposal,Abandoned\n');
    expect(ofType(told, 'deal.upserted').map(({ deal }) => deal.status)).toEqual(['open', 'won', 'lost']);
  });

  it('is left alone where it says something else', async () => {
    const told = await toldOfText('ID,Title,Stage,Status\n1,Acme,Proposal,Hot\n2,Globex,Proposal,Cold\n');
    expect([ofType(told, 'deal.upserted').map(({ deal }) => deal.status), told.refused]).toEqual([[undefined, undefined], []]);
  });
});

describe('headers of other CRMs', () => {
  it.each([
    [
      'Zoho',
      'Record Id,Deal Owner,Amount,Deal Name,Closing Date,Account Name.id,Account Name,Stage,Contact Name.id,Contact Name,Created Time,Modified Time,Last Activity Time,Stage Modified Time',
    ],
    ['Close', 'id,lead_id,lead_name,status_label,status_type,value_formatted,confidence,date_won,user_name,date_created,date_updated'],
    [
      'Dynamics',
      '(Do Not Modify) Opportunity,(Do Not Modify) Modified On,Topic,Potential Customer,Est. close date,Est. revenue,Contact,Pipeline Phase,Owner,Created On',
    ],
    [
      'Copper',
      'Copper ID,Name,Primary Contact,Company,Owned By,Value,Currency,Close Date,Pipeline,Pipeline Stage,Created At,Updated At,Last Stage At,Last Contacted',
    ],
    [
      'Freshsales',
      'Deal Id,Deal name,Deal value,Sales owner,Account: Name,Deal stage,Deal pipeline,Expected close date,Created at,Updated at,Last contacted time',
    ],
    ['Odoo', 'Opportunity,Customer,Salesperson,Expected Revenue,Stage,Expected Closing,Created on,Last Stage Update'],
  ])('%s are all known', (_whose, headers) => {
    const { rows, missing, columns } = recogniseHeaders(headers.split(','));
    expect([rows, missing]).toEqual(['deals', []]);
    expect(columns.filter(({ field }) => field === null)).toEqual([]);
    expect(new Set(columns.map(({ field }) => field)).size).toBe(columns.length);
  });

  it('a stage that is lost by its name is, with a reason behind it', async () => {
    const told = await toldOfText('Deal Name,Stage,Closing Date\nAcme,Closed Lost to Competition,2026-08-30\n');
    expect(new Date(ofType(told, 'deal.upserted').at(-1)?.occurredAt ?? 0).toISOString().slice(0, 10)).toBe('2026-08-29');
  });
});

describe('deals without names', () => {
  const names = (told: Told): unknown[] => ofType(told, 'deal.upserted').map(({ deal }) => deal.name);

  it("are called as their customer is: Close's have none", async () => {
    expect(names(await toldOfText('id,lead_name,status_label\noppo_1,Bluth Company,Proposal Sent\n'))).toEqual(['Bluth Company']);
  });

  it('keep the name that HubSpot has for them', async () => {
    expect(names(await toldOfText('Record ID,Deal Stage,Associated Company\n901,Contract Sent,Acme\n'))).toEqual([undefined]);
  });
});

describe('contact roles with the whole deal beside them', () => {
  it('are read with the deal, as Salesforce reports them', async () => {
    const row = (name: string, id: string, role: string): string =>
      `GenePoint SLA,GenePoint,${name},${role},Negotiation/Review,"30,000.00",12/31/2026,0065g00000ABCDF,${id}\n`;
    const header = 'Opportunity Name,Account Name,Contact Name,Role,Stage,Amount,Close Date,Opportunity ID,Contact ID\n';
    const file = await fileOf(header + row('Edna Frank', '0035g00000QQQ11', 'Decision Maker') + row('Tim Barr', '0035g00000QQQ12', ''));
    const told = await toldOf(historyOf(file, { as_of: '2026-09-25' }));
    expect(dealIds(told)).toHaveLength(1);
    const people = [...new Set(ofType(told, 'person.upserted').map(({ person }) => person.name))];
    expect(people).toEqual(['Edna Frank', 'Tim Barr']);
    const [edna] = ofType(told, 'person.upserted').map(({ person }) => person.id);
    expect(ofType(told, 'role.assigned').map(({ role }) => role)).toEqual([{ personId: edna, role: 'Decision Maker' }]);
    expect((await historyOf(file).catalogue()).roles.map(({ value }) => value)).toEqual(['Decision Maker']);
    expect(told.refused).toEqual([]);
  });
});

describe("a contact's columns in a list of deals", () => {
  const row = '"30,000.00",12/31/2026,Edna,Frank,VP Technology,edna@genepoint.example,Decision Maker,Negotiation/Review,GenePoint SLA\n';

  it('are called as in a list of people: title, e-mail, first and last name', async () => {
    const told = await toldOfText(`Amount,Close Date,First Name,Last Name,Title,Email,Role,Stage,Opportunity Name\n${row}`);
    expect(ofType(told, 'deal.upserted').map(({ deal }) => deal.name)).toEqual(['GenePoint SLA']);
    expect(ofType(told, 'person.upserted').map(({ person: { name, email, title } }) => ({ name, email, title }))).toEqual([
      { name: 'Edna Frank', email: 'edna@genepoint.example', title: 'VP Technology' },
    ]);
    expect(ofType(told, 'role.assigned')).toHaveLength(1);
  });

  it('do not take the place of the deal where nobody is named, nor where its title is all it is called by', () => {
    const fieldsOf = (headers: string[]) => recogniseHeaders(headers).columns.map(({ field }) => field);
    expect(fieldsOf(['Deal Name', 'Title', 'Stage', 'Email'])).toEqual(['deal.name', 'deal.name', 'deal.stage', null]);
    expect(fieldsOf(['Title', 'Stage', 'Contact', 'Email'])).toEqual(['deal.name', 'deal.stage', 'person.name', 'person.email']);
  });
});

describe('a list of deals under headers of its own', () => {
  it('is not read as the people in it, losing the deals', async () => {
    const file = await fileOf('Vorgang;Kunde;Stand;Wert (€);Verantwortlich;Ansprechpartner\nRollout;Acme;Angebot;12.500,00 €;Dana;Jürgen Groß\n');
    expect(obstaclesTo(await inspectCsv(file, emptyMapping)).map((why) => why.replace(file, 'deals.csv'))).toEqual([
      'deals.csv: nothing says which column is `deal.id` or `deal.name`',
      'deals.csv: nothing says which column is `deal.stage`',
    ]);
  });
});
