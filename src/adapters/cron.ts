import cron, { type ScheduledTask } from 'node-cron';
import type { Schedule } from '../app/digests.ts';
import type { DigestDefinition } from '../core/journey/journey-map.ts';
import { dayMs, type EpochMs, minuteMs } from '../core/time.ts';

export type DigestSchedule = Schedule & {
  /** Follows these definitions from now on, and no others. */
  follow(definitions: readonly DigestDefinition[]): void;
  stop(): void;
};

/** How far back a missed digest is looked for. */
const lookBackMs = 4 * dayMs;
/** About ten milliseconds' work. */
const minutesAtOnce = 400;

/** Digest schedules by node-cron, each in its own zone; `onDue` is called at each of their instants. */
export function createDigestSchedule(onDue: () => void, breathe: () => Promise<void>): DigestSchedule {
  const tasks = new Map<string, ScheduledTask>();
  const found = new Map<string, { upTo: EpochMs; last: EpochMs | null }>();
  return {
    follow(definitions) {
      const wanted = new Set(definitions.map(keyOf));
      for (const [key, task] of tasks) {
        if (wanted.has(key)) continue;
        void task.destroy();
        tasks.delete(key);
        found.delete(key);
      }
      for (const definition of definitions) taskOf(definition);
    },
    async lastBefore(definition, now) {
      const task = taskOf(definition);
      const thisMinute = Math.floor(now / minuteMs) * minuteMs;
      const known = found.get(keyOf(definition));
      const oldest = Math.max(known?.upTo ?? Number.NEGATIVE_INFINITY, thisMinute - lookBackMs);
      let last = known?.last ?? null;
      let tried = 0;
      for (let minute = thisMinute; minute > oldest; minute -= minuteMs) {
        if (task.match(new Date(minute))) {
          last = minute;
          break;
        }
        if (++tried % minutesAtOnce === 0) await breathe();
      }
      found.set(keyOf(definition), { upTo: thisMinute, last });
      return last;
    },
    next: (definition) => taskOf(definition).getNextRun()?.getTime() ?? null,
    stop() {
      for (const task of tasks.values()) void task.destroy();
      tasks.clear();
    },
  };

  function taskOf(definition: DigestDefinition): ScheduledTask {
    const { schedule, timezone } = definition;
    const known = tasks.get(keyOf(definition));
    if (known !== undefined) return known;
    const task = cron.schedule(schedule, () => onDue(), { timezone, unref: true, suppressMissedWarning: true });
    tasks.set(keyOf(definition), task);
    return task;
  }
}

/** A digest that moves to another zone stays the same digest, but not at the same times. */
const keyOf = ({ id, timezone }: DigestDefinition): string => `${id} ${timezone}`;
