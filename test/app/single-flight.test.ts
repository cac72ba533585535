import { describe, expect, it } from 'vitest';
import { createSingleFlight } from '../../src/app/single-flight.ts';

/** A task whose runs end when they are told to. */
function createTask() {
  const ends: (() => void)[] = [];
  let beside = 0;
  let most = 0;
  const flight = createSingleFlight(async () => {
    most = Math.max(most, ++beside);
    await new Promise<void>((resolve) => ends.push(resolve));
    beside -= 1;
  });
  return { flight, runs: () => ends.length, end: (run: number) => ends[run]?.(), most: () => most };
}

describe('a task that never runs beside itself', () => {
  it('asked for while it runs, runs once more afterwards, however often it was asked for', async () => {
    const { flight, runs, end, most } = createTask();
    const first = flight.run();
    const [second, third] = [flight.run(), flight.run()];
    expect(runs()).toBe(1);
    end(0);
    await first;
    await expect.poll(runs).toBe(2);
    end(1);
    await Promise.all([second, third]);
    expect(runs()).toBe(2);
    expect(most()).toBe(1);
  });

  it('asked for at the very moment between a run and the next does not run beside that', async () => {
    let beside = 0;
    let most = 0;
    const flight = createSingleFlight(async () => {
      most = Math.max(most, ++beside);
      for (let moment = 0; moment < 50; moment++) await null;
      beside -= 1;
    });
    const asked = [flight.run(), flight.run()];
    // One of these moments is between the end of a run and the news of it.
    for (let moment = 0; moment < 60; moment++) {
      await null;
      asked.push(flight.run());
    }
    await Promise.all(asked);
    expect(most).toBe(1);
  });

  it('resolves with a run that began after it was asked for', async () => {
    const { flight, runs, end } = createTask();
    const first = flight.run();
    let isDone = false;
    const second = flight.run().then(() => {
      isDone = true;
    });
    end(0);
    await first;
    await expect.poll(runs).toBe(2);
    expect(isDone).toBe(false);
    end(1);
    await second;
    expect(isDone).toBe(true);
  });

  it('is settled when nothing runs, nor is to run', async () => {
    const { flight, runs, end } = createTask();
    await flight.settled();
    const running = [flight.run(), flight.run()];
    let isSettled = false;
    const settled = flight.settled().then(() => {
      isSettled = true;
    });
    end(0);
    await running[0];
    await expect.poll(runs).toBe(2);
    expect(isSettled).toBe(false);
    end(1);
    await settled;
  });
});
