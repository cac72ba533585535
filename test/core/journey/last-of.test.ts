import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advocacyReady } from '../../../src/core/detectors/advocacy-ready.ts';
import { momentMissed } from '../../../src/core/detectors/moment-missed.ts';
import { applySignal } from '../../../src/core/journey/apply-signal.ts';
import { accountJourneys } from '../../../src/core/journey/assemble-journey.ts';
import { joinLastOf, type LastOf } from '../../../src/core/journey/last-of.ts';
import { type AccountRecord, remembered } from '../../../src/core/journey/record.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { dayMs, hourMs } from '../../../src/core/time.ts';
import { aConfig, aMap, aSignal, at } from '../builders.ts';
import { ask, subjectsOf } from '../detectors/ask.ts';

const some: fc.Arbitrary<LastOf> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2 * remembered.types }), fc.integer({ min: 0, max: 30 })), { maxLength: 120, size: 'max' })
  .map((drawn) => drawn.reduce<LastOf>((all, [type, when]) => joinLastOf(all, { [`type ${type}`]: when }) ?? all, {}));
const text = (last: LastOf | undefined): string => JSON.stringify(last);

describe('when each type of touchpoint was last heard of', () => {
  it('is the same in whatever order, and however often it is told', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const joined = (...all: LastOf[]) => all.reduce<LastOf | undefined>((x, y) => joinLastOf(x, y), undefined);
        expect(text(joined(a, b))).toBe(text(joined(b, a)));
        expect(text(joined(joined(a, b) ?? {}, c))).toBe(text(joined(a, joined(b, c) ?? {})));
        expect(text(joined(a, a))).toBe(text(a));
        expect(Object.keys(joined(a, b, c) ?? {}).length).toBeLessThanOrEqual(remembered.types);
      }),
      { numRuns: 60 },
    );
  });

  it('outlives the touchpoints: who was asked for a reference is not asked again because much has happened since', () => {
    const begun = at('2026-01-05 09:00');
    const signals: Signal[] = [
      aSignal('account.upserted', begun, { account: { id: 'a-1', name: 'Acme GmbH', lifecycleStage: 'growth' } }),
      aSignal('touchpoint.recorded', begun + 100 * dayMs, { touchpoint: { accountId: 'a-1', type: 'reference_request', direction: 'outbound' } }),
      ...Array.from({ length: 150 }, (_, nth) =>
        aSignal('touchpoint.recorded', begun + 101 * dayMs + nth * hourMs, { touchpoint: { accountId: 'a-1', type: 'email', direction: 'inbound' } }),
      ),
      aSignal('metric.recorded', begun + 120 * dayMs, { metric: { accountId: 'a-1', name: 'nps', value: 10 } }),
    ];
    const records = new Map<string, AccountRecord>();
    const atHand = { resolve: (_kind: string, id: string) => id, get: (_kind: string, id: string) => records.get(id), all: () => records.values() };
    for (const signal of signals) for (const record of applySignal(atHand, signal).records) records.set(record.id, record as AccountRecord);
    const map = aMap({ key: 'customers', for: { kind: 'accounts' }, stages: [{ key: 'growth', from: { any: ['growth'] } }] });
    const [journey] = accountJourneys({ account: records.get('a-1') ?? null, people: [] }, aConfig({ maps: [map] }));
    if (journey === undefined) throw new Error('no journey');
    expect(journey.touchpoints.some(({ type }) => type === 'reference_request')).toBe(false);
    const asked = { params: { asked: ['reference_request'], after: '30d' }, map };
    expect(ask(advocacyReady, journey, { now: begun + 150 * dayMs, ...asked })).toMatchObject({ findings: [] });
    expect(subjectsOf(ask(advocacyReady, journey, { now: begun + 150 * dayMs, ...asked, params: { ...asked.params, cooldown: '30d' } }))).toEqual([
      'advocacy',
    ]);
    // And what has happened once has happened.
    const missed = { now: begun + 200 * dayMs, map, params: { moments: ['Reference request', 'demo'] } };
    expect(ask(momentMissed, journey, missed)).toEqual({ findings: [], recheckAt: null, undecided: ['moment:demo'] });
  });
});
