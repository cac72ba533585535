import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BacktestOrder, createBacktest } from '../../src/app/backtest.ts';
import type { Store } from '../../src/app/ports.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Change } from '../../src/core/change.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { dayMs, type EpochMs, hourMs } from '../../src/core/time.ts';
import { aSignal, at } from '../core/builders.ts';
import { end, saidBefore, someHistory, someMap, start, storiesByGroup } from './backtest/some-history.ts';
import { aSmallBot } from './small-bot.ts';

const watch = { stopping: new AbortController().signal };
const breathe = async (): Promise<void> => undefined;
const order = (traits: Partial<BacktestOrder> = {}): BacktestOrder => ({ from: null, to: end, asReceived: false, ...traits });
const config = { ...someMap(), feed: { staleAfter: { amount: 1_000, unit: 'd' as const } } };
const learned = { after: { percentile: 75 }, otherwise: { amount: 20, unit: 'bd' }, patience: { amount: 5, unit: 'bd' } };
/** Rules that no other rule holds back: all that they open is said. */
const heard = new Set(['stalled', 'no-activity', 'missing-role', 'single-threaded', 'close-date', 'response-gap']);

/** Twelve deals that nobody speaks of, half of which are lost after so many days. */
const silence = (days: number): Signal[] =>
  Array.from({ length: 12 }, (_, n) => [
    aSignal('deal.upserted', start, { deal: { id: `d-${n}`, name: `Deal ${n}`, stage: 'decision', status: 'open' } }),
    aSignal('touchpoint.recorded', start + hourMs, { touchpoint: { dealId: `d-${n}`, type: 'call', direction: 'inbound' } }),
    aSignal('deal.upserted', start + days * dayMs, { deal: { id: `d-${n}`, status: n % 2 === 0 ? 'lost' : 'won' } }),
  ]).flat();

async function keep(store: Store, signals: Signal[], receivedAt: (signal: Signal) => EpochMs = ({ occurredAt }) => occurredAt): Promise<void> {
  await store.commit(signals.map((signal): Change => ({ kind: 'signal.add', signal, receivedAt: receivedAt(signal) })));
}

