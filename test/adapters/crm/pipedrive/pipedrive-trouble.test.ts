import { afterEach, describe, expect, it } from 'vitest';
import { connectPipedrive } from '../../../../src/adapters/crm/pipedrive/pipedrive-api.ts';
import { CrmAwayError, CrmRefusedError } from '../../../../src/app/errors.ts';
import { type Joined, joinPipedrive, monday, readAll } from './joined.ts';

let joined: Joined;
afterEach(() => joined.close());

describe('trouble', () => {
  it.each([
    ['burst limit', { limited: 1 }, 2_000],
    ['its own word', { limited: 1, retryAfterSeconds: 17 }, 17_000],
    ['daily budget', { budgetGone: true }, 3_600_000],
    ['shut out', { shutOut: true }, 3_600_000],
    ['outage', { outage: 502 }, 1_000],
    ['hang-up', { hangUp: true }, 1_000],
  ])('waits when Pipedrive is away: %s', async (_name, weather, wait) => {
    joined = await joinPipedrive();
    Object.assign(joined.pipedrive.weather, weather);
    const failed = await readAll(joined.history()).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CrmAwayError);
    expect((failed as CrmAwayError).retryAt - monday).toBe(wait);
  });

  it('takes requests that fail together for one outage', async () => {
    joined = await joinPipedrive();
    const { apiToken, url: baseUrl, weather } = joined.pipedrive;
    const { soon } = connectPipedrive({ apiToken, baseUrl, requestsPerTwoSeconds: 1_000, timeoutMs: 2_000, clock: joined, logger: joined.logger });
    weather.outage = 502;
    const failed = await Promise.allSettled([soon.pipelines(), soon.stages(), soon.users()]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(joined.logger.lines.map(({ fields }) => fields.pauseMs)).toEqual([1_000]);
    weather.outage = null;
    joined.tick(1_000);
    expect(await soon.pipelines()).not.toEqual([]);
  });

  it('says once an hour that something is not for this user', async () => {
    joined = await joinPipedrive();
    const history = joined.history();
    joined.pipedrive.weather.forbidden = ['/api/v2/deals'];
    const refusals = async (): Promise<number> => {
      await readAll(history).catch(() => null);
      return joined.logger.lines.filter(({ level }) => level === 'error').length;
    };
    expect([await refusals(), await refusals()]).toEqual([1, 1]);
    joined.tick(3_600_000);
    expect(await refusals()).toBe(2);
  });

  it('gives up on an API that does not answer', async () => {
    joined = await joinPipedrive({ timeoutMs: 50 });
    joined.pipedrive.weather.silent = true;
    await expect(readAll(joined.history())).rejects.toThrow(CrmAwayError);
  });

  it.each([
    ['an expired token', { tokenExpired: true }, /PIPEDRIVE_API_TOKEN.*Personal preferences/],
    ['a list that is not for this user', { forbidden: ['/api/v2/deals'] }, /\/api\/v2\/deals.*Permission sets/],
  ])('says what to do about %s', async (_name, weather, advice) => {
    joined = await joinPipedrive();
    Object.assign(joined.pipedrive.weather, weather);
    const failed = await readAll(joined.history()).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CrmRefusedError);
    expect((failed as Error).message).toMatch(advice);
  });

  it('asks no more often than Pipedrive lets it', async () => {
    joined = await joinPipedrive({ requestsPerTwoSeconds: 10 });
    for (let count = 0; count < 3; count += 1) joined.pipedrive.records.create('deals', { title: `Deal ${count}` });
    joined.tick(60_000);
    for (const { id } of joined.pipedrive.records.all('deals')) joined.pipedrive.records.update('deals', id, { value: 5 });
    joined.tick(60_000);
    await readAll(joined.history());
    const times = joined.pipedrive.requests.map(({ at }) => at);
    expect(times.length).toBeGreaterThan(10);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(Math.floor((times.length - 1) / 10) * 2_000);
  });
});

describe('what there is', () => {
  it('lists pipelines, stages, users, roles and lifecycle stages', async () => {
    joined = await joinPipedrive();
    expect(await joined.history().catalogue()).toEqual({
      pipelines: [
        {
          id: '1',
          name: 'Sales',
          stages: [
            { id: '1', name: 'Lead in', outcome: 'open', probability: 1 },
            { id: '2', name: 'Demo', outcome: 'open', probability: 1 },
            { id: '3', name: 'Proposal', outcome: 'open', probability: 1 },
          ],
        },
      ],
      owners: [
        { id: '11', name: 'Dana Smith', email: 'dana@us.example' },
        { id: '12', name: 'Omar Ali', email: 'omar@us.example' },
        { id: '14', name: 'Left Long', email: 'left@us.example' },
      ],
      roles: ['Economic Buyer', 'Champion', 'Legal'].map((label) => ({ value: label, label })),
      lifecycles: ['Onboarding', 'Customer'].map((label) => ({ value: label, label })),
      timezone: 'Europe/Berlin',
    });
  });

  it('tries what it needs, and says what is missing', async () => {
    joined = await joinPipedrive();
    joined.pipedrive.weather.forbidden = ['/v1/notes'];
    joined.pipedrive.settings.personFields.length = 0;
    const found = await joined.history().probe();
    expect(found.filter(({ ok }) => !ok).map(({ what, fix }) => [what, fix])).toEqual([
      ['Pipedrive notes', expect.stringContaining('Permission sets')],
    ]);
    expect(found[0]).toEqual({ what: 'Pipedrive API token', ok: true, detail: 'Dana Smith of us', fix: null });
    expect(found.at(-1)).toEqual({ what: 'Pipedrive field for roles', ok: true, detail: expect.stringContaining('"Buying role"'), fix: null });
    joined.pipedrive.weather.tokenExpired = true;
    expect(await joined.history().probe()).toMatchObject([
      { what: 'Pipedrive API token', ok: false, fix: expect.stringContaining('PIPEDRIVE_API_TOKEN') },
    ]);
  });
});
