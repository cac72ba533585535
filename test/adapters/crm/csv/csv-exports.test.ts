import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recogniseHeaders } from '../../../../src/adapters/crm/csv/propose-mapping.ts';
import { fixture, historyOf, iso, ofType, told, toldOf } from './told.ts';

const recognised = async (name: string): Promise<string> =>
  (await historyOf(fixture(name)).probe()).find(({ what }) => what.startsWith('recognised as '))?.what ?? '';

describe('what an export is', () => {
  it.each([
    ['hubspot-deals.csv', 'HubSpot deals'],
    ['hubspot-deals.de.csv', 'HubSpot deals'],
    ['hubspot-companies.csv', 'HubSpot accounts'],
    ['hubspot-contacts.csv', 'HubSpot people'],
    ['hubspot-property-history.csv', 'HubSpot stage history'],
    ['pipedrive-deals.csv', 'Pipedrive deals'],
    ['pipedrive-organizations.csv', 'Pipedrive accounts'],
    ['pipedrive-people.csv', 'Pipedrive people'],
    ['salesforce-opportunities.csv', 'Salesforce deals'],
    ['salesforce-opportunities.de.csv', 'Salesforce deals'],
    ['salesforce-opportunities.es.csv', 'Salesforce deals'],
    ['hubspot-deals.fr.csv', 'HubSpot deals'],
    ['salesforce-opportunity.csv', 'Salesforce deals'],
    ['salesforce-opportunity-history.csv', 'Salesforce stage history'],
    ['salesforce-contact-roles.csv', 'Salesforce people'],
    ['salesforce-activities.csv', 'Salesforce activities'],
    ['stage-history.csv', 'stage history'],
  ])('is told by the headers of %s: %s', async (name, what) => {
    expect(await recognised(name)).toBe(`recognised as ${what}`);
  });
});

describe('headers', () => {
  it.each([
    ['Person - ID,Person - Name,Person - Organization,Person - Organization ID', 'account.id'],
    ['Activity - Type,Activity - Due date,Activity - Done,Activity - Deal ID', 'deal.id'],
    ['Activity - Type,Activity - Due date,Activity - Done,Activity - Organization ID', 'account.id'],
    ['Subject,Type,Deal,Due date,Done,Person', 'person.name'],
  ])('%s: the last is known', (headers, field) => {
    expect(recogniseHeaders(headers.split(',')).columns.at(-1)).toMatchObject({ field, confidence: 1 });
  });

  it.each([
    ['Deal Name,Deal Stage,Entered At', 'stages'],
    ['deal,stage,date', 'stages'],
    ['Deal,Phase,am', 'stages'],
    ['deal,stage,when', 'stages'],
    ['Id,OpportunityId,StageName,Amount,CloseDate,CreatedDate', 'stages'],
    ['Opportunity Name,Field / Event,Old Value,New Value,Edit Date', 'stages'],
    ['Title,Stage,Value,Owner', 'deals'],
    ['deal.id,deal.stage,deal.amount', 'deals'],
    ['Deal,Stage,Stage entered,Amount,Owner', 'deals'],
    ['Name,Website,Account Owner,Industry', 'accounts'],
    ['Name,Email,Title,Account Name', 'people'],
    ['First Name,Last Name,Company', 'people'],
    ['Activity - Type,Activity - Due date,Activity - Done,Deal - Title', 'activities'],
    ['occurred at,type,direction,deal id', 'activities'],
  ] as const)('%s are those of %s', (headers, rows) => {
    expect(recogniseHeaders(headers.split(','))).toMatchObject({ rows, missing: [] });
  });

  it('say nothing where nothing is known', () => {
    expect(recogniseHeaders(['Foo', 'Bar']).missing).not.toEqual([]);
  });
});

