import { describe, expect, it } from 'vitest';
import { stageMovesOf } from '../../../src/core/journey/stage-moves.ts';
import { aJourney } from '../../core/builders.ts';

const moves = (...visits: [stage: string | null, enteredAt: number][]) =>
  stageMovesOf(aJourney({ visits })).map(({ from, to, at }) => [from, to, at]);

describe('stage moves', () => {
  it('lead from each stage to the next, back as well as on', () => {
    expect(moves(['awareness', 1], ['decision', 2], ['awareness', 3])).toEqual([
      ['awareness', 'decision', 2],
      ['decision', 'awareness', 3],
    ]);
  });

  it('do not begin with the first stage', () => {
    expect(moves(['awareness', 1])).toEqual([]);
  });

  it('pass over stages that the map does not know', () => {
    expect(moves([null, 1], ['awareness', 2], [null, 3], ['awareness', 4], [null, 5], ['decision', 6])).toEqual([['awareness', 'decision', 6]]);
  });

  it('are none where a journey comes back to the stage it was in', () => {
    expect(moves(['decision', 1], ['decision', 9])).toEqual([]);
  });
});
