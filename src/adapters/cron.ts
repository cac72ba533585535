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
      const wanted = new Set(definitions.map(({ id }) => id));
      for (const [id, task] of tasks) {
        if (wanted.has(id)) continue;
        void task.destroy();
        tasks.delete(id);
      }
      for (const definition of definitions) taskOf(definition);
    },
    async lastBefore(definition, now) {
      const task = taskOf(definition);
      const thisMinute = Math.floor(now / minuteMs) * minuteMs;
      const known = found.get(definition.id);
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
      found.set(definition.id, { upTo: thisMinute, last });
      return last;
    },
    nextAfter: (definition) => taskOf(definition).getNextRun()?.getTime() ?? null,
    stop() {
      for (const task of tasks.values()) void task.destroy();
      tasks.clear();
    },
  };

  function taskOf({ id, schedule, timezone }: DigestDefinition): ScheduledTask {
    const known = tasks.get(id);
    if (known !== undefined) return known;
    const task = cron.schedule(schedule, () => onDue(), { timezone, unref: true, suppressMissedWarning: true });
    tasks.set(id, task);
    return task;
  }
}
