import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlights, wake } from '../src/flights.ts';

const logged: string[] = [];
const log = (_fields: Record<string, unknown>, message: string) => void logged.push(message);
const aSky = () => createFlights({ clock: { now: Date.now }, logger: { debug: log, info: log, warn: log, error: log } });

beforeEach(() => {
  vi.useFakeTimers();
  logged.length = 0;
});
afterEach(() => vi.useRealTimers());

describe('a task', () => {
  it('that fails is said in the log and tried again, while the others go on', async () => {
    const { flight } = aSky();
    let tries = 0;
    const failing = flight('counting', async () => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
    });
    const others: string[] = [];
    const other = flight('listening', async () => void others.push('ran'));
    await failing.run();
    await other.run();
    expect([tries, others, logged]).toEqual([1, ['ran'], ['counting failed; it is tried again']]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([tries, logged.length]).toEqual([3, 2]);
  });

  it('that goes on failing is tried less and less often, and at once again after it went well', async () => {
    const { flight } = aSky();
    const start = Date.now();
    const tried: number[] = [];
    let isAway = true;
    const failing = flight('asking', async () => {
      tried.push((Date.now() - start) / 1_000);
      if (isAway) throw new Error('away');
    });
    await failing.run();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(tried).toEqual([0, 1, 3, 7, 15, 31, 61, 91]);
    isAway = false;
    await vi.advanceTimersByTimeAsync(30_000);
    isAway = true;
    await failing.run();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(tried.slice(8)).toEqual([121, 130, 131]);
  });

  it('is woken when something is due, and after a minute in any case', async () => {
    const { flight, sleepUntil } = aSky();
    const ran: number[] = [];
    const run = flight('looking', async () => void ran.push(Date.now()));
    const start = Date.now();
    sleepUntil('look', start + 2_000, run);
    await vi.advanceTimersByTimeAsync(2_000);
    sleepUntil('look', start + 365 * 86_400_000, run);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ran.map((at) => at - start)).toEqual([2_000, 62_000]);
  });

  it('does not begin after a stop, neither by itself nor when asked', async () => {
    const sky = aSky();
    const ended = Promise.withResolvers<void>();
    const ran: string[] = [];
    const long = sky.flight('long', async () => {
      ran.push('long');
      await ended.promise;
      sky.after('long', 0, () => wake(long));
    });
    sky.after('waiting', 10, () => ran.push('waited'));
    wake(long);
    sky.stop();
    wake(long);
    ended.resolve();
    await sky.settled();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ran).toEqual(['long']);
  });
});

describe('a clock that is set', () => {
  it('wakes everybody who waits, once, and nobody after a stop', async () => {
    const listeners = new Set<() => void>();
    const onJump = (listen: () => void) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    };
    const { flight, sleepUntil, isWaiting, stop } = createFlights({
      clock: { now: Date.now, onJump },
      logger: { debug: log, info: log, warn: log, error: log },
    });
    let looks = 0;
    const run = flight('looking', async () => {
      looks += 1;
    });
    const jump = async () => {
      for (const listen of listeners) listen();
      await vi.advanceTimersByTimeAsync(0);
    };
    sleepUntil('look', null, run);
    await jump();
    expect([looks, isWaiting('look')]).toEqual([1, false]);
    await jump();
    expect(looks).toBe(1);
    sleepUntil('look', null, run);
    stop();
    await jump();
    expect([looks, listeners.size]).toEqual([1, 0]);
  });
});

it('a task that is under way while the clock is set runs once more: it may have looked before', async () => {
  let jump = (): void => undefined;
  const onJump = (listen: () => void) => {
    jump = listen;
    return () => undefined;
  };
  const { flight } = createFlights({ clock: { now: Date.now, onJump }, logger: { debug: log, info: log, warn: log, error: log } });
  const looking = Promise.withResolvers<void>();
  let looked = 0;
  const run = flight('looking', async () => {
    looked += 1;
    await looking.promise;
  });
  const first = run.run();
  jump();
  looking.resolve();
  await first;
  await run.settled();
  expect(looked).toBe(2);
  jump();
  await run.settled();
  expect(looked).toBe(2);
});
