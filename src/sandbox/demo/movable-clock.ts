import { timezone } from '../company/office-time.ts';

/** A clock that goes with the machine's, from wherever it was last set to. It is only ever set forward. */
export type MovableClock = {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `listen` after each jump. Returns how to stop. */
  onJump(listen: () => void): () => void;
  /** Sets the clock; tells of the jump when `meanwhile`, which says what happened in the time between, is through. */
  jump(to: number, meanwhile?: (from: number, to: number) => Promise<void>): Promise<void>;
};

export function createMovableClock(real: () => number = Date.now): MovableClock {
  const listeners = new Set<() => void>();
  let offset = 0;
  const now = (): number => real() + offset;
  return {
    now,
    onJump(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    async jump(to, meanwhile) {
      const from = now();
      if (to <= from) return;
      offset += to - from;
      await meanwhile?.(from, to);
      for (const listen of [...listeners]) listen();
    },
  };
}

/** The ways forward that the demo offers. */
export const skips = ['hour', 'day', 'monday'] as const;
export type Skip = (typeof skips)[number];

/** Where a skip leads, in the company's zone: an hour or a day on, or the next Monday at nine. */
export function skipTo(skip: Skip, from: number): number {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(from)).toZonedDateTimeISO(timezone);
  switch (skip) {
    case 'hour':
      return at.add({ hours: 1 }).epochMilliseconds;
    case 'day':
      return at.add({ days: 1 }).epochMilliseconds;
    case 'monday': {
      const monday = at.add({ days: (8 - at.dayOfWeek) % 7 }).withPlainTime('09:00');
      return (monday.epochMilliseconds > from ? monday : monday.add({ days: 7 })).epochMilliseconds;
    }
  }
}
