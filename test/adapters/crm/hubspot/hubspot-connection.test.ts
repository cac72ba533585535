import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectHubspot } from '../../../../src/adapters/crm/hubspot/hubspot-api.ts';
import { CrmAwayError, CrmRefusedError } from '../../../../src/app/errors.ts';
import { type Joined, joinHubspot } from './joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinHubspot();
});
afterEach(() => joined.close());

describe('the catalogue', () => {
  it('brings pipelines with their stages in order, owners, and what a role is called', async () => {
    const { pipelines, owners, roles, lifecycles, timezone } = await joined.history.catalogue();
    expect(timezone).toBe('Europe/Berlin');
    expect(pipelines).toEqual([
      {
        id: 'default',
        name: 'Sales',
        stages: [
          { id: 'appointmentscheduled', name: 'Appointment scheduled', outcome: 'open', probability: 0.2 },
          { id: 'qualifiedtobuy', name: 'Qualified to buy', outcome: 'open', probability: 0.4 },
          { id: 'contractsent', name: 'Contract sent', outcome: 'open', probability: 0.9 },
          { id: 'closedwon', name: 'Closed won', outcome: 'won', probability: 1 },
          { id: 'closedlost', name: 'Closed lost', outcome: 'lost', probability: 0 },
        ],
      },
    ]);
    expect(owners).toContainEqual({ id: '11', name: 'Dana Smith', email: 'dana@us.example' });
    expect(roles).toEqual([
      { value: 'BUDGET_HOLDER', label: 'Budget Holder' },
      { value: 'CHAMPION', label: 'Champion' },
      { value: 'Decision maker', label: 'Decision maker' },
      { value: 'Legal counsel', label: 'Legal counsel' },
    ]);
    expect(lifecycles).toContainEqual({ value: 'pilotcustomer', label: 'Pilot customer' });
  });

  it('goes without what the token may not read', async () => {
    joined.hubspot.weather.forbidden = ['/crm/v3/owners', '/crm/v3/properties', '/crm/v4/associations'];
    expect(await joined.history.catalogue()).toMatchObject({ owners: [], roles: [], lifecycles: [], pipelines: [{ id: 'default' }] });
  });
});

describe('the probe', () => {
  it('finds everything where everything is there', async () => {
    joined.hubspot.records.create('deals', { dealname: 'Rollout' });
    const probes = await joined.history.probe();
    expect(probes.map(({ what, ok, detail }) => [what, ok, detail])).toEqual([
      ['HubSpot access token', true, 'account 4242, Europe/Berlin'],
      ['HubSpot deals', true, '1 deal'],
      ['HubSpot pipelines', true, 'Sales (5 stages)'],
      ['HubSpot companies', true, '0 companies'],
      ['HubSpot contacts', true, '0 contacts'],
      ['HubSpot owners', true, '4 owners'],
      ['HubSpot logged e-mails (if they are to count)', true, '0 e-mails'],
    ]);
    expect(probes.every(({ fix }) => fix === null)).toBe(true);
  });

  it('says which scope is missing and where to tick it; e-mails may be off', async () => {
    joined.hubspot.weather.forbidden = ['/crm/v3/objects/companies', '/crm/v3/owners', '/crm/v3/objects/emails'];
    const probes = await joined.history.probe();
    expect(probes.filter(({ ok }) => !ok).map(({ what, fix }) => [what, fix])).toEqual([
      ['HubSpot companies', expect.stringMatching(/Service keys.*Scopes.*crm\.objects\.companies\.read$/)],
      ['HubSpot owners', expect.stringMatching(/crm\.objects\.owners\.read$/)],
    ]);
    expect(probes.at(-1)).toMatchObject({ ok: true, detail: expect.stringMatching(/^off: /), fix: expect.stringContaining('sales-email-read') });
  });

  it('says that the token is wrong, once and without saying it', async () => {
    joined.hubspot.weather.expired = true;
    const probes = await joined.history.probe();
    expect(probes).toEqual([
      { what: 'HubSpot access token', ok: false, detail: expect.stringContaining('401'), fix: expect.stringContaining('HUBSPOT_ACCESS_TOKEN') },
    ]);
    expect(JSON.stringify([probes, joined.logger.lines])).not.toContain(joined.hubspot.accessToken);
  });

  it('says that HubSpot is away', async () => {
    joined.hubspot.weather.outage = 503;
    expect(await joined.history.probe()).toEqual([
      { what: 'HubSpot access token', ok: false, detail: 'HubSpot is unwell (503)', fix: 'Try again later', retryAt: joined.now() + 1_000 },
    ]);
  });
});

describe('an import that HubSpot does not answer', () => {
  const failure = async (): Promise<unknown> => joined.read().catch((error: unknown) => error);

  it.each<[string, Partial<Joined['hubspot']['weather']>, number]>([
    ['is unwell', { outage: 502 }, 1_000],
    ['hangs up', { hangUp: true }, 1_000],
    ['says nothing', { silent: true }, 1_000],
    ['is asked too much', { limited: 1, retryAfterSeconds: 17 }, 17_000],
    ['has given all it gives a day', { limited: 1, policyName: 'DAILY' }, 3_600_000],
  ])('goes on later when HubSpot %s', async (_, weather, after) => {
    Object.assign(joined.hubspot.weather, weather);
    const error = await failure();
    expect(error).toBeInstanceOf(CrmAwayError);
    expect((error as CrmAwayError).retryAt).toBe(joined.now() + after);
  });

  it('takes requests that fail together for one outage', async () => {
    const { accessToken, url: baseUrl, weather } = joined.hubspot;
    const { soon } = connectHubspot({ accessToken, baseUrl, clock: joined, logger: joined.logger });
    weather.outage = 502;
    const failed = await Promise.allSettled([soon.readPipelines(), soon.readOwners(), soon.readAccount()]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(joined.logger.lines.map(({ fields }) => fields.pauseMs)).toEqual([1_000]);
    weather.outage = null;
    joined.tick(1_000);
    expect(await soon.readPipelines()).not.toEqual([]);
  });

  it('goes on later when HubSpot answers half a batch', async () => {
    joined.hubspot.weather.failing = [joined.hubspot.records.create('deals', { dealname: 'There' })];
    const error = await joined.read(joined.now()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CrmAwayError);
    expect(joined.signals).toEqual([]);
  });

  it('ends when the token is expired, or lacks a scope, and says which', async () => {
    joined.hubspot.weather.forbidden = ['/crm/v3/objects/contacts'];
    const scope = await failure();
    expect(scope).toBeInstanceOf(CrmRefusedError);
    expect(String(scope)).toContain('crm.objects.contacts.read');
    joined.hubspot.weather.expired = true;
    const token = await failure();
    expect(token).toBeInstanceOf(CrmRefusedError);
    expect(String(token)).toContain('access token');
  });

  it('ends quietly when it is to stop', async () => {
    for (let count = 0; count < 250; count += 1) joined.hubspot.records.create('companies', { name: `Company ${count}` });
    const stopping = new AbortController();
    const seen: number[] = [];
    for await (const { rows } of joined.history.pages({ since: null, cursor: null }, stopping.signal)) {
      seen.push(rows);
      stopping.abort();
    }
    expect(seen).toEqual([50]);
    joined.stopping.abort();
    expect(await joined.read()).toEqual([]);
  });
});
