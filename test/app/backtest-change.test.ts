import { describe, expect, it, vi } from 'vitest';
import { createBacktestChange } from '../../src/app/backtest-change.ts';
import type { KeptSignal } from '../../src/app/ports.ts';
import type { Change } from '../../src/core/change.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { aSignal, at } from '../core/builders.ts';
import { aTeam } from './a-team.ts';
import { aSmallBot } from './small-bot.ts';

const breathe = async (): Promise<void> => undefined;
const now = at('2026-12-07 10:00');
const clock = { now: () => now };
const changed = { before: aTeam(), after: aTeam({ rules: { stalled: { after: '20bd' } } }) };

/** Deals that come into decision on 7 September; the odd ones are won after 17 working days, the others stay and are lost. */
const deals = (count: number): Signal[] =>
  Array.from({ length: count }, (_, n) => [
    aSignal('deal.upserted', '2026-09-07 09:00', { deal: { id: `d-${n}`, name: `Deal ${n}`, stage: 'decision', status: 'open' } }),
    aSignal('deal.upserted', n % 2 === 0 ? '2026-11-02 09:00' : '2026-09-30 10:00', { deal: { id: `d-${n}`, status: n % 2 === 0 ? 'lost' : 'won' } }),
  ]).flat();

async function aStore(signals: Signal[]) {
  const { store } = await aSmallBot();
  await store.commit(signals.map((signal): Change => ({ kind: 'signal.add', signal, receivedAt: signal.occurredAt })));
  return store;
}

describe('the backtest of a change', () => {
  it('sets what the rule would have said with the number in force against what it would have said with the other', async () => {
    const backtestChange = createBacktestChange({ store: await aStore(deals(40)), clock, breathe });
    expect(await backtestChange('stalled', changed)).toEqual([
      'Backtest, 7 Sept 2026 to 7 Dec 2026: 40 journeys, of which 40 have ended. Now → with the change:',
      'Alerts of this rule a week: 3.1 (40 in all) → 1.5 (20 in all)',
      'Precision, how many of the alerted that ended were lost: 50% of 40 (35–65%) → 100% of 20 (84–100%)',
      'Recall, how many of the lost were alerted: 100% of 20 (84–100%) → 100% of 20 (84–100%)',
    ]);
  });

  it('says too few where there are, of journeys or of those that have ended', async () => {
    const lines = async (signals: Signal[]) => createBacktestChange({ store: await aStore(signals), clock, breathe })('stalled', changed);
    expect(await lines(deals(9))).toEqual(['Not backtested: too few journeys (9; it takes 10).']);
    expect(await lines([])).toEqual(['Not backtested: too few journeys: nothing is kept that could be replayed.']);
    expect(await lines(deals(12))).toContain('Recall, how many of the lost were alerted: too few (6) → too few (6)');
  });

  it('looks back a year, and lets others have their turn between two slices', async () => {
    const breathe = vi.fn(async () => undefined);
    const old = deals(40).map((signal) => ({ ...signal, occurredAt: signal.occurredAt - 500 * 86_400_000 }));
    const store = await aStore([...old, ...deals(12).map((signal) => JSON.parse(JSON.stringify(signal).replaceAll('"d-', '"new-')) as Signal)]);
    const lines = await createBacktestChange({ store, clock, breathe })('stalled', changed);
    expect(lines?.[0]).toBe('Backtest, 7 Dec 2025 to 7 Dec 2026: 12 journeys, of which 12 have ended. Now → with the change:');
    expect(breathe.mock.calls.length).toBeGreaterThanOrEqual(2 * 52);
  });

  it('compares the maps on the same past, whatever comes in meanwhile', async () => {
    const store = await aStore(deals(20));
    const newer = deals(40).slice(40);
    const meanwhile = vi.fn(async (config) => {
      await store.commit(newer.splice(0).map((signal): Change => ({ kind: 'signal.add', signal, receivedAt: now })));
      return config;
    });
    // The first replay reads all signals, then those of each deal; then others come in.
    const told = createBacktestChange({
      store: { signalsAfter: store.signalsAfter, signalsNaming: (refs) => meanwhile(refs).then(store.signalsNaming) },
      clock,
      breathe,
    });
    expect(await told('stalled', changed)).toContain(
      'Precision, how many of the alerted that ended were lost: 50% of 20 (30–70%) → 100% of 10 (72–100%)',
    );
    expect(await store.signalsAfter(0, 100)).toHaveLength(80);
  });

  it('says nothing of a past that is too long for it, and ends when the bot is stopped', async () => {
    const store = await aStore(deals(40));
    const [first] = await store.signalsAfter(0, 1);
    // More than anybody has to read: the same signal again and again.
    const endless = async (after: number, limit: number) =>
      Array.from({ length: limit }, (_, index): KeptSignal => ({ ...(first as KeptSignal), sequence: after + index + 1 }));
    const tooLong = createBacktestChange({ store: { ...store, signalsAfter: endless }, clock, breathe });
    expect(await tooLong('stalled', changed)).toEqual([
      "Not backtested: more than 200,000 signals are kept, too many to replay beside the bot's work.",
    ]);
    const stopped = createBacktestChange({ store: { ...store, signalsAfter: endless }, clock, breathe, stopping: () => true });
    expect(await stopped('stalled', changed)).toBeNull();
  });
});
