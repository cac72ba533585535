import fc from 'fast-check';
import type { ReplayOptions } from '../../../src/app/backtest/replay-group.ts';
import { replayGroup } from '../../../src/app/backtest/replay-group.ts';
import type { KeptSignal } from '../../../src/app/ports.ts';
import { createBelonging } from '../../../src/core/backtest/belonging.ts';
import type { Era } from '../../../src/core/backtest/eras.ts';
import type { JourneyStory, RaisedAlert } from '../../../src/core/backtest/story.ts';
import { thresholdsOf } from '../../../src/core/backtest/variants.ts';
import type { JourneyConfig } from '../../../src/core/journey/journey-map.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { placeOf } from '../../../src/core/journey/signal-place.ts';
import { dayMs, type EpochMs, hourMs } from '../../../src/core/time.ts';
import { aConfig, aMap, aSignal, at } from '../../core/builders.ts';
import { someSignal } from '../../core/journey/some-signals.ts';

export const start = at('2026-09-07 09:00');
export const end = start + 60 * dayMs;

/** Stages by their own names, a committee to miss, and what becomes of it. */
export const someMap = (): JourneyConfig =>
  aConfig({
    maps: [
      aMap({
        stages: [
          { key: 'awareness', from: { any: ['awareness'] } },
          { key: 'decision', from: { any: ['decision'] }, expects: { roles: ['champion', 'legal'] } },
        ],
        outcomes: { won: { any: ['won'] }, lost: { any: ['lost'] } },
      }),
      aMap({ key: 'customers', for: { kind: 'accounts' }, stages: [{ key: 'decision', from: { any: ['decision'] } }] }),
    ],
  });

const when = fc.integer({ min: 0, max: 60 * 24 }).map((hours): EpochMs => start + hours * hourMs);

/** Two deals of two accounts from beginning to end, with anything at all happening to them and others in between. */
export const someHistory: fc.Arbitrary<Signal[]> = fc
  .record({
    between: fc.array(
      fc.tuple(someSignal, when).map(([signal, occurredAt]): Signal => ({ ...signal, occurredAt, id: `${signal.id} ${occurredAt}` })),
      { maxLength: 40 },
    ),
    ends: fc.array(fc.tuple(when, fc.constantFrom('won' as const, 'lost' as const)), { minLength: 2, maxLength: 2 }),
  })
  .map(({ between, ends }) => [
    ...[1, 2].flatMap((n) => [
      aSignal('account.upserted', start, { account: { id: `a-${n}`, name: `Account ${n}` } }),
      aSignal('deal.upserted', start, { deal: { id: `d-${n}`, accountId: `a-${n}`, name: `Deal ${n}`, stage: 'awareness', status: 'open' } }),
    ]),
    ...between,
    ...ends.map(([occurredAt, status], index) => aSignal('deal.upserted', occurredAt, { deal: { id: `d-${index + 1}`, status } })),
  ]);

/** An instant at which everything after it is cut off. */
export const someCut = fc.integer({ min: 1, max: 60 * 24 }).map((hours): EpochMs => start + hours * hourMs + 1);

export const kept = (signals: readonly Signal[]): KeptSignal[] =>
  signals.map((signal, index) => ({ sequence: index + 1, signal, receivedAt: signal.occurredAt }));

type Given = Partial<ReplayOptions> & { eras?: readonly Era[] };

/** All of it in one group. */
export function storiesOf(signals: readonly Signal[], { config = someMap(), ...given }: Given = {}): JourneyStory[] {
  const options: ReplayOptions = {
    ...{ config, eras: [{ from: Number.NEGATIVE_INFINITY, config, changed: [] }], span: { from: start, to: end }, settles: false },
    variants: thresholdsOf(config).flatMap(({ variants }) => variants),
    knownAt: ({ signal }) => signal.occurredAt,
    ...given,
  };
  const replay = replayGroup(kept(signals), options);
  for (;;) {
    const step = replay.next();
    if (step.done === true) return step.value;
  }
}

/** Group by group, as the store would give them. */
export function storiesByGroup(signals: readonly Signal[], given: Given = {}): JourneyStory[] {
  const belonging = createBelonging();
  for (const signal of signals) belonging.add(signal);
  return [...belonging.groups()].flatMap((refs) => {
    const named = new Set(refs.map(({ kind, id }) => `${kind}:${id}`));
    const own = signals.filter((signal) => {
      const { subject, personId } = placeOf(signal);
      return named.has(subject) || (personId !== null && named.has(`person:${personId}`));
    });
    return storiesOf(own, given);
  });
}

/** What was said before an instant, as it stood then. */
export const saidBefore = (stories: readonly JourneyStory[], cut: EpochMs): (RaisedAlert & { journey: string })[] =>
  stories
    .flatMap(({ id, alerts }) => alerts.map((alert) => ({ journey: id, ...alert })))
    .filter((alert) => alert.at < cut)
    .map((alert) => ({ ...alert, endedAt: alert.endedAt !== null && alert.endedAt < cut ? alert.endedAt : null }))
    .sort((a, b) => a.at - b.at || (`${a.journey} ${a.rule} ${a.subject}` < `${b.journey} ${b.rule} ${b.subject}` ? -1 : 1));
