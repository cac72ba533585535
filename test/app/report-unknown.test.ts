import { describe, expect, it } from 'vitest';
import { noticeView } from '../../src/adapters/slack/views/notice.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
import type { Crm, CrmCatalogue } from '../../src/app/crm.ts';
import { createReadLabels } from '../../src/app/crm-labels.ts';
import { forgetKnown } from '../../src/app/forget-known.ts';
import type { Store } from '../../src/app/ports.ts';
import { createReportUnknown } from '../../src/app/report-unknown.ts';
import { pieceToPaste } from '../../src/config/piece-to-paste.ts';
import type { Change } from '../../src/core/change.ts';
import type { Message } from '../../src/core/delivery.ts';
import type { JourneyConfig } from '../../src/core/journey/journey-map.ts';
import { dayMs } from '../../src/core/time.ts';
import { aConfig, aMap, at } from '../core/builders.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const config = aConfig({ adminChannel: '#journey-admin', maps: [aMap({ stages: [{ key: 'decision', from: { hubspot: ['contractsent'] } }] })] });

const pilot: Extract<Change, { kind: 'unknown.seen' }> = {
  kind: 'unknown.seen',
  source: 'hubspot',
  what: 'stage',
  value: '17',
  mapKey: 'new-business',
  journeyId: 'deal:d-1',
  at: at('2026-09-07 10:00'),
};

async function aReport({
  catalogue,
  settling,
  of = config,
}: {
  catalogue?: () => Promise<CrmCatalogue>;
  settling?: () => number;
  of?: JourneyConfig;
} = {}) {
  const inner = await openStore(':memory:');
  const store: Store = settling === undefined ? inner : { ...inner, settling: async () => settling() };
  let now = pilot.at;
  const history = catalogue === undefined ? null : { source: 'hubspot' as const, catalogue, probe: async () => [], async *pages() {} };
  const crms: Crm[] = [{ source: 'hubspot', webhooks: null, history, stream: null }];
  const report = createReportUnknown({
    store,
    config: () => of,
    clock: { now: () => now },
    readLabels: createReadLabels({ crms, logger: quiet }),
    pieceFor: pieceToPaste,
  });
  async function notices(): Promise<Notice[]> {
    await report();
    const deliveries = await store.leaseDeliveries(now, now + 1, 10, []);
    await store.commit(deliveries.map(({ id }) => ({ kind: 'delivery.sent', id, receipt: null })));
    return deliveries.flatMap(({ message }) => (message.kind === 'notice' ? message : []));
  }
  return {
    store,
    later(ms: number): void {
      now += ms;
    },
    notices,
    /** The notice's lines, if there is one. */
    told: async (): Promise<string[]> => (await notices()).flatMap(({ lines }) => lines),
  };
}

type Notice = Extract<Message, { kind: 'notice' }>;

