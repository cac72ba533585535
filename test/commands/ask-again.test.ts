import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CrmAwayError, CrmRefusedError } from '../../src/app/errors.ts';
import { probeAgain, readCatalogueAgain } from '../../src/commands/ask-again.ts';
import { type Joined, joinHubspot } from '../adapters/crm/hubspot/joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinHubspot();
});
afterEach(() => joined.close());

/** Time passes, and afterwards HubSpot is as `then` says. */
function waiting(then: Partial<Joined['hubspot']['weather']> = {}) {
  const waits: number[] = [];
  return {
    waits,
    now: joined.now,
    async wait(ms: number): Promise<void> {
      waits.push(ms);
      joined.tick(ms);
      Object.assign(joined.hubspot.weather, then);
    },
  };
}

describe('a connection that is tried', () => {
  it.each<[string, Partial<Joined['hubspot']['weather']>, number]>([
    ['is asked too much', { limited: 1, retryAfterSeconds: 3 }, 3_000],
    ['is away for a moment', { outage: 502 }, 1_000],
  ])('is tried once more after what the CRM asks for, where it %s', async (_, weather, waited) => {
    Object.assign(joined.hubspot.weather, weather);
    const time = waiting({ outage: null });
    const probes = await probeAgain(joined.history, time);
    expect(probes.filter(({ ok }) => !ok)).toEqual([]);
    expect(probes.length).toBeGreaterThan(1);
    expect(time.waits).toEqual([waited]);
  });

  it('is tried no third time: then it is said', async () => {
    joined.hubspot.weather.outage = 503;
    const time = waiting();
    expect(await probeAgain(joined.history, time)).toMatchObject([{ ok: false, detail: 'HubSpot is unwell (503)', fix: 'Try again later' }]);
    expect(time.waits).toHaveLength(1);
  });

  it.each<[string, Partial<Joined['hubspot']['weather']>]>([
    ['wants to be left alone for longer than anybody waits', { limited: 1, retryAfterSeconds: 11 }],
    ['refuses the token', { expired: true }],
  ])('is not tried again where the CRM %s', async (_, weather) => {
    Object.assign(joined.hubspot.weather, weather);
    const time = waiting();
    expect(await probeAgain(joined.history, time)).toMatchObject([{ ok: false }]);
    expect(time.waits).toEqual([]);
  });
});

describe('what a CRM says of itself', () => {
  const nothing = { pipelines: [], owners: [], roles: [] };
  const answering = (...answers: Error[]) => ({
    async catalogue() {
      const next = answers.shift();
      if (next !== undefined) throw next;
      return nothing;
    },
  });
  const away = (ms: number): CrmAwayError => new CrmAwayError('away', joined.now() + ms);

  it('is asked for once more where the CRM was away', async () => {
    const time = waiting();
    expect(await readCatalogueAgain(answering(away(10_000)), time)).toEqual(nothing);
    expect(time.waits).toEqual([10_000]);
    await expect(readCatalogueAgain(answering(away(1_000), away(1_000)), time)).rejects.toThrow('away');
  });

  it.each([
    ['for long', () => away(10_001)],
    ['for good', () => new CrmRefusedError('no')],
  ])('is not asked for again where it is gone %s', async (_, error) => {
    const time = waiting();
    await expect(readCatalogueAgain(answering(error()), time)).rejects.toThrow();
    expect(time.waits).toEqual([]);
  });
});