describe('a backtest', () => {
  it('says what a bot that was there has said', async () => {
    await fc.assert(
      fc.asyncProperty(someHistory, async (history) => {
        const signals = history.filter(({ type }) => !type.startsWith('record.'));
        const bot = await aSmallBot({ config, now: '2026-09-07 09:00' });
        const until = async (instant: EpochMs) => {
          for (let due = await bot.store.nextRecheckAt(); due !== null && due < instant; due = await bot.store.nextRecheckAt()) {
            bot.setTime(due);
            await bot.evaluateDue();
          }
        };
        const instants = Map.groupBy(signals, ({ occurredAt }) => occurredAt);
        for (const [instant, together] of [...instants].sort(([a], [b]) => a - b)) {
          await until(instant);
          bot.setTime(instant);
          await bot.receive(together);
          await bot.ingest();
        }
        await until(end);
        const stories = storiesByGroup(signals, { config, variants: [] });
        const opened = await Promise.all(stories.map(async ({ id }) => (await bot.store.audit(id, 10_000)).filter(({ what }) => what === 'opened')));
        const said = opened.flat().map(({ at: when, journeyId, alertId }) => `${when} ${journeyId} ${alertId?.split('.')[0]}`);
        const replayed = saidBefore(stories, end).map(({ at: when, journey, rule }) => `${when} ${journey} ${rule}`);
        const ofRules = (lines: string[]) => lines.filter((line) => heard.has(line.split(' ').at(-1) ?? '')).sort();
        expect(ofRules(replayed)).toEqual(ofRules(said));
      }),
      { numRuns: 10 },
    );
  });

  it('sets what was said against how it ended', async () => {
    const { store } = await aSmallBot();
    await keep(store, silence(40));
    const report = await createBacktest({ store, config, breathe })(order(), watch);
    expect(report).toMatchObject({
      journeys: { replayed: 12, inPeriod: 12, ended: 12, won: 6, lost: 6 },
      base: { kind: 'known', n: 12, rate: 0.5 },
      signals: 36,
      channels: [{ channel: '#deals' }],
    });
    // Ten working days after the call: Mon 2026-09-21 10:00. Lost on Sat 2026-10-17 09:00.
    const found = report?.rules.find(({ rule }) => rule === 'no-activity');
    expect(found).toMatchObject({ alerts: 12, journeys: 12, ended: 12, lost: 6, precision: { n: 12, rate: 0.5 }, numbers: '10bd' });
    expect(found?.variants.map(({ numbers, alerts }) => [numbers, alerts])).toEqual([
      ['5bd', 12],
      ['8bd', 12],
      ['15bd', 12],
      ['20bd', 12],
    ]);
    // Mon 2026-09-07 10:00 and twenty working days are more than a fortnight.
    await keep(store, []);
    const short = await aSmallBot();
    await keep(short.store, silence(13));
    const sooner = await createBacktest({ store: short.store, config, breathe })(order(), watch);
    expect(sooner?.rules.find(({ rule }) => rule === 'no-activity')).toMatchObject({
      ...{ alerts: 0, variants: [{ numbers: '5bd', alerts: 12 }, { numbers: '8bd', alerts: 12 }, { alerts: 0 }, { alerts: 0 }] },
    });
  });

  it('says how many records are missing because they were erased, each once', async () => {
    const { store } = await aSmallBot();
    const erasures = [
      ['person', 'p-1'],
      ['person', 'p-1'],
      ['person', 'p-2'],
      ['deal', 'd-99'],
    ] as const;
    await keep(store, [...silence(40), ...erasures.map(([kind, id]) => aSignal('record.erased', end - dayMs, { record: { kind, id } }))]);
    const report = await createBacktest({ store, config, breathe })(order(), watch);
    expect(report?.erased).toEqual({ account: 0, deal: 1, person: 2 });
  });

  it('counts in its period, and knows the end from later', async () => {
    const { store } = await aSmallBot();
    await keep(store, silence(40));
    const run = createBacktest({ store, config, breathe });
    const early = await run(order({ to: at('2026-09-20') }), watch);
    expect(early?.rules.find(({ rule }) => rule === 'no-activity')).toMatchObject({ alerts: 0, base: { ended: 12, lost: 6 } });
    const late = await run(order({ from: at('2026-10-01'), to: at('2026-10-10') }), watch);
    expect(late?.rules.find(({ rule }) => rule === 'no-activity')).toMatchObject({ alerts: 0, journeys: 12, lost: 6 });
    expect(late?.period).toEqual({ from: at('2026-10-01'), to: at('2026-10-10'), weeks: 9 / 7 });
  });

  it('goes by when signals came in where it is asked to, and lets history settle first', async () => {
    const { store } = await aSmallBot();
    const imported = at('2026-10-05 12:00');
    await keep(store, silence(60), ({ occurredAt }) => Math.max(occurredAt, imported));
    const run = createBacktest({ store, config, breathe });
    const report = await run(order({ to: at('2026-10-06'), asReceived: true }), watch);
    expect(report?.period.from).toBe(imported);
    expect(report?.knownFrom).toBe('received');
    expect(report?.rules.find(({ rule }) => rule === 'no-activity')).toMatchObject({ alerts: 12 });
    // Nothing had settled two seconds after the import.
    const atOnce = await run(order({ to: imported + 1_999, asReceived: true }), watch);
    expect(atOnce?.rules).toEqual([]);
  });

  it('brings no good news of an account while an alert stands on one of its deals', async () => {
    const yml = `timezone: UTC
maps:
  sales: { for: deals, stages: { decision: {} }, rules: { stalled: { after: 10bd }, no-activity: off, single-threaded: off } }
  customers: { for: accounts, stages: { growth: {} }, rules: { stalled: off, no-activity: off, single-threaded: off } }
routes: [{ channel: "#deals" }]`;
    const loaded = await loadConfig({ file: 'journey.yml', text: yml }, { detectors });
    if (!loaded.ok) throw new Error('the map has mistakes');
    const praised = async (deals: Signal[]) => {
      const { store } = await aSmallBot();
      await keep(store, [
        aSignal('account.upserted', start, { account: { id: 'a-1', name: 'Acme', lifecycleStage: 'growth' } }),
        aSignal('metric.recorded', start + 100 * dayMs, { metric: { accountId: 'a-1', name: 'nps', value: 10 } }),
        ...deals,
      ]);
      const report = await createBacktest({ store, config: loaded.config, breathe })(order({ to: start + 110 * dayMs }), watch);
      return report?.rules.find(({ rule }) => rule === 'advocacy-ready')?.alerts;
    };
    expect(await praised([])).toBe(1);
    expect(await praised([aSignal('deal.upserted', start, { deal: { id: 'd-1', accountId: 'a-1', name: 'Acme', stage: 'decision' } })])).toBe(0);
  });

  it('does not count what was learned after its period', async () => {
    const rules = { stalled: { base: { severity: 'warning' as const, params: { ...learned, sample: 1 } }, segments: {} } };
    const maps = config.maps.map((map) => ({ ...map, stages: map.stages.map((stage) => ({ ...stage, rules: { ...stage.rules, ...rules } })) }));
    const { store } = await aSmallBot();
    await keep(store, silence(40));
    const run = createBacktest({ store, config: { ...config, maps }, breathe });
    expect((await run(order({ to: start + 39 * dayMs }), watch))?.limitsLearned).toBe(0);
    expect((await run(order({ to: start + 45 * dayMs }), watch))?.limitsLearned).toBe(1);
  });

  it('is nothing where nothing is kept, and ends when it is stopped', async () => {
    const { store } = await aSmallBot();
    const run = createBacktest({ store, config, breathe });
    expect(await run(order(), watch)).toBeNull();
    await keep(store, silence(40));
    const phases: string[] = [];
    const stop = new AbortController();
    const stopped = await run(order(), {
      stopping: stop.signal,
      onProgress({ phase, done, total }) {
        phases.push(`${phase} ${done} of ${total}`);
        if (done === 3) stop.abort();
      },
    });
    expect(stopped).toBeNull();
    expect(phases).toEqual(['reading 36 of null', 'replaying 1 of 12', 'replaying 2 of 12', 'replaying 3 of 12']);
  });
});