describe('what the journey map does not know', () => {
  it('is told to the admin channel once a day, and only if it is new', async () => {
    const { store, told, later } = await aReport();
    expect(await told()).toEqual([]);
    await store.commit([pilot]);
    expect((await told())[0]).toContain('stage 17 of HubSpot, on one record');

    await store.commit([{ ...pilot, what: 'role', value: 'GURU', journeyId: 'person:p-1', at: pilot.at + 1 }]);
    expect(await told()).toEqual([]);
    later(dayMs);
    const [next = '', kept = ''] = await told();
    expect(next).toContain('role GURU');
    expect(kept).toContain('kept aside');
    later(dayMs);
    // The same record once more is nothing new, another one is.
    await store.commit([{ ...pilot, at: pilot.at + 2 * dayMs }]);
    expect(await told()).toEqual([]);
    await store.commit([{ ...pilot, journeyId: 'deal:d-2', at: pilot.at + 2 * dayMs }]);
    expect((await told())[0]).toContain('on 2 records');
    await store.close();
  });

  it('is told once, also if it was kept in the very moment of a notice, or noted before one and kept after it', async () => {
    const { store, told, later } = await aReport();
    const seen = (value: string, at: number, journeyId = 'deal:d-1'): Change => ({ ...pilot, value, at, journeyId });
    await store.commit([seen('17', pilot.at)]);
    expect((await told()).filter((line) => line.startsWith('stage'))).toHaveLength(1);
    await store.commit([seen('18', pilot.at), seen('19', pilot.at - 60_000)]);
    later(dayMs);
    expect((await told()).filter((line) => line.startsWith('stage')).map((line) => line.slice(0, 8))).toEqual(['stage 18', 'stage 19']);
    later(dayMs);
    expect(await told()).toEqual([]);
    await store.close();
  });

  it('comes with the line to add, and with what the CRM calls it', async () => {
    const stages = [{ id: '17', name: 'Contract negotiation', outcome: 'open', probability: 0.8 } as const];
    const { store, notices } = await aReport({
      catalogue: async () => ({ pipelines: [{ id: 'default', name: 'Sales', stages }], owners: [], roles: [] }),
    });
    await store.commit([pilot]);
    const [notice] = await notices();
    expect(notice?.lines[0]).toBe('stage 17 (Contract negotiation) of HubSpot, on one record');
    expect(notice?.code).toEqual(['maps:', '  new-business:', '    stages:', '      decision:', '        from: { hubspot: [ contractsent, "17" ] }']);
    await store.close();
  });

  it('comes with one line for all that belong into the same, which stands in Slack as it is to be pasted', async () => {
    const { store, notices } = await aReport();
    const values = Array.from({ length: 14 }, (_, nth) => `contract *${nth}* ~ _draft_ :${'x'.repeat(20)}:`);
    await store.commit(values.map((value, nth): Change => ({ ...pilot, value, journeyId: `deal:d-${nth}` })));
    const [notice] = await notices();
    if (notice === undefined) throw new Error('no notice');
    const said = JSON.stringify(noticeView(notice));
    for (const value of values) expect(said).toContain(value);
    expect(notice.code?.filter((line) => line.includes('from:'))).toHaveLength(1);
    await store.close();
  });

  it('is told without a name when the CRM cannot be asked', async () => {
    const { store, told } = await aReport({ catalogue: () => Promise.reject(new Error('away')) });
    await store.commit([pilot]);
    expect((await told())[0]).toContain('stage 17 of HubSpot');
    await store.close();
  });

  it('waits while history comes in, which would be half of the list', async () => {
    let settling = 1;
    const { store, told } = await aReport({ settling: () => settling });
    await store.commit([pilot]);
    expect(await told()).toEqual([]);
    settling = 0;
    expect(await told()).not.toEqual([]);
    await store.close();
  });

  it('is off the list as soon as the map knows it, or is not the map any more', async () => {
    const store = await openStore(':memory:');
    const owner: Change = { ...pilot, what: 'owner', value: ' Dana  Smith ', journeyId: 'deal:d-1' };
    const role: Change = { ...pilot, what: 'role', value: 'GURU', journeyId: 'person:p-1' };
    const pipeline: Change = { ...pilot, what: 'pipeline', value: 'strange', journeyId: 'deal:d-3' };
    await store.commit([pilot, { ...pilot, mapKey: 'gone' }, owner, role, pipeline]);
    const left = async (now: JourneyConfig) => (await forgetKnown(store, now)).map(({ what, value }) => [what, value.trim()]).sort();
    const named = aMap({ for: { kind: 'deals', pipelines: ['default'] }, stages: [{ key: 'decision', from: { hubspot: ['contractsent'] } }] });
    expect(await left(aConfig({ maps: [named] }))).toEqual([
      ['owner', 'Dana  Smith'],
      ['pipeline', 'strange'],
      ['role', 'GURU'],
      ['stage', '17'],
    ]);
    const owners = [{ crm: 'dana smith', email: 'dana@us.example' }];
    expect(await left(aConfig({ maps: [named], owners }))).toHaveLength(3);
    expect(await left(aConfig({ maps: [aMap()], owners }))).toEqual([
      ['role', 'GURU'],
      ['stage', '17'],
    ]);
    const roles = [{ key: 'champion', label: 'Champion', crm: ['guru'], titles: [] }];
    expect(await left(aConfig({ maps: [aMap({ stages: [{ key: 'decision', from: { any: ['17'] } }] })], roles }))).toEqual([]);
    expect(await store.unknownCounts()).toEqual({});
    await store.close();
  });
});