describe('HubSpot', () => {
  it('keeps its record ids, so that webhooks meet the same records', async () => {
    const deals = await told('hubspot-deals.csv');
    const contacts = await told('hubspot-contacts.csv');
    const companies = await told('hubspot-companies.csv');
    expect(ofType(deals, 'deal.upserted').at(-1)?.deal.id).toBe('hubspot:9003');
    expect(ofType(deals, 'person.upserted').map(({ person }) => person.id)).toEqual(['hubspot:701', 'hubspot:702']);
    expect(ofType(contacts, 'person.upserted').map(({ person }) => person.id)).toContain('hubspot:701');
    expect(ofType(deals, 'account.upserted').map(({ account }) => account.id)).toEqual(['hubspot:501', 'hubspot:502']);
    expect(ofType(companies, 'account.upserted').map(({ account }) => account.id)).toContain('hubspot:501');
  });

  it('says of a deal what the row says, as of its last modification in the zone of the file', async () => {
    const [deal] = ofType(await told('hubspot-deals.csv'), 'deal.upserted').filter(({ deal }) => deal.stage === 'Contract Sent');
    expect(deal).toMatchObject({
      source: 'csv',
      occurredAt: Date.UTC(2026, 8, 20, 8, 5),
      deal: {
        id: 'hubspot:9001',
        name: 'Acme rollout',
        accountId: 'hubspot:501',
        pipeline: 'Sales Pipeline',
        amount: 48_000,
        currency: 'EUR',
        ownerEmail: 'dana@us.example',
        closeDate: '2026-12-15',
        status: 'open',
      },
    });
  });

  it('takes a column for each stage as the visits of stages', async () => {
    const visits = ofType(await told('hubspot-deals.csv'), 'stage.entered').filter(({ stage }) => stage.dealId === 'hubspot:9001');
    expect(visits.map(({ stage, occurredAt }) => [stage.stage, iso(occurredAt)])).toEqual([
      ['Appointment Scheduled', '2026-06-01T07:00'],
      ['Contract Sent', '2026-09-20T08:00'],
    ]);
  });

  it('lets a deal be there since it was created, without knowing its stage then', async () => {
    const [first] = ofType(await told('hubspot-deals.csv'), 'deal.upserted');
    expect(first).toMatchObject({ occurredAt: Date.UTC(2026, 5, 1, 7), deal: { id: 'hubspot:9001' } });
    expect(first?.deal).not.toHaveProperty('stage');
  });

  it('leaves out of a property history what is not about the stage, and says so', async () => {
    const history = await told('hubspot-property-history.csv');
    expect(ofType(history, 'stage.entered').map(({ stage }) => stage.stage)).toEqual(['appointmentscheduled', 'contractsent']);
    expect(history.refused).toEqual([{ where: 'line 3', why: 'is about "amount", not about the stage' }]);
  });

  it('is read in German, with semicolons and decimal commas', async () => {
    const deal = ofType(await told('hubspot-deals.de.csv'), 'deal.upserted').find(({ deal }) => deal.amount === 48_000.5)?.deal;
    expect(deal).toMatchObject({ name: 'Großauftrag Müller & Söhne', closeDate: '2026-12-15', currency: 'EUR', ownerEmail: 'Jürgen Groß' });
  });

  it('is read in French, with blanks in the numbers', async () => {
    const deal = ofType(await told('hubspot-deals.fr.csv'), 'deal.upserted').find(({ deal }) => deal.amount === 48_000.5)?.deal;
    expect(deal).toMatchObject({
      ...{ id: 'hubspot:9001', name: 'Déploiement Émile & Fils', pipeline: 'Ventes', stage: 'Contrat envoyé' },
      ...{ closeDate: '2026-12-15', ownerEmail: 'Zoé Lefèvre' },
    });
  });

  it('knows the roles and deals of a contact', async () => {
    const priya = ofType(await told('hubspot-contacts.csv'), 'person.upserted').find(({ person }) => person.title === 'CFO')?.person;
    expect(priya).toMatchObject({
      roles: ['Budget Holder', 'Decision Maker'],
      dealIds: ['hubspot:9001', 'hubspot:9003'],
      email: 'priya@acme.example',
    });
  });
});

describe('Pipedrive', () => {
  it('says since when a deal is in its stage, whether it is lost, who wrote last, and what comes next', async () => {
    const file = await told('pipedrive-deals.csv');
    expect(ofType(file, 'stage.entered')[0]).toMatchObject({
      occurredAt: Date.UTC(2026, 7, 15, 7),
      stage: { dealId: 'pipedrive:31', stage: 'Proposal Made' },
    });
    expect(ofType(file, 'deal.upserted').map(({ deal }) => deal.status)).toContain('lost');
    expect(ofType(file, 'touchpoint.recorded').map(({ touchpoint }) => touchpoint.direction)).toEqual(['inbound', 'outbound']);
    expect(ofType(file, 'next-step.set')[0]?.nextStep).toEqual({ dealId: 'pipedrive:31', title: 'Next activity', due: '2026-10-01' });
  });
});

