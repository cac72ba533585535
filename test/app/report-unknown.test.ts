import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { createReportUnknown } from '../../src/app/report-unknown.ts';
import type { JourneyConfig } from '../../src/core/journey/journey-map.ts';
import { dayMs } from '../../src/core/time.ts';
import { at, officeHours } from '../core/builders.ts';

describe('what the journey map does not know', () => {
  it('is told to the admin channel once a day, with where to add it, and only if it is new', async () => {
    const store = await openStore(':memory:');
    let now = at('2026-09-07 10:00');
    const config = { adminChannel: '#journey-admin', calendar: officeHours } as JourneyConfig;
    const report = createReportUnknown({ store, config: () => config, clock: { now: () => now } });
    const told = async () => {
      const deliveries = await store.leaseDeliveries(now, now + 1, 10, []);
      await store.commit(deliveries.map(({ id }) => ({ kind: 'delivery.sent', id, receipt: null })));
      return deliveries.map(({ message }) => JSON.stringify(message));
    };
    await report();
    expect(await told()).toEqual([]);

    await store.commit([{ kind: 'unknown.seen', source: 'hubspot', what: 'stage', value: 'pilot', journeyId: 'deal:d-1', at: now }]);
    await report();
    const [notice = ''] = await told();
    expect(notice).toContain('stage pilot (hubspot), once');
    expect(notice).toContain('from');

    await store.commit([{ kind: 'unknown.seen', source: 'hubspot', what: 'role', value: 'GURU', journeyId: 'person:p-1', at: now + 1 }]);
    await report();
    expect(await told()).toEqual([]);
    now += dayMs;
    await report();
    const [next = ''] = await told();
    expect(next).toContain('role GURU');
    expect(next).not.toContain('pilot');
    now += dayMs;
    await report();
    expect(await told()).toEqual([]);
    await store.close();
  });

  it('waits while history comes in, which would be half of the list', async () => {
    const store = await openStore(':memory:');
    const now = at('2026-09-07 10:00');
    const config = { adminChannel: '#journey-admin', calendar: officeHours } as JourneyConfig;
    let settling = 1;
    const report = createReportUnknown({ store: { ...store, settling: async () => settling }, config: () => config, clock: { now: () => now } });
    await store.commit([{ kind: 'unknown.seen', source: 'hubspot', what: 'stage', value: 'pilot', journeyId: 'deal:d-1', at: now }]);
    await report();
    expect(await store.leaseDeliveries(now, now + 1, 10, [])).toEqual([]);
    settling = 0;
    await report();
    expect(await store.leaseDeliveries(now, now + 1, 10, [])).toHaveLength(1);
    await store.close();
  });
});
