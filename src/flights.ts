import type { Clock, Logger } from './app/ports.ts';
import { createSingleFlight, type SingleFlight } from './app/single-flight.ts';
import { type EpochMs, minuteMs } from './core/time.ts';

/** Tasks that never run beside themselves, and the timers that wake them. After `stop` nothing begins any more. */
export type Flights = {
  /** A task that fails is logged and tried again: after a second, and the more often it fails in a row, the later, up to half a minute. */
  flight(what: string, task: () => Promise<void>): SingleFlight;
  /** One timer a name: a new one takes the place of the one that runs. */
  after(name: string, ms: number, then: () => void): void;
  isWaiting(name: string): boolean;
  /** Wakes `run` when something is due at `at` (null: nothing is known to be), and once a minute in any case: clocks are set, machines sleep. */
  sleepUntil(name: string, at: EpochMs | null, run: SingleFlight): void;
  stopped(): boolean;
  stop(): void;
  /** Resolves when nothing runs. */
  settled(): Promise<void>;
};

const retryMs = { first: 1_000, longest: 30_000 };
const overdueMs = 200;
const shortestMs = 5;

export function createFlights({ clock, logger }: { clock: Clock; logger: Logger }): Flights {
  const runs: SingleFlight[] = [];
  const underWay = new Set<SingleFlight>();
  const timers = new Map<string, { timer: NodeJS.Timeout; ring: () => void }>();
  let stopped = false;

  function flight(what: string, task: () => Promise<void>): SingleFlight {
    let retryAfterMs = retryMs.first;
    const run: SingleFlight = createSingleFlight(async () => {
      if (stopped) return;
      underWay.add(run);
      try {
        await task();
        retryAfterMs = retryMs.first;
      } catch (error) {
        logger.error({ err: error }, `${what} failed; it is tried again`);
        after(what, retryAfterMs, () => wake(run));
        retryAfterMs = Math.min(retryMs.longest, 2 * retryAfterMs);
      } finally {
        underWay.delete(run);
      }
    });
    runs.push(run);
    return run;
  }

  function after(name: string, ms: number, then: () => void): void {
    if (stopped) return;
    clearTimeout(timers.get(name)?.timer);
    const ring = () => {
      timers.delete(name);
      then();
    };
    timers.set(name, { timer: setTimeout(ring, ms), ring });
  }

  // Whoever waits looks again: what was far away may be due. So does whoever is at it, and may have looked before.
  const endJumps = clock.onJump?.(() => {
    for (const run of underWay) wake(run);
    for (const { timer, ring } of [...timers.values()]) {
      clearTimeout(timer);
      ring();
    }
  });

  return {
    flight,
    after,
    isWaiting: (name) => timers.has(name),
    sleepUntil(name, at, run) {
      // What is overdue right after a run waits for something else: history that still comes in, a channel that is busy.
      const ms = at === null ? minuteMs : Math.min(minuteMs, at <= clock.now() ? overdueMs : at - clock.now());
      after(name, Math.max(shortestMs, ms), () => wake(run));
    },
    stopped: () => stopped,
    stop() {
      stopped = true;
      endJumps?.();
      for (const { timer } of timers.values()) clearTimeout(timer);
    },
    async settled() {
      for (const run of runs) await run.settled();
    },
  };
}

/** Runs it now, or once more after the run under way. */
export const wake = (run: SingleFlight): void => void run.run();