describe('Salesforce', () => {
  it('lets a report without ids and its history meet in the same deal, by its name and account', async () => {
    const opportunities = await told('salesforce-opportunities.csv');
    const history = await told('salesforce-opportunity-history.csv');
    const deal = ofType(opportunities, 'deal.upserted').find(({ deal }) => deal.name === 'Acme - 200 seats')?.deal;
    expect(ofType(history, 'stage.entered').map(({ stage }) => stage.dealId)).toEqual([deal?.id, deal?.id]);
  });

  it('dates a closed deal by its close date and an open one by the file', async () => {
    const deals = ofType(await told('salesforce-opportunities.csv'), 'deal.upserted');
    const at = (stage: string): string => iso(deals.find(({ deal }) => deal.stage === stage)?.occurredAt ?? 0);
    expect(at('Closed Won')).toBe('2026-08-30T22:00');
    expect(at('Negotiation/Review')).toBe('2026-09-24T22:00');
  });

  it('reports totals, footers and titles of a report, each with its line', async () => {
    const { refused } = await told('salesforce-opportunities.csv');
    expect(refused.map(({ where }) => where)).toEqual(['line 6', 'line 8', 'line 9', 'line 10', 'line 11']);
  });

  it('makes ids of 15 characters those of the API', async () => {
    const raw = await told('salesforce-opportunity.csv');
    expect(ofType(raw, 'deal.upserted').at(-1)?.deal).toMatchObject({
      id: 'salesforce:0065g00000ABCdeAAH',
      accountId: 'salesforce:0015g00000XYZabAAH',
    });
  });

  it('adds the roles of a contact in several deals up', async () => {
    const roles = ofType(await told('salesforce-contact-roles.csv'), 'role.assigned').map(({ role }) => role);
    expect(new Set(roles.map(({ personId }) => personId)).size).toBe(1);
    expect(roles.map(({ role }) => role)).toEqual(['Economic Buyer', 'Executive Sponsor']);
  });

  it('takes activities as touchpoints of their deal, with who acted', async () => {
    const touchpoints = ofType(await told('salesforce-activities.csv'), 'touchpoint.recorded').map(({ touchpoint }) => touchpoint);
    expect(touchpoints).toMatchObject([
      { type: 'call', channel: 'phone', direction: 'inbound' },
      { type: 'email', channel: 'email', direction: 'outbound' },
    ]);
  });
});

describe('importing twice', () => {
  it.each(['hubspot-deals.csv', 'pipedrive-deals.csv', 'salesforce-opportunities.csv', 'hubspot-contacts.csv', 'salesforce-activities.csv'])(
    'says the same of %s, under the same ids',
    async (name) => {
      const [first, second] = [await told(name), await told(name)];
      expect(second).toEqual(first);
      const ids = first.signals.map(({ id }) => id);
      expect(new Set(first.signals.map((signal) => JSON.stringify(signal))).size).toBe(new Set(ids).size);
    },
  );
});

describe('names that mean records with ids', () => {
  it('are linked only where the mapping says that no two records share one', async () => {
    const companies = await told('hubspot-companies.csv');
    const linked = await told('hubspot-companies.csv', { link_names: true });
    const german = ofType(await told('hubspot-deals.csv', { columns: { 'Associated Company IDs (Primary)': 'ignore' } }), 'account.upserted');
    expect(ofType(companies, 'record.merged')).toEqual([]);
    expect(ofType(linked, 'record.merged')[0]?.merge).toEqual({ kind: 'account', from: [german[0]?.account.id], into: 'hubspot:501' });
  });
});

describe('a list of activities', () => {
  it.each(['Assigned To', 'Activity owner', 'activity.owner'])('says who of us it was, where it has the address: %s', async (header) => {
    const folder = await mkdtemp(join(tmpdir(), 'journey-csv-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'activities.csv');
    const rows = ['dana@us.example', 'Omar Haddad', 'Omar Haddad (omar@us.example)', ''].map((owner) => `Acme,2026-09-01,call,${owner}`);
    await writeFile(file, [`Company name,Activity date,Activity type,${header}`, ...rows].join('\n'));
    const touchpoints = ofType(await toldOf(historyOf(file, { rows: 'activities' })), 'touchpoint.recorded');
    expect(touchpoints.map(({ touchpoint }) => touchpoint.by)).toEqual(['dana@us.example', undefined, 'omar@us.example', undefined]);
  });

  it('keeps types that are nobody else’s word, whatever they are called', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'journey-csv-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'activities.csv');
    await writeFile(file, ['Company name,Activity date,Activity type', 'Acme,2026-09-01,Constructor', 'Acme,2026-09-02,Anruf'].join('\n'));
    const touchpoints = ofType(await toldOf(historyOf(file, { rows: 'activities' })), 'touchpoint.recorded');
    expect(touchpoints.map(({ touchpoint: { type, channel } }) => [type, channel])).toEqual([
      ['constructor', undefined],
      ['call', 'phone'],
    ]);
  });

  it('is of everybody who was in one: a touchpoint of each, of one happening', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'journey-csv-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'activities.csv');
    const rows = ['77,9,1;2,2026-09-01,meeting', '78,9,1,2026-09-02,call', '79,9,,2026-09-03,call'];
    await writeFile(file, ['Activity ID,Deal ID,Contact ID,Activity date,Activity type', ...rows].join('\n'));
    const touchpoints = ofType(await toldOf(historyOf(file, { rows: 'activities', crm: 'hubspot' })), 'touchpoint.recorded');
    expect(touchpoints.map(({ id, touchpoint: { dealId, personId } }) => [id, dealId, personId])).toEqual([
      ['csv:touchpoint:hubspot:77:with:hubspot:1', 'hubspot:9', 'hubspot:1'],
      ['csv:touchpoint:hubspot:77:with:hubspot:2', 'hubspot:9', 'hubspot:2'],
      ['csv:touchpoint:hubspot:78', 'hubspot:9', 'hubspot:1'],
      ['csv:touchpoint:hubspot:79', 'hubspot:9', undefined],
    ]);
  });
});
