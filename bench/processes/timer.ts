import { randomUUID } from 'node:crypto';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { createEvaluateDue } from '../../src/app/evaluate-due.ts';
import { benchMap } from '../bench-map.ts';
import { fallDue } from '../fall-due.ts';
import { answering } from '../process.ts';

/** `node bench/processes/timer.ts DATABASE ACCOUNTS`: the clock's side of the bot, with its own store and nothing else. */
const [database = '', accounts = '0'] = process.argv.slice(2);
const config = await benchMap();
const store = await openStore(`file:${database}`);
let slices: number[] = [];
let sliceAt = performance.now();
const evaluateDue = createEvaluateDue(
  {
    store,
    config: () => config,
    clock: { now: Date.now },
    newId: randomUUID,
    async breathe() {
      slices.push(performance.now() - sliceAt);
      await new Promise((resolve) => setImmediate(resolve));
      sliceAt = performance.now();
    },
  },
  Date.now(),
);
let next = 0;

const api = {
  /** Makes so many journeys due, evaluates them, and says how long that took, and the longest time without letting others have their turn. */
  async due({ journeys }: { journeys: number }): Promise<{ ms: number; longestSliceMs: number; evaluated: number }> {
    await fallDue(store, { first: next, journeys, accounts: Number(accounts), seconds: 0 });
    next += journeys;
    return run();
  },
  nothingDue: () => run(),
};
export type TimerApi = typeof api;
answering(api);

async function run(): Promise<{ ms: number; longestSliceMs: number; evaluated: number }> {
  slices = [];
  const startedAt = performance.now();
  sliceAt = startedAt;
  const evaluated = await evaluateDue();
  return { ms: performance.now() - startedAt, longestSliceMs: Math.max(0, ...slices), evaluated };
}
