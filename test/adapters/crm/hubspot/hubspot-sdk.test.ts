import { Client, Signature } from '@hubspot/api-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifySignatureV3 } from '../../../../src/adapters/crm/hubspot/signature-v3.ts';
import { startHubspot } from '../../../hubspot/start-hubspot.ts';

/** The vendor's own library against the local HubSpot: what it reads there is what HubSpot sends. */
const at = Date.parse('2026-06-01T12:00:00Z');
let hubspot: Awaited<ReturnType<typeof startHubspot>>;
let client: Client;
beforeEach(async () => {
  hubspot = await startHubspot({ now: () => at });
  client = new Client({ accessToken: hubspot.accessToken, basePath: hubspot.url, numberOfApiCallRetries: 0 });
});
afterEach(() => hubspot.close());

const codeOf = async (asked: Promise<unknown>): Promise<number> =>
  asked.then(
    () => 200,
    (error: { code: number }) => error.code,
  );

describe('HubSpot’s own library', () => {
  it('reads lists, batches and searches of the local HubSpot', async () => {
    const { records } = hubspot;
    const deal = records.create('deals', { dealname: 'Rollout', dealstage: 'contractsent' });
    const gone = records.create('deals', { dealname: 'Gone' });
    records.create('deals', { dealname: 'Third' });
    records.remove('deals', gone);
    const { deals } = client.crm;
    const page = await deals.basicApi.getPage(1, undefined, ['dealname'], ['dealstage']);
    expect(page.results[0]).toMatchObject({
      id: deal,
      archived: false,
      createdAt: new Date(at),
      updatedAt: new Date(at),
      properties: { dealname: 'Rollout', hs_object_id: deal },
      propertiesWithHistory: { dealstage: [{ value: 'contractsent', timestamp: new Date(at), sourceType: 'CRM_UI' }] },
    });
    const next = await deals.basicApi.getPage(1, page.paging?.next?.after);
    expect([next.results.length, next.paging]).toEqual([1, undefined]);
    const archived = await deals.basicApi.getPage(10, undefined, [], [], [], true);
    expect(archived.results).toMatchObject([{ id: gone, archived: true, archivedAt: new Date(at) }]);
    const batch = await deals.batchApi.read({ inputs: [{ id: deal }, { id: gone }], properties: ['dealname'], propertiesWithHistory: [] });
    expect(batch).toMatchObject({ status: 'COMPLETE', numErrors: 1, results: [{ id: deal }], errors: [{ category: 'OBJECT_NOT_FOUND' }] });
    const both = { inputs: [{ id: deal }, { id: gone }], properties: [], propertiesWithHistory: ['dealname'] };
    expect(await deals.batchApi.read(both, true)).toMatchObject({
      numErrors: 1,
      results: [{ id: gone, propertiesWithHistory: { dealname: [{ value: 'Gone' }] } }],
    });
    const found = await deals.searchApi.doSearch({
      filterGroups: [{ filters: [{ propertyName: 'hs_object_id', operator: 'GT' as never, value: deal }] }],
      sorts: ['hs_object_id'],
      properties: ['dealname'],
      limit: 1,
    });
    expect(found).toMatchObject({ total: 1, results: [{ properties: { dealname: 'Third' } }] });
  });

  it('reads associations with their labels, owners, pipelines and properties', async () => {
    const { records } = hubspot;
    const [deal, jo] = [records.create('deals'), records.create('contacts')];
    records.associate(['deals', deal], ['contacts', jo], { labels: ['Legal counsel'] });
    const { associations, owners, pipelines, properties } = client.crm;
    const linked = await associations.v4.batchApi.getPage('contacts', 'deals', { inputs: [{ id: jo }] });
    expect(linked.results).toMatchObject([
      { _from: { id: jo }, to: [{ associationTypes: [{ category: 'HUBSPOT_DEFINED' }, { label: 'Legal counsel' }] }] },
    ]);
    // The library calls it a text, HubSpot's documents show a number: ours reads either.
    expect(linked.results.flatMap(({ to }) => to.map(({ toObjectId }) => String(toObjectId)))).toEqual([deal]);
    expect((await associations.v4.schema.definitionsApi.getAll('contacts', 'deals')).results.map(({ label }) => label)).toContain('Legal counsel');
    expect((await owners.ownersApi.getPage(undefined, undefined, 100, false)).results[0]).toMatchObject({ id: '11', email: 'dana@us.example' });
    const [pipeline] = (await pipelines.pipelinesApi.getAll('deals')).results;
    expect(pipeline?.stages.map(({ label, metadata }) => [label, metadata?.isClosed])).toContainEqual(['Closed won', 'true']);
    expect((await properties.coreApi.getByName('contacts', 'hs_buying_role')).options.map(({ value }) => value)).toContain('CHAMPION');
  });

  it('is refused what HubSpot refuses: limits, tokens and scopes', async () => {
    const { deals } = client.crm;
    const inputs = Array.from({ length: 101 }, (_, id) => ({ id: String(id) }));
    expect(await codeOf(deals.basicApi.getPage(101))).toBe(400);
    expect(await codeOf(deals.basicApi.getPage(51, undefined, [], ['dealstage']))).toBe(400);
    expect(await codeOf(deals.batchApi.read({ inputs, properties: [], propertiesWithHistory: [] }))).toBe(400);
    expect(await codeOf(deals.batchApi.read({ inputs: inputs.slice(0, 51), properties: [], propertiesWithHistory: ['dealstage'] }))).toBe(400);
    expect(await codeOf(deals.searchApi.doSearch({ limit: 201 }))).toBe(400);
    expect(await codeOf(deals.searchApi.doSearch({ limit: 100, after: '9901' }))).toBe(400);
    expect(await codeOf(deals.searchApi.doSearch({ limit: 100, after: '9900' }))).toBe(200);
    hubspot.weather.allowance = { perTenSeconds: hubspot.requests.length + 1, searchesPerSecond: 5 };
    expect(await codeOf(deals.basicApi.getPage(1))).toBe(200);
    expect(await codeOf(deals.basicApi.getPage(1))).toBe(429);
    hubspot.weather.allowance = null;
    hubspot.weather.forbidden = ['/crm/v3/objects/deals'];
    expect(await codeOf(deals.basicApi.getPage(1))).toBe(403);
    hubspot.weather.expired = true;
    expect(await codeOf(deals.basicApi.getPage(1))).toBe(401);
  });

  it('agrees with us on what the local HubSpot signs', () => {
    const body = JSON.stringify([{ eventId: 1, note: 'ü' }]);
    const url = 'https://bot.example/hooks/webhooks/hubspot';
    const signedAt = Date.now();
    const headers = hubspot.signed(url, body, signedAt);
    const signature = String(headers['x-hubspot-signature-v3']);
    const asked = { signatureVersion: 'v3', method: 'POST', clientSecret: hubspot.clientSecret, requestBody: body, url, timestamp: signedAt };
    const ours = (secret: string): boolean =>
      verifySignatureV3(secret, 'https://bot.example/hooks')(
        { method: 'POST', path: '/webhooks/hubspot', headers, body: Buffer.from(body) },
        signedAt,
      ) === null;
    expect([Signature.isValid({ ...asked, signature }), ours(hubspot.clientSecret)]).toEqual([true, true]);
    expect([Signature.isValid({ ...asked, signature, clientSecret: 'another' }), ours('another')]).toEqual([false, false]);
  });
});
