import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/adapters/store/open-store.ts';
import type { Parsed } from '../../src/app/crm-source.ts';
import { createDeliver } from '../../src/app/deliver.ts';
import { createEvaluateDue } from '../../src/app/evaluate-due.ts';
import { createIngest } from '../../src/app/ingest.ts';
import { createReleaseHistory } from '../../src/app/release-history.ts';
import { idsOf } from '../../src/core/journey/record.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { dayMs } from '../../src/core/time.ts';
import { aRoute, aSignal, at } from '../core/builders.ts';
import { everyId, secretMark, someSignal } from '../core/journey/some-signals.ts';
import { aTeam } from './a-team.ts';
import { createFakeSlack } from './fake-slack.ts';
import { eraseAll, everythingOf } from './whole-store.ts';

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const rules = {
  'silent-role': { after: '1h', roles: ['champion', 'legal'] },
  'response-gap': { types: ['email', 'call'], within: '1h' },
  'missing-role': { grace: '1h' },
  stalled: { after: '1bd' },
};
const config = aTeam({ rules, routes: [aRoute('#deals')] });

/** Steps of a day: bodies that come in (some cannot be read), and what the clock brings. */
type Step = { signals: Signal[]; broken: boolean; wait: number };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ signals: fc.array(someSignal, { minLength: 1, maxLength: 4 }), broken: fc.boolean(), wait: fc.constantFrom(0, 0, 2, 30) }),
  { minLength: 1, maxLength: 8 },
);
const erasure = fc.constantFrom('p-1', 'p-2', 'p-3').map((id) => aSignal('record.erased', '2026-09-20 09:00', { record: { kind: 'person', id } }));

async function live(story: Step[]) {
  const store = await openStore(':memory:');
  let now = at('2026-10-01 09:00');
  let ids = 0;
  const clock = { now: () => now };
  const slack = createFakeSlack(clock);
  const shared = { store, config: () => config, clock, newId: () => `id-${++ids}`, breathe: async () => undefined };
  const parse = (body: string): Parsed => {
    const { signals, broken } = JSON.parse(body) as Step;
    return broken ? { kind: 'dead', error: 'cannot be read' } : { kind: 'signals', signals };
  };
  const source = { source: 'signals' as const, parse: async (rows: { body: string }[]) => rows.map(({ body }) => parse(body)) };
  const ingest = createIngest({ ...shared, source, logger });
  const evaluateDue = createEvaluateDue(shared, now);
  const releaseHistory = createReleaseHistory(shared);
  const deliver = createDeliver({ ...shared, notifier: slack.notifier, amountsInSight: async () => true, logger });
  for (const [index, step] of story.entries()) {
    await store.accept('signals', [{ key: `body-${index}`, body: JSON.stringify(step) }], now);
    await ingest();
    // What the clock brings goes on while an erasure is under way.
    await store.eraseSome(now);
    now += step.wait * 3_600_000 + 5_000;
    await evaluateDue();
    await releaseHistory();
    await deliver.run();
  }
  await eraseAll(store, now);
  now += dayMs;
  await deliver.run();
  const { people } = await store.loadNeighbourhood(everyId.filter(([kind]) => kind === 'person').map(([kind, id]) => ({ kind, id })));
  const erased = [...people.values()].flatMap(({ record }) => (record.erasedAt === null ? [] : [...idsOf(record)]));
  const kept = await everythingOf(store);
  await store.close();
  return { erased, kept, said: JSON.stringify(slack.messages()) };
}

describe('an erased person', () => {
  it('is named in nothing that is stored and nothing that stands in Slack, whatever was said before, meanwhile and afterwards', async () => {
    let named = 0;
    await fc.assert(
      fc.asyncProperty(steps, erasure, fc.nat(8), async (story, erased, place) => {
        story.splice(Math.min(place, story.length), 0, { signals: [erased], broken: false, wait: 0 });
        const outcome = await live(story);
        expect(outcome.erased.length).toBeGreaterThan(0);
        for (const id of outcome.erased) {
          for (const text of [outcome.kept, outcome.said])
            expect(text.includes(`${secretMark}${id} `) || text.includes(`${secretMark}${id}@`)).toBe(false);
        }
        named += Number(outcome.kept.includes(secretMark));
      }),
      { numRuns: 50 },
    );
    // Otherwise there was nobody to be named.
    expect(named).toBeGreaterThan(5);
  });
});
