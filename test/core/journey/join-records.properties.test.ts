import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyRecord, goingBy, joinRecords } from '../../../src/core/journey/join-records.ts';
import type { JourneyRecord } from '../../../src/core/journey/record.ts';
import { recordKinds } from '../../../src/core/journey/signal.ts';
import { worldOf } from './records-world.ts';
import { manyTouchpoints, someSignal } from './some-signals.ts';

const signals = fc.oneof(
  { weight: 4, arbitrary: fc.array(someSignal, { maxLength: 25 }) },
  { weight: 1, arbitrary: fc.tuple(manyTouchpoints, fc.array(someSignal, { maxLength: 5 })).map(([many, few]) => [...many, ...few]) },
);

/** Three records of one kind, as signals make them; joined as if they were one, so all have one id. */
const threeRecords = fc.tuple(fc.constantFrom(...recordKinds), signals, signals, signals).map(([kind, ...worlds]) =>
  worlds.map((list): JourneyRecord => {
    const record = [...worldOf(list).records.values()].find((candidate) => candidate.kind === kind);
    return record === undefined ? emptyRecord(kind, 'same', 0) : goingBy('same', record);
  }),
) as fc.Arbitrary<[JourneyRecord, JourneyRecord, JourneyRecord]>;

describe('joining records', () => {
  it('does not depend on the order or the grouping, and joining a record with itself changes nothing', () => {
    fc.assert(
      fc.property(threeRecords, ([a, b, c]) => {
        expect(joinRecords(b, a)).toEqual(joinRecords(a, b));
        expect(joinRecords(joinRecords(a, b), c)).toEqual(joinRecords(a, joinRecords(b, c)));
        expect(joinRecords(a, a)).toEqual(a);
        expect(joinRecords(joinRecords(a, b), b)).toEqual(joinRecords(a, b));
      }),
      { numRuns: 60 },
    );
  });

  it('survives being written down and read again', () => {
    fc.assert(
      fc.property(threeRecords, ([a, b]) => {
        const joined = joinRecords(a, b);
        const read = JSON.parse(JSON.stringify(joined)) as JourneyRecord;
        expect(read).toEqual(joined);
        expect(joinRecords(read, b)).toEqual(joined);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses records of two kinds', () => {
    expect(() => joinRecords(emptyRecord('deal', 'x', 0), emptyRecord('account', 'x', 0))).toThrow(TypeError);
  });
});
