import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/core/detectors/index.ts';
import { touchpointId } from '../../../src/core/journey/happening.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import { remembered } from '../../../src/core/journey/record.ts';
import type { Direction, Signal } from '../../../src/core/journey/signal.ts';
import { dayMs, hourMs } from '../../../src/core/time.ts';
import { aConfig, aMap, aSignal, at } from '../builders.ts';
import { journeysOf, worldOf } from '../journey/records-world.ts';
import { contextOf } from './ask.ts';

const map = aMap({
  stages: [{ key: 'decision', expects: { roles: ['champion'], moments: ['demo'], within: null }, from: { signals: ['closing'] } }],
});
const config = aConfig({ maps: [map] });
const people = ['p-1', 'p-2', 'p-3', 'p-4'];
const begun = at('2026-03-02 09:00');
const known: Signal[] = [
  aSignal('deal.upserted', begun, { deal: { id: 'd-1', accountId: 'a-1', stage: 'closing' } }),
  ...people.map((id) => aSignal('person.upserted', begun, { person: { id, accountId: 'a-1', roles: [id === 'p-1' ? 'champion' : 'user'] } })),
];

type Talk = { with: string[]; direction: Direction; type: string; sentiment: number | null };

const talk: fc.Arbitrary<Talk> = fc.record({
  with: fc.subarray(people, { maxLength: 3 }),
  direction: fc.constantFrom<Direction>('inbound', 'outbound', 'internal'),
  type: fc.constantFrom('email', 'question', 'demo'),
  sentiment: fc.option(fc.integer({ min: -2, max: 2 }), { freq: 1 }),
});

/** A few kinds of talks in turn, more than are remembered, so many minutes apart; and who of them was deleted in the end. */
const busy = fc.record({
  talks: fc.array(talk, { minLength: 1, maxLength: 6 }),
  count: fc.integer({ min: remembered.happenings - 10, max: remembered.happenings + 40 }),
  apart: fc.constantFrom(1, 7, 24),
  gone: fc.subarray(people, { minLength: 1 }),
});

/** `without`: nobody knows any more that they were in it. */
function told({ talks, count, apart }: { talks: Talk[]; count: number; apart: number }, without: readonly string[]): Signal[] {
  return Array.from({ length: count }, (_, nth) => {
    const { with: all, ...said } = talks[nth % talks.length] ?? { with: [], direction: 'inbound', type: 'email', sentiment: null };
    const left = all.filter((id) => !without.includes(id));
    return (left.length === 0 ? [null] : left).map((personId) => ({
      ...aSignal('touchpoint.recorded', begun + nth * apart * hourMs, { touchpoint: { dealId: 'd-1', accountId: 'a-1', personId, ...said } }),
      id: touchpointId(`crm:${nth}`, personId),
    }));
  }).flat();
}

const journeyOf = (signals: Signal[]): Journey => {
  const [journey] = journeysOf(worldOf(signals), config);
  if (journey === undefined) throw new Error('no journey');
  return journey;
};

describe('a busy deal, some of whose people were deleted', () => {
  it('reads the same, and every rule says the same of it, for whoever heard of everything at the time as for whoever asks afterwards', () => {
    const heard = { findings: 0, forgotten: 0 };
    fc.assert(
      fc.property(busy, (history) => {
        const deletions = history.gone.map((id) => aSignal('record.deleted', begun + 400 * dayMs, { record: { kind: 'person', id } }));
        const live = journeyOf([...known, ...told(history, []), ...deletions]);
        const asked = journeyOf([...known, ...deletions, ...told(history, history.gone).reverse()]);
        expect(live).toEqual(asked);
        for (const detector of detectors) {
          const answers = [live, asked].map((journey) =>
            detector.detect(journey, detector.params.parse({}), contextOf(journey, { now: begun + 401 * dayMs, map })),
          );
          expect(answers[0]).toEqual(answers[1]);
          heard.findings += answers[0]?.findings.length ?? 0;
        }
        heard.forgotten += live.lastOf === undefined ? 0 : 1;
      }),
      { numRuns: 40 },
    );
    expect(heard.findings).toBeGreaterThan(0);
    expect(heard.forgotten).toBeGreaterThan(0);
  });

  it('forgets older talks only, not who was in those that are remembered; of crowds fewer', () => {
    const everybody = { with: people, direction: 'inbound' as const, type: 'email', sentiment: null };
    const lots = journeyOf([...known, ...told({ talks: [{ ...everybody, with: people.slice(0, 3) }], count: 150, apart: 1 }, [])]);
    expect([lots.touchpoints.length, lots.lastOf !== undefined]).toEqual([3 * remembered.happenings, true]);
    const crowds = journeyOf([...known, ...told({ talks: [everybody], count: 90, apart: 1 }, [])]);
    expect([crowds.touchpoints.length, crowds.lastOf !== undefined]).toEqual([remembered.touchpoints, true]);
  });
});
