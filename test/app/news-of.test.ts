import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newsOf } from '../../src/app/news-of.ts';
import { createWorkingSet } from '../../src/app/working-set.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { contentsOf } from '../core/journey/records-world.ts';
import { someSignal, toldTwice } from '../core/journey/some-signals.ts';
import { createMemoryRecords } from './memory-records.ts';

const ever = Number.NEGATIVE_INFINITY;

function known(signals: readonly Signal[]) {
  const store = createMemoryRecords();
  const working = createWorkingSet(store.load());
  for (const signal of signals) working.apply(signal, false);
  store.commit(working.changes());
  return store;
}

it('calls nothing news that is known, in whatever order it was told', () => {
  fc.assert(
    fc.property(toldTwice(fc.array(someSignal, { maxLength: 30 })), ({ one, other }) => {
      const news = newsOf(other, known(one).load(), ever);
      expect(news).toEqual({ signals: [], records: [] });
    }),
    { numRuns: 300 },
  );
});

it('what it does not call news could as well not have been said', () => {
  fc.assert(
    fc.property(fc.array(someSignal, { maxLength: 20 }), fc.array(someSignal, { maxLength: 20 }), (before, signals) => {
      const { signals: news } = newsOf(signals, known(before).load(), ever);
      expect(contentsOf(known([...before, ...news]).world())).toEqual(contentsOf(known([...before, ...signals]).world()));
    }),
    { numRuns: 300 },
  );
});
